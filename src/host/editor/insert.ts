import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fence';
import { showInformation, showWarning } from '../notifications';
import { fileLabel } from './file-label';
import { fitCode, indentStyleOf, replaceTexts } from './fit-code';
import { confirmBlock } from './hidden-characters';
import { offerNewDocument } from './new-file';
import { tabOf } from './open-tabs';
import { focus, isVisible, revealEditor } from './reveal';

/**
 * Inserts code at each cursor of an editor or replaces its selections, as plain text and in one undo step. If that is
 * not possible, offers a new document.
 */
export async function insertAtCursor(
  editor: vscode.TextEditor | undefined,
  wanted: CodeBlock,
): Promise<void> {
  const block = await confirmBlock(wanted, 'insert');
  if (block) await insert(editor, block);
}

async function insert(editor: vscode.TextEditor | undefined, block: CodeBlock): Promise<void> {
  if (!editor) return offerInstead(block);
  const isDone = await edit(editor, editor.selections, block);
  if (!isDone) await offerNewDocument(whyNotInserted(editor), block, [fileLabel(editor.document.uri)]);
}

/** Replaces the selections with code, and does nothing if there are none. */
export async function replaceSelection(
  editor: vscode.TextEditor | undefined,
  wanted: CodeBlock,
): Promise<void> {
  const block = await confirmBlock(wanted, 'replace');
  if (!block) return;
  if (!editor || editor.document.isClosed) {
    return offerNewDocument(vscode.l10n.t('No text editor with a selection is open.'), block);
  }
  const selected = editor.selections.filter((selection) => !selection.isEmpty);
  if (selected.length === 0) {
    const text = vscode.l10n.t('Nothing was replaced because nothing is selected.');
    const button = vscode.l10n.t('Insert at Cursor');
    if ((await showWarning(text, [], button)) === button) await insert(editor, block);
    return;
  }
  if (await edit(editor, selected, block)) return;
  await offerNewDocument(whyNotReplaced(editor), block, [fileLabel(editor.document.uri)]);
}

function offerInstead(block: CodeBlock): Promise<void> {
  return offerNewDocument(
    vscode.window.visibleTextEditors.length > 1
      ? vscode.l10n.t(
          'Several editors are open. Click in the editor where you want to insert the code, then try again.',
        )
      : vscode.l10n.t('No text editor is open to insert the code into.'),
    block,
  );
}

/** `offerNewDocument` fills in the name of the file. */
function whyNotInserted(editor: vscode.TextEditor): string {
  return isOriginal(editor)
    ? vscode.l10n.t(
        'The code was not inserted because {0} is the read-only left side of a comparison. Click in the right side, then try again.',
      )
    : vscode.l10n.t('The code was not inserted because {0} is read-only.');
}

/** `offerNewDocument` fills in the name of the file. */
function whyNotReplaced(editor: vscode.TextEditor): string {
  return isOriginal(editor)
    ? vscode.l10n.t(
        'The selection was not replaced because {0} is the read-only left side of a comparison. Select text in the right side, then try again.',
      )
    : vscode.l10n.t('The selection was not replaced because {0} is read-only.');
}

function isOriginal(editor: vscode.TextEditor): boolean {
  const input = tabOf(editor)?.input;
  const { uri } = editor.document;
  return input instanceof vscode.TabInputTextDiff && input.original.toString() === uri.toString();
}

/** Returns true if the document was changed. Its editor is then visible and focused. */
async function edit(
  editor: vscode.TextEditor,
  places: readonly vscode.Selection[],
  block: CodeBlock,
): Promise<boolean> {
  const wasVisible = isVisible(editor);
  const shown = editor.document.isClosed ? undefined : await revealEditor(editor);
  if (!shown) return false;
  const { document, options } = shown;
  const { version } = document;
  const replacements = places.map((place) => fitCode(document, place, block, indentStyleOf(options)));
  const isChanged = (await replaceTexts(shown, replacements)) && document.version !== version;
  if (!isChanged) return false;
  await focus(shown);
  if (!wasVisible) {
    // The user could not see where the code was inserted.
    void showInformation(vscode.l10n.t('The code was inserted into {0}, the most recently used editor.'), [
      fileLabel(document.uri),
    ]);
  }
  return true;
}
