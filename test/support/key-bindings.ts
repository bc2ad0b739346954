import type { KeyBinding } from './vscode-server';

const viewTo = (destinationId: string): Pick<KeyBinding, 'command' | 'args'> => ({
  command: 'vscode.moveViews',
  args: { viewIds: ['o1mini.chat'], destinationId },
});

/** Commands that tests run often. Keys are a hundred times as fast as the command palette. */
const commands = {
  openChat: { command: 'o1mini.openChat' },
  newChat: { command: 'o1mini.newChat' },
  focusView: { command: 'o1mini.chat.focus' },
  hideOrShowSideBar: { command: 'workbench.action.toggleAuxiliaryBar' },
  showExplorer: { command: 'workbench.view.explorer' },
  showSearch: { command: 'workbench.view.search' },
  viewToExplorer: viewTo('workbench.view.explorer'),
  viewToPanel: viewTo('workbench.panel.markers'),
  viewBack: viewTo('workbench.view.extension.o1mini'),
  openTab: { command: 'o1mini.openChatInEditor' },
  coverTab: { command: 'workbench.action.files.newUntitledFile' },
  tabToNextGroup: { command: 'workbench.action.moveEditorToNextGroup' },
  closeEditor: { command: 'workbench.action.closeActiveEditor' },
  closeEditors: { command: 'workbench.action.closeAllEditors' },
  focusEditor: { command: 'workbench.action.focusActiveEditorGroup' },
  clearNotifications: { command: 'notifications.clearAll' },
  showNotifications: { command: 'notifications.showList' },
  reloadWebviews: { command: 'workbench.action.webview.reloadWebviewAction' },
} as const satisfies Readonly<Record<string, Pick<KeyBinding, 'command' | 'args'>>>;

export type BoundCommand = keyof typeof commands;

/** The keys of a command, as Playwright names them. */
export function keysOf(name: BoundCommand): string {
  return `Control+Alt+Shift+${letterOf(name).toUpperCase()}`;
}

/** The entries for `keybindings.json`. */
export const keyBindings: readonly KeyBinding[] = Object.entries(commands).map(([name, command]) => ({
  key: `ctrl+alt+shift+${letterOf(name as BoundCommand)}`,
  ...command,
}));

function letterOf(name: BoundCommand): string {
  return String.fromCharCode(97 + Object.keys(commands).indexOf(name));
}
