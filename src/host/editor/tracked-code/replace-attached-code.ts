import * as vscode from 'vscode';
import type { CodeBlock } from '../../../core/text/fences/fence';
import { showInformation } from '../../notifications';
import type { CodeTracker } from './code-tracker';
import type { AttachedCode } from './attached-code';
import { findPlacement } from '../comparison/code-placement';
import type { ComparisonEditors } from '../comparison/comparison-editors';
import { fileLabel } from '../file-label';
import { confirmBlock } from '../confirm-hidden-characters';
import { replaceSelection } from '../insert';
import { cellOf, containerUri, isCell } from '../notebooks/notebook-cells';
import { offerNewDocument } from '../new-file';
import { tabOf } from '../open-tabs';
import { revealEditor } from '../reveal';
import { editCell } from '../notebooks/show-cell';

/**
 * Replaces the code that a question was about, wherever the cursor is now. If that code has changed since, the change
 * is shown in a comparison instead.
 *
 * @param onNotInserted as in `insertAtCursor`
 * @returns true if the code is in a document now, or in a comparison
 */
export async function replaceAttachedCode(
  attachedCode: AttachedCode,
  codeTracker: CodeTracker,
  block: CodeBlock,
  comparisons: ComparisonEditors,
  onNotInserted?: () => void,
): Promise<boolean> {
  const found = await codeTracker.find(attachedCode);
  // A cell that no longer exists has no number.
  const name = isCell(attachedCode.uri) ? attachedCode.attachment.label : fileLabel(attachedCode.uri);
  if (found.kind === 'gone') {
    const agreed = await confirmBlock(block, 'replace');
    onNotInserted?.();
    const text = vscode.l10n.t('Nothing was replaced because {0} no longer exists.');
    return agreed !== undefined && offerNewDocument(text, agreed, [name]);
  }
  const editor = await showRange(found.document, found.range);
  const placement = findPlacement(editor, block);
  if (found.kind === 'unchanged' && placement.kind === 'whole')
    return replaceSelection(editor, block, onNotInserted);
  if (!(await comparisons.open(editor, block, {}, placement))) return false;
  // The comparison itself says what kind of excerpt the code is.
  if (found.kind === 'unchanged') return true;
  void showInformation(reasonFor(found.kind), [name, fileLabel(containerUri(found.document.uri))]);
  return true;
}

/** Why the comparison opens. `{0}` is the code that was asked about, and `{1}` the file or notebook with the code. */
function reasonFor(kind: 'changed' | 'ambiguous' | 'elsewhere'): string {
  switch (kind) {
    case 'changed':
      return vscode.l10n.t(
        'The code in {0} has changed since the question. Compare the two versions before you accept the code.',
      );
    case 'ambiguous':
      return vscode.l10n.t(
        '{1} contains the code of the question several times. Compare the two versions before you accept the code.',
      );
    case 'elsewhere':
      return vscode.l10n.t(
        '{0} is no longer open, but {1} contains the code of the question. Compare the two versions before you accept the code.',
      );
  }
}

/** Selects a range in the editor that shows its document, which is opened if there is none. */
export async function showRange(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.TextEditor> {
  const cell = cellOf(document.uri);
  if (cell) await editCell(cell);
  const visible = editorOf(document);
  const shown = visible && (await revealEditor(visible));
  const editor =
    shown ??
    (await vscode.window.showTextDocument(document, { viewColumn: columnOf(document), preview: false }));
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return editor;
}

/** The editor of a document that is in use, or else one that is not a side of a comparison. */
function editorOf(document: vscode.TextDocument): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor?.document === document) return activeTextEditor;
  const editors = visibleTextEditors.filter((editor) => editor.document === document);
  return editors.find((editor) => tabOf(editor)?.input instanceof vscode.TabInputText) ?? editors[0];
}

/** The group with a tab of the document; else the active one, unless that shows something else, such as the chat. */
function columnOf({ uri }: vscode.TextDocument): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const isShown = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  const showsText = ({ activeTab }: vscode.TabGroup): boolean =>
    activeTab === undefined || activeTab.input instanceof vscode.TabInputText;
  const group = all.find(({ tabs }) => tabs.some(isShown)) ?? [activeTabGroup, ...all].find(showsText);
  return group?.viewColumn ?? vscode.ViewColumn.Active;
}
