import * as vscode from 'vscode';
import type { CodeBlock } from '../../../core/text/fences/fence';
import { languageNamed } from '../../../protocol/languages';
import type { CodeTracker } from '../tracked-code/code-tracker';
import type { AttachedCode } from '../tracked-code/attached-code';
import { fileLabel } from '../file-label';
import { confirmBlock } from '../confirm-hidden-characters';
import { offerNewDocument } from '../new-file';
import { cellOf, isCell, selectedCell } from './notebook-cells';
import { showCell } from './show-cell';

/** The cell that the question was about, the last one of several, and a way to find it where it is now. */
export interface AskedCell {
  readonly attachedCode: AttachedCode;
  readonly codeTracker: Pick<CodeTracker, 'find'>;
}

/** The position of a new cell. */
interface CellPosition {
  readonly notebook: vscode.NotebookDocument;
  readonly index: number;
  /** The cell above. */
  readonly above?: vscode.NotebookCell;
}

/**
 * Inserts code as a new cell: below the cell that the question was about, or else below the selected cell. Markdown becomes
 * a Markdown cell. If that is not possible, offers a new document.
 */
export async function insertCell(wanted: CodeBlock, asked?: AskedCell): Promise<void> {
  const block = await confirmBlock(wanted, 'insert');
  if (!block) return;
  const cell = asked && isCell(asked.attachedCode.uri) ? asked : undefined;
  const position = (cell && (await positionBelowQuestion(cell))) ?? positionBelowSelection();
  if (!position) {
    const text = cell
      ? vscode.l10n.t('The cell was not inserted because {0} no longer exists.')
      : vscode.l10n.t('No notebook is open to insert the cell into.');
    await offerNewDocument(text, block, cell ? [cell.attachedCode.attachment.label] : []);
    return;
  }
  const { notebook, index } = position;
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(index, [await cellData(block, position)])]);
  const count = notebook.cellCount;
  const accepted = await vscode.workspace.applyEdit(edit);
  if (!accepted || notebook.cellCount === count) {
    const text = vscode.l10n.t('The cell was not inserted because {0} is read-only.');
    await offerNewDocument(text, block, [fileLabel(notebook.uri)]);
    return;
  }
  await showCell(notebook.cellAt(index));
}

/** True if a notebook is open into which a cell can be inserted. */
export function canInsertCell(asked?: AskedCell): boolean {
  return positionBelowSelection() !== undefined || (asked !== undefined && isCell(asked.attachedCode.uri));
}

async function positionBelowQuestion({
  attachedCode,
  codeTracker,
}: AskedCell): Promise<CellPosition | undefined> {
  const found = await codeTracker.find(attachedCode);
  const cell = found.kind === 'gone' ? undefined : cellOf(found.document.uri);
  return cell && below(cell);
}

/** Below the selected cell of the notebook that is active, or that is the only visible one. */
function positionBelowSelection(): CellPosition | undefined {
  const active = selectedCell();
  if (active) return below(active);
  const [visible, ...others] = vscode.window.visibleNotebookEditors;
  const editor = vscode.window.activeNotebookEditor ?? (others.length === 0 ? visible : undefined);
  return editor && { notebook: editor.notebook, index: editor.selection.end };
}

function below(above: vscode.NotebookCell): CellPosition {
  return { notebook: above.notebook, index: above.index + 1, above };
}

async function cellData(
  { code, language }: CodeBlock,
  { notebook, above }: CellPosition,
): Promise<vscode.NotebookCellData> {
  const { Code, Markup } = vscode.NotebookCellKind;
  const text = code.replace(/\n$/, '');
  const id = languageNamed(language)?.id ?? language;
  if (id === 'markdown') return new vscode.NotebookCellData(Markup, text, 'markdown');
  const known = new Set(await vscode.languages.getLanguages());
  const neighbor = [above, ...notebook.getCells()].find((cell) => cell?.kind === Code)?.document.languageId;
  return new vscode.NotebookCellData(Code, text, known.has(id) ? id : (neighbor ?? 'plaintext'));
}
