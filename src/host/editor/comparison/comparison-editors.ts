import * as vscode from 'vscode';
import { showInformation, showWarning } from '../../notifications';
import { COMPARISON_SCHEME as scheme } from '../active-editor';
import { offerUnplacedCode, type CodePlacement, type ProposedBlock } from './code-placement';
import {
  applyProposedChange,
  updateProposedChange,
  createProposedChange,
  followDocument,
  withOffsetEdits,
  type ComparedEditor,
  type ProposedChange,
} from './proposed-change';
import { confirmBlock } from '../confirm-hidden-characters';
import { offerNewDocument } from '../new-file';
import { cellOf } from '../notebooks/notebook-cells';
import { reopenDocument } from '../open-document';
import { editCell } from '../notebooks/show-cell';
import type { OffsetEdit } from '../../../core/text/offset-edits';

/** Diffs between documents and the same documents with code of an answer applied. */
export interface ComparisonEditors {
  /**
   * Opens VS Code's diff editor, with the code where it would be inserted.
   *
   * @param editor the place of the code; its document need not be shown
   * @param placement where the code belongs there, if that is known already
   * @returns true if the code is shown in a comparison or a document now
   */
  open(
    editor: ComparedEditor | undefined,
    block: ProposedBlock,
    options?: vscode.TextDocumentShowOptions,
    placement?: CodePlacement,
  ): Promise<boolean>;
  /** Applies a comparison to its document. Without a URI, applies the active one. */
  accept(shown?: vscode.Uri): Promise<void>;
  /** Applies the changes that are selected on either side of the active comparison, which then shows the others. */
  acceptSelected(shown?: vscode.Uri): Promise<void>;
  discard(shown?: vscode.Uri): Promise<void>;
  dispose(): void;
}

export function createComparisonEditors(): ComparisonEditors {
  const all = new Map<string, ProposedChange>();
  const accepting = new Set<ProposedChange>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const listeners = [changed, provideTexts(all, changed.event), ...follow(all)];
  let count = 0;

  function comparisonFor(shown: vscode.Uri | undefined): ProposedChange | undefined {
    const active = vscode.window.tabGroups.activeTabGroup.activeTab;
    const uri = shown ?? (active && shownIn(active));
    return uri && all.get(uri.toString());
  }

  async function apply(comparison: ProposedChange, wanted: readonly OffsetEdit[]): Promise<void> {
    // A second click is ignored.
    if (accepting.has(comparison)) return;
    accepting.add(comparison);
    const reason = await accept(comparison, wanted, () => changed.fire(comparison.shown)).finally(() =>
      accepting.delete(comparison),
    );
    if (reason !== undefined) void showWarning(reason, [comparison.name]);
  }

  return {
    async open(editor, wanted, options, placement) {
      const agreed = await confirmBlock(wanted, 'compare');
      if (!agreed) return false;
      const block = { ...wanted, ...agreed };
      if (!editor || editor.document.isClosed) {
        return offerNewDocument(vscode.l10n.t('No text editor is open to compare the code with.'), block);
      }
      const { document } = editor;
      const comparison = createProposedChange(
        editor,
        block,
        ++count,
        // Without its hidden characters, the code may belong elsewhere.
        block.code === wanted.code ? placement : undefined,
      );
      const { target, shown, name, title, viewColumn, isExcerpt, unplaced } = comparison;
      if (isUnusable(block, unplaced)) {
        return offerUnplacedCode(block, name);
      }
      all.set(shown.toString(), comparison);
      const opened = await vscode.workspace.openTextDocument(shown);
      if (opened.languageId !== document.languageId) {
        await vscode.languages.setTextDocumentLanguage(opened, document.languageId);
      }
      await vscode.commands.executeCommand('vscode.diff', target, shown, title, {
        viewColumn,
        preview: true,
        ...options,
      });
      if (unplaced) {
        const text = vscode.l10n.t(
          'The code may contain only parts of {0}. Check the lines that the comparison removes before you accept the code.',
        );
        void showWarning(text, [name]);
      } else if (isExcerpt) {
        const text = vscode.l10n.t(
          'The code contains only the changed parts of {0}. Review the comparison before you accept the code.',
        );
        void showInformation(text, [name]);
      }
      return true;
    },
    async accept(uri) {
      const comparison = comparisonFor(uri);
      if (comparison) await apply(comparison, comparison.offsetEdits);
    },
    async acceptSelected(uri) {
      const comparison = comparisonFor(uri);
      if (!comparison) return;
      const { selectedHunks } = await import('./selected-hunks');
      const hunks = hasChanged(comparison)
        ? comparison.offsetEdits
        : selectedHunks(comparison, editorOf(comparison));
      if (hunks.length > 0) return apply(comparison, hunks);
      const text = vscode.l10n.t(
        'No change is selected. In the comparison, select the changes to accept, or place the cursor on one.',
      );
      void showInformation(text);
    },
    async discard(uri) {
      const comparison = comparisonFor(uri);
      if (comparison) await close(comparison.shown);
    },
    dispose: () => void vscode.Disposable.from(...listeners).dispose(),
  };
}

/** Whether code cannot be compared: it is a patch, or an excerpt for a whole file, whose place was not found. */
function isUnusable({ extent }: ProposedBlock, unplaced: ProposedChange['unplaced']): boolean {
  return (
    unplaced === 'patch' ||
    (extent !== undefined && unplaced === 'placeholder') ||
    (extent === 'excerpt' && unplaced !== undefined)
  );
}

