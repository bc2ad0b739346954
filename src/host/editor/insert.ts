import * as vscode from 'vscode';
import { isPlaceholder } from '../../core/text/excerpts/placeholders';
import type { CodeBlock } from '../../core/text/fences/fence';
import { showInformation, showWarning } from '../notifications';
import { fileLabel } from './file-label';
import { insertionEdits, indentStyleOf, replaceTexts } from './insertion-edits';
import { confirmBlock } from './confirm-hidden-characters';
import { offerNewDocument } from './new-file';
import { tabOf } from './open-tabs';
import { focus, isVisible, revealEditor } from './reveal';

/**
 * Inserts code at each cursor of an editor or replaces its selections, as plain text and in one undo step. If that is
 * not possible, offers a new document.
 *
 * @param onNotInserted called before a new document is offered, because the notification may stay open for long
 * @returns true if the code is in a document now
 */
export async function insertAtCursor(
  editor: vscode.TextEditor | undefined,
  wanted: CodeBlock,
  onNotInserted?: () => void,
): Promise<boolean> {
  const block = await confirmBlock(wanted, 'insert');
  return block !== undefined && insert(editor, block, onNotInserted);
}

async function insert(
  editor: vscode.TextEditor | undefined,
  block: CodeBlock,
  onNotInserted?: () => void,
): Promise<boolean> {
  if (!editor) return offerInstead(block);
  const outcome = await edit(editor, ({ selections }) => selections, block);
  if (outcome === 'changed') return true;
  onNotInserted?.();
  return offerNewDocument(reasonFor(editor, outcome, reasonsNotInserted()), block, [
    fileLabel(editor.document.uri),
  ]);
}

/**
 * Replaces the selections with code, and does nothing if there are none.
 *
 * @param onNotInserted as in {@link insertAtCursor}
 * @returns true if the code is in a document now
 */
export async function replaceSelection(
  editor: vscode.TextEditor | undefined,
  wanted: CodeBlock,
  onNotInserted?: () => void,
): Promise<boolean> {
  const block = await confirmBlock(wanted, 'replace');
  if (!block) return false;
  if (!editor || editor.document.isClosed) {
    return offerNewDocument(vscode.l10n.t('No text editor with a selection is open.'), block);
  }
  if (selectedIn(editor).length === 0) {
    const text = vscode.l10n.t('Nothing was replaced because nothing is selected.');
    const button = vscode.l10n.t('Insert at Cursor');
    return (await showWarning(text, [], button)) === button && insert(editor, block);
  }
  const outcome = await edit(editor, selectedIn, block);
  if (outcome === 'changed') return true;
  onNotInserted?.();
  return offerNewDocument(reasonFor(editor, outcome, reasonsNotReplaced()), block, [
    fileLabel(editor.document.uri),
  ]);
}

function selectedIn({ selections }: vscode.TextEditor): readonly vscode.Selection[] {
  return selections.filter((selection) => !selection.isEmpty);
}

function offerInstead(block: CodeBlock): Promise<boolean> {
  return offerNewDocument(
    vscode.window.visibleTextEditors.length > 1
      ? vscode.l10n.t(
          'Several editors are open. Click in the editor where you want to insert the code, then try again.',
        )
      : vscode.l10n.t('No text editor is open to insert the code into.'),
    block,
  );
}

/** Why an edit has changed nothing. `offerNewDocument` fills in the name of the file. */
interface Reasons {
  readonly original: string;
  readonly readOnly: string;
  readonly rejected: string;
}

function reasonFor(editor: vscode.TextEditor, outcome: Outcome, reasons: Reasons): string {
  if (isOriginal(editor)) return reasons.original;
  return outcome === 'unchanged' ? reasons.readOnly : reasons.rejected;
}

function reasonsNotInserted(): Reasons {
  return {
    original: vscode.l10n.t(
      'The code was not inserted because {0} is the read-only left side of a comparison. Click the right side, then try again.',
    ),
    readOnly: vscode.l10n.t('The code was not inserted because {0} is read-only.'),
    rejected: vscode.l10n.t('The code was not inserted because {0} was changed or closed at the same time.'),
  };
}

function reasonsNotReplaced(): Reasons {
  return {
    original: vscode.l10n.t(
      'The selection was not replaced because {0} is the read-only left side of a comparison. Select text on the right side, then try again.',
    ),
    readOnly: vscode.l10n.t('The selection was not replaced because {0} is read-only.'),
    rejected: vscode.l10n.t(
      'The selection was not replaced because {0} was changed or closed at the same time.',
    ),
  };
}

function isOriginal(editor: vscode.TextEditor): boolean {
  const input = tabOf(editor)?.input;
  const { uri } = editor.document;
  return input instanceof vscode.TabInputTextDiff && input.original.toString() === uri.toString();
}

/** `rejected`: the document was closed, or changed at the same time. `unchanged`: the document is read-only. */
type Outcome = 'changed' | 'unchanged' | 'rejected';

/**
 * Inserts code at the selections of an editor, then shows and focuses the editor. If the document changes after the
 * edit was computed, the edit is computed once more.
 */
async function edit(
  editor: vscode.TextEditor,
  selectionsIn: (editor: vscode.TextEditor) => readonly vscode.Selection[],
  block: CodeBlock,
): Promise<Outcome> {
  const wasVisible = isVisible(editor);
  const shown = editor.document.isClosed ? undefined : await revealEditor(editor);
  if (!shown) return 'rejected';
  const { document } = shown;
  const attempt = async (): Promise<Outcome> => {
    const { version } = document;
    const selections = selectionsIn(shown);
    if (selections.length === 0 || document.isClosed) return 'rejected';
    const replacements = insertionEdits(document, selections, block, indentStyleOf(shown.options));
    if (!(await replaceTexts(shown, replacements))) return 'rejected';
    return document.version === version ? 'unchanged' : 'changed';
  };
  const first = await attempt();
  const outcome = first === 'rejected' ? await attempt() : first;
  if (outcome !== 'changed') return outcome;
  // VS Code keeps the inserted text selected, and the next insertion would replace that text.
  shown.selections = shown.selections.map(({ end }) => new vscode.Selection(end, end));
  await focus(shown);
  if (!wasVisible) {
    // Without this message, the user would not see where the code was inserted.
    void showInformation(vscode.l10n.t('The code was inserted into {0}, the most recently used editor.'), [
      fileLabel(document.uri),
    ]);
  }
  const placeholder = block.code.split('\n').find(isPlaceholder);
  if (placeholder !== undefined) {
    const text = vscode.l10n.t('The inserted code contains placeholders for omitted code, such as "{0}".');
    void showInformation(text, [placeholder.trim()]);
  }
  return 'changed';
}
