import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment';
import { sanitizeLine } from '../../core/text/untrusted-text';
import { isOwnDocument, type ActiveEditor } from '../editor/active-editor';
import { showInformation } from '../notifications';
import { symbolEntry } from './question-completions';
import { baseName, folderName, openFiles, workspaceFiles, workspaceSymbols } from './workspace-search';
import { fileEntry, labelOf, type AttachmentEntry } from './attachment-entry';
import { ATTACHMENT_ICONS, PICKER_ICONS, iconOf } from './attachment-icons';
import type { AttachmentResolver } from './attachment-resolver';

interface PickerItem extends vscode.QuickPickItem {
  readonly choose: () => Promise<readonly AttachmentEntry[]>;
}

/** Lets the user choose what to attach, in VS Code's own list. */
export async function pickAttachments(
  editor: ActiveEditor,
  resolve: AttachmentResolver,
): Promise<readonly AttachmentEntry[]> {
  const chosen = await vscode.window.showQuickPick(items(editor, resolve), {
    placeHolder: vscode.l10n.t('Add Context'),
  });
  return (await chosen?.choose()) ?? [];
}

function items(editor: ActiveEditor, resolve: AttachmentResolver): readonly PickerItem[] {
  const { l10n } = vscode;
  const id = crypto.randomUUID();
  const uri = editor.current?.document.uri;
  const open = openFiles();
  return [
    { label: `$(${PICKER_ICONS.files}) ${l10n.t('Files…')}`, choose: pickFiles },
    { label: `$(${ATTACHMENT_ICONS.symbol}) ${l10n.t('Symbol…')}`, choose: pickSymbol },
    ...(open.length > 0
      ? [
          {
            label: `$(${PICKER_ICONS.openEditors}) ${l10n.t('Open Editors')}`,
            description: sanitizeLine(open.map(baseName).join(', ')),
            choose: () => Promise.resolve(open.map(fileEntry)),
          },
        ]
      : []),
    ...(uri && !isOwnDocument(uri)
      ? [checkedItem(resolve, { kind: 'problems', id, uri: uri.toString() })]
      : []),
    checkedItem(resolve, { kind: 'problems', id }, l10n.t('in the workspace')),
    checkedItem(resolve, { kind: 'changes', id }, l10n.t('since the last commit')),
    ...(vscode.window.terminals.length > 0
      ? [
          {
            label: `$(${ATTACHMENT_ICONS.terminal}) ${l10n.t('Terminal Selection')}`,
            choose: attachTerminalSelection,
          },
        ]
      : []),
  ];
}

/** An item whose content may be empty. In that case the user is told at once, and nothing is attached. */
function checkedItem(resolve: AttachmentResolver, entry: AttachmentEntry, description = ''): PickerItem {
  const label = labelOf(entry);
  return {
    label: `$(${iconOf(entry)}) ${sanitizeLine(label)}`,
    description,
    async choose() {
      const resolved = await resolve(entry);
      if (resolved.kind === 'usable') return [entry];
      void showInformation(vscode.l10n.t('{0} not attached: {1}.'), [label, resolved.reason]);
      return [];
    },
  };
}

async function pickFiles(): Promise<readonly AttachmentEntry[]> {
  const files = workspaceFiles().then((found) =>
    found.map((uri) => ({
      label: sanitizeLine(baseName(uri)),
      description: sanitizeLine(folderName(uri)),
      uri,
    })),
  );
  const chosen = await vscode.window.showQuickPick(files, {
    canPickMany: true,
    matchOnDescription: true,
    placeHolder: vscode.l10n.t('Select files to attach'),
  });
  return (chosen ?? []).map(({ uri }) => fileEntry(uri));
}

interface SymbolItem extends vscode.QuickPickItem {
  readonly entry: AttachmentEntry;
}

/** The list follows what is typed, as symbols are searched for by name. */
async function pickSymbol(): Promise<readonly AttachmentEntry[]> {
  const pick = vscode.window.createQuickPick<SymbolItem>();
  pick.placeholder = vscode.l10n.t('Enter the name of a symbol to attach');
  const search = async (typed: string): Promise<void> => {
    pick.busy = true;
    const found = await workspaceSymbols(typed);
    if (pick.value !== typed) return;
    pick.busy = false;
    pick.items = found.map(({ name, location: { uri, range } }) => ({
      label: sanitizeLine(name),
      description: sanitizeLine(vscode.workspace.asRelativePath(uri)),
      entry: symbolEntry(name, uri, range),
    }));
  };
  const begin = (typed: string): void => void search(typed).catch(() => (pick.busy = false));
  pick.onDidChangeValue(begin);
  begin('');
  const chosen = await new Promise<SymbolItem | undefined>((done) => {
    pick.onDidAccept(() => done(pick.selectedItems[0]));
    pick.onDidHide(() => done(undefined));
    pick.show();
  });
  pick.dispose();
  return chosen ? [chosen.entry] : [];
}

async function attachTerminalSelection(): Promise<readonly AttachmentEntry[]> {
  const attachment = await readTerminalSelection();
  if (attachment) return [{ kind: 'snapshot', id: crypto.randomUUID(), attachment }];
  void showInformation(vscode.l10n.t('Nothing is selected in the terminal.'));
  return [];
}

/** The selection of the active terminal. VS Code returns it only through the clipboard, which is restored. */
async function readTerminalSelection(): Promise<Attachment | undefined> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  try {
    await clipboard.writeText('');
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    const content = await clipboard.readText();
    if (content === '') return undefined;
    const name = vscode.window.activeTerminal?.name ?? '';
    const label = name === '' ? vscode.l10n.t('Terminal') : vscode.l10n.t('Terminal {0}', name);
    return { kind: 'terminal', label, language: '', content };
  } finally {
    await clipboard.writeText(before);
  }
}
