import * as vscode from 'vscode';
import { inertValue } from '../../core/text/inert';
import { isOurs, type ActiveEditor } from '../editor/active-editor';
import { showInformation } from '../notifications';
import { symbolReference } from './completion';
import { fileReference } from './drop';
import { baseName, folderName, openFiles, workspaceFiles } from './files';
import { labelOf, type Reference } from './reference';
import { resolve } from './resolve';
import { workspaceSymbols } from './symbols';
import { readTerminalSelection } from './terminal';

interface Entry extends vscode.QuickPickItem {
  readonly choose: () => Promise<readonly Reference[]>;
}

/** Lets the user choose what to attach, in VS Code's own list. */
export async function pickAttachments(editor: ActiveEditor): Promise<readonly Reference[]> {
  const chosen = await vscode.window.showQuickPick(entries(editor), {
    placeHolder: vscode.l10n.t('What goes with the question?'),
  });
  return (await chosen?.choose()) ?? [];
}

function entries(editor: ActiveEditor): readonly Entry[] {
  const { l10n } = vscode;
  const id = crypto.randomUUID();
  const uri = editor.current?.document.uri;
  const open = openFiles();
  return [
    { label: `$(files) ${l10n.t('Files…')}`, choose: pickFiles },
    { label: `$(symbol-method) ${l10n.t('Symbol…')}`, choose: pickSymbol },
    ...(open.length > 0
      ? [
          {
            label: `$(window) ${l10n.t('Open Editors')}`,
            description: inertValue(open.map(baseName).join(', ')),
            choose: () => Promise.resolve(open.map(fileReference)),
          },
        ]
      : []),
    ...(uri && !isOurs(uri) ? [fixed('warning', { kind: 'problems', id, uri: uri.toString() })] : []),
    fixed('warning', { kind: 'problems', id }, l10n.t('of the workspace')),
    fixed('git-compare', { kind: 'changes', id }, l10n.t('since the last commit')),
    ...(vscode.window.terminals.length > 0
      ? [{ label: `$(terminal) ${l10n.t('Terminal Selection')}`, choose: takeTerminalSelection }]
      : []),
  ];
}

/** Something that is there or not: what is not is said at once, and not attached. */
function fixed(icon: string, reference: Reference, description = ''): Entry {
  const label = labelOf(reference);
  return {
    label: `$(${icon}) ${inertValue(label)}`,
    description,
    async choose() {
      const resolved = await resolve(reference);
      if (resolved.kind === 'usable') return [reference];
      void showInformation(vscode.l10n.t('{0} not attached: {1}.'), [label, resolved.reason]);
      return [];
    },
  };
}

async function pickFiles(): Promise<readonly Reference[]> {
  const files = workspaceFiles().then((found) =>
    found.map((uri) => ({
      label: inertValue(baseName(uri)),
      description: inertValue(folderName(uri)),
      uri,
    })),
  );
  const chosen = await vscode.window.showQuickPick(files, {
    canPickMany: true,
    matchOnDescription: true,
    placeHolder: vscode.l10n.t('Files to attach'),
  });
  return (chosen ?? []).map(({ uri }) => fileReference(uri));
}

interface SymbolItem extends vscode.QuickPickItem {
  readonly reference: Reference;
}

/** The list follows what is typed, as symbols are searched for by name. */
async function pickSymbol(): Promise<readonly Reference[]> {
  const pick = vscode.window.createQuickPick<SymbolItem>();
  pick.placeholder = vscode.l10n.t('Name of a symbol to attach');
  const search = async (typed: string): Promise<void> => {
    pick.busy = true;
    const found = await workspaceSymbols(typed);
    if (pick.value !== typed) return;
    pick.busy = false;
    pick.items = found.map(({ name, location: { uri, range } }) => ({
      label: inertValue(name),
      description: inertValue(vscode.workspace.asRelativePath(uri)),
      reference: symbolReference(name, uri, range),
    }));
  };
  pick.onDidChangeValue((typed) => void search(typed));
  void search('');
  const chosen = await new Promise<SymbolItem | undefined>((done) => {
    pick.onDidAccept(() => done(pick.selectedItems[0]));
    pick.onDidHide(() => done(undefined));
    pick.show();
  });
  pick.dispose();
  return chosen ? [chosen.reference] : [];
}

async function takeTerminalSelection(): Promise<readonly Reference[]> {
  const attachment = await readTerminalSelection();
  if (attachment) return [{ kind: 'kept', id: crypto.randomUUID(), attachment }];
  void showInformation(vscode.l10n.t('Nothing is selected in the terminal.'));
  return [];
}
