import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fence';
import { showWarning } from '../notifications';
import { comparisonScheme as scheme } from './active-editor';
import { applied, bringUpToDate, compared, type Comparison } from './comparison';
import { confirmBlock } from './hidden-characters';
import { offerNewDocument } from './new-file';
import { moved, type Splice } from './splices';

/** Documents beside what they would be with code of an answer in them. */
export interface Comparisons {
  /** Opens VS Code's own diff; the code stands where it would be inserted. */
  open(editor: vscode.TextEditor | undefined, block: CodeBlock): Promise<void>;
  /** Makes the document what is shown of it. Without an address, the comparison in sight is meant. */
  accept(shown?: vscode.Uri): Promise<void>;
  discard(shown?: vscode.Uri): Promise<void>;
  dispose(): void;
}

export function createComparisons(): Comparisons {
  const all = new Map<string, Comparison>();
  const accepting = new Set<Comparison>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const listeners = [changed, provideTexts(all, changed.event), ...follow(all)];
  let count = 0;

  function meant(shown: vscode.Uri | undefined): Comparison | undefined {
    const active = vscode.window.tabGroups.activeTabGroup.activeTab;
    const uri = shown ?? (active && shownIn(active));
    return uri && all.get(uri.toString());
  }

  return {
    async open(editor, wanted) {
      const block = await confirmBlock(wanted, 'compare');
      if (!block) return;
      if (!editor || editor.document.isClosed) {
        return offerNewDocument(vscode.l10n.t('No text editor is open to compare the code with.'), block);
      }
      const { document } = editor;
      const comparison = compared(editor, block, ++count);
      const { target, shown, title, viewColumn } = comparison;
      all.set(shown.toString(), comparison);
      const opened = await vscode.workspace.openTextDocument(shown);
      if (opened.languageId !== document.languageId) {
        await vscode.languages.setTextDocumentLanguage(opened, document.languageId);
      }
      await vscode.commands.executeCommand('vscode.diff', target, shown, title, {
        viewColumn,
        preview: true,
      });
    },
    async accept(uri) {
      const comparison = meant(uri);
      // A second click means the same.
      if (!comparison || accepting.has(comparison)) return;
      accepting.add(comparison);
      const refusal = await accept(comparison, () => changed.fire(comparison.shown)).finally(() =>
        accepting.delete(comparison),
      );
      if (refusal !== undefined) void showWarning(refusal, [comparison.name]);
    },
    async discard(uri) {
      const comparison = meant(uri);
      if (comparison) await close(comparison.shown);
    },
    dispose: () => void vscode.Disposable.from(...listeners).dispose(),
  };
}

/**
 * Makes the document what is shown of it. Resolves with why not, as a text with {0} for the name of the document;
 * undefined where it is done.
 *
 * @param renewed the comparison is another now
 */
async function accept(comparison: Comparison, renewed: () => void): Promise<string | undefined> {
  const { target, shown } = comparison;
  const document = await openedAgain(target);
  if (!document) return vscode.l10n.t('Nothing was changed because {0} no longer exists.');
  const isAsShown = (): boolean => document.getText() === comparison.before;
  const editor = isAsShown() ? await keepOpen(comparison, document) : undefined;
  // It may have changed while it was brought to the front, too.
  if (!editor || !isAsShown()) {
    bringUpToDate(comparison, document);
    renewed();
    return vscode.l10n.t('{0} has changed. Nothing was applied; the comparison has been updated.');
  }
  const [first] = comparison.splices;
  if (!(await applied(comparison, editor))) {
    return vscode.l10n.t('The code was not accepted because {0} is read-only.');
  }
  putCursorBehind(first, editor);
  await close(shown);
  return undefined;
}

function provideTexts(
  all: ReadonlyMap<string, Comparison>,
  onDidChange: vscode.Event<vscode.Uri>,
): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange,
    provideTextDocumentContent: (uri) => all.get(uri.toString())?.after ?? '',
  });
}

/** Moves them along with their documents, and forgets those whose tabs are closed. */
function follow(all: Map<string, Comparison>): readonly vscode.Disposable[] {
  return [
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      for (const comparison of all.values()) {
        if (comparison.target.toString() !== document.uri.toString()) continue;
        comparison.splices = comparison.splices.map((splice) => contentChanges.reduce(moved, splice));
      }
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      const open = new Set(openTabs().map((tab) => shownIn(tab)?.toString()));
      for (const tab of closed) {
        const uri = shownIn(tab)?.toString();
        // It may be split, or moved to another group.
        if (uri !== undefined && !open.has(uri)) all.delete(uri);
      }
    }),
  ];
}

/** The address of what is shown on the right of a tab, if that is ours. */
function shownIn({ input }: vscode.Tab): vscode.Uri | undefined {
  const ours = input instanceof vscode.TabInputTextDiff && input.modified.scheme === scheme;
  return ours ? input.modified : undefined;
}

function openTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

async function close(shown: vscode.Uri): Promise<void> {
  await vscode.window.tabGroups.close(
    openTabs().filter((tab) => shownIn(tab)?.toString() === shown.toString()),
    true,
  );
}

/** It may have been closed meanwhile; undefined where it is gone. */
async function openedAgain(target: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === target.toString());
  if (open || target.scheme === 'untitled') return open;
  return vscode.workspace.openTextDocument(target).then(undefined, () => undefined);
}

/** Closing the comparison would close it too. */
function keepOpen({ viewColumn }: Comparison, document: vscode.TextDocument): Thenable<vscode.TextEditor> {
  return vscode.window.showTextDocument(document, {
    viewColumn: viewColumn ?? vscode.ViewColumn.Active,
    preview: false,
  });
}

function putCursorBehind(splice: Splice | undefined, editor: vscode.TextEditor): void {
  const at = editor.document.positionAt((splice?.start ?? 0) + (splice?.text.length ?? 0));
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