/**
 * Applies a comparison to its document. Resolves with the reason if that is not possible, as a text with {0} for the
 * name of the document; undefined on success.
 *
 * @param wanted all changes of the comparison, or some of them; the comparison then stays open with the others
 * @param renewed called when the comparison was computed again
 */
async function accept(
  comparison: ProposedChange,
  wanted: readonly OffsetEdit[],
  renewed: () => void,
): Promise<string | undefined> {
  const { target, shown } = comparison;
  const change = withOffsetEdits(comparison, wanted);
  const document = await reopenDocument(target);
  if (!document) return vscode.l10n.t('Nothing was changed because {0} no longer exists.');
  const isAsShown = (): boolean => document.getText() === comparison.before;
  const editor = isAsShown() ? await keepOpen(comparison, document) : undefined;
  // The document may also change while its editor is shown, and while the change is applied.
  const outcome = editor && isAsShown() ? await applyProposedChange(change, editor) : 'rejected';
  if (outcome === 'read-only') return vscode.l10n.t('The code was not applied because {0} is read-only.');
  if (!editor || outcome === 'rejected') {
    updateProposedChange(comparison, document);
    renewed();
    return vscode.l10n.t('{0} has changed. Nothing was applied; the comparison has been updated.');
  }
  putCursorAfter(wanted[0], editor);
  if (change.after === comparison.after) await close(shown);
  else await showRemaining(comparison, document);
  return undefined;
}

/** Shows a comparison with the changes that are not in its document yet. */
async function showRemaining(comparison: ProposedChange, document: vscode.TextDocument): Promise<void> {
  const { hunksOf } = await import('../../../core/text/hunks');
  const { target, shown, title, after } = comparison;
  comparison.before = document.getText();
  comparison.offsetEdits = hunksOf(comparison.before, after);
  comparison.movedOffsetEdits = comparison.offsetEdits;
  comparison.steps = [
    ...comparison.steps,
    { before: comparison.before, offsetEdits: comparison.offsetEdits },
  ];
  const group = vscode.window.tabGroups.all.find(({ tabs }) => tabs.some((tab) => isShownIn(tab, shown)));
  // The user may have closed the comparison in the meantime.
  if (!group) return;
  const { viewColumn } = group;
  await vscode.commands.executeCommand('vscode.diff', target, shown, title, { viewColumn });
}

function provideTexts(
  all: ReadonlyMap<string, ProposedChange>,
  onDidChange: vscode.Event<vscode.Uri>,
): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange,
    provideTextDocumentContent: (uri) => all.get(uri.toString())?.after ?? '',
  });
}

/** Adjusts comparisons to changes of their documents, and removes those whose tabs are closed. */
function follow(all: Map<string, ProposedChange>): readonly vscode.Disposable[] {
  return [
    vscode.workspace.onDidChangeTextDocument((event) => {
      const uri = event.document.uri.toString();
      for (const comparison of all.values())
        if (comparison.target.toString() === uri) followDocument(comparison, event);
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      const open = new Set(openTabs().map((tab) => shownIn(tab)?.toString()));
      for (const tab of closed) {
        const uri = shownIn(tab)?.toString();
        // The tab may have been split, or moved to another group.
        if (uri !== undefined && !open.has(uri)) all.delete(uri);
      }
    }),
  ];
}

/** Whether the comparison no longer shows its document as it is. It is updated when it is accepted. */
function hasChanged({ target, before }: ProposedChange): boolean {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === target.toString());
  return document !== undefined && document.getText() !== before;
}

/** The side of a comparison that the user used last. A click on a button in its title does not make it active. */
function editorOf({ shown }: ProposedChange): vscode.TextEditor | undefined {
  const { activeTextEditor, tabGroups, visibleTextEditors } = vscode.window;
  const { activeTab } = tabGroups.activeTabGroup;
  if (activeTextEditor && activeTab && isShownIn(activeTab, shown)) return activeTextEditor;
  return visibleTextEditors.find(({ document }) => document.uri.toString() === shown.toString());
}

/** The URI of the comparison that a tab shows. */
function shownIn({ input }: vscode.Tab): vscode.Uri | undefined {
  const isComparison = input instanceof vscode.TabInputTextDiff && input.modified.scheme === scheme;
  return isComparison ? input.modified : undefined;
}

function isShownIn(tab: vscode.Tab, shown: vscode.Uri): boolean {
  return shownIn(tab)?.toString() === shown.toString();
}

function openTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

async function close(shown: vscode.Uri): Promise<void> {
  await vscode.window.tabGroups.close(
    openTabs().filter((tab) => isShownIn(tab, shown)),
    true,
  );
}

/** Opens the document in another tab, because closing the comparison would close the document too. */
async function keepOpen(
  { viewColumn }: ProposedChange,
  document: vscode.TextDocument,
): Promise<vscode.TextEditor | undefined> {
  const cell = cellOf(document.uri);
  if (cell) return editCell(cell);
  return vscode.window.showTextDocument(document, {
    viewColumn: viewColumn ?? vscode.ViewColumn.Active,
    preview: false,
  });
}

function putCursorAfter(offsetEdit: OffsetEdit | undefined, editor: vscode.TextEditor): void {
  const at = editor.document.positionAt((offsetEdit?.start ?? 0) + (offsetEdit?.text.length ?? 0));
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
