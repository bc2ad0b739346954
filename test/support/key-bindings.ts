import type { KeyBinding } from './vscode-server';

const viewTo = (destinationId: string): Pick<KeyBinding, 'command' | 'args'> => ({
  command: 'vscode.moveViews',
  args: { viewIds: ['o1mini.chat'], destinationId },
});

/** Commands by name, for what tests do often: the list of commands takes a hundred times as long. */
const commands = {
  openChat: { command: 'o1mini.openChat' },
  newChat: { command: 'o1mini.newChat' },
  focusView: { command: 'o1mini.chat.focus' },
  hideOrShowSideBar: { command: 'workbench.action.toggleSidebarVisibility' },
  showExplorer: { command: 'workbench.view.explorer' },
  viewToExplorer: viewTo('workbench.view.explorer'),
  viewToPanel: viewTo('workbench.panel.markers'),
  viewBack: viewTo('workbench.view.extension.o1mini'),
  openTab: { command: 'o1mini.openChatInEditor' },
  coverTab: { command: 'workbench.action.files.newUntitledFile' },
  tabToNextGroup: { command: 'workbench.action.moveEditorToNextGroup' },
  closeEditor: { command: 'workbench.action.closeActiveEditor' },
  closeEditors: { command: 'workbench.action.closeAllEditors' },
  focusEditor: { command: 'workbench.action.focusActiveEditorGroup' },
  showNotifications: { command: 'notifications.showList' },
  reloadPages: { command: 'workbench.action.webview.reloadWebviewAction' },
} as const satisfies Readonly<Record<string, Pick<KeyBinding, 'command' | 'args'>>>;

export type BoundCommand = keyof typeof commands;

/** The keys of a command, as Playwright names them. */
export function keysOf(name: BoundCommand): string {
  return `Control+Alt+Shift+${letterOf(name).toUpperCase()}`;
}

/** What `keybindings.json` says of them. */
export const keyBindings: readonly KeyBinding[] = Object.entries(commands).map(([name, command]) => ({
  key: `ctrl+alt+shift+${letterOf(name as BoundCommand)}`,
  ...command,
}));

function letterOf(name: BoundCommand): string {
  return String.fromCharCode(97 + Object.keys(commands).indexOf(name));
}
