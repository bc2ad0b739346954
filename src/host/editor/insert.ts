import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fence';
import { showWarning } from '../notifications';
import { fitted, indentStyleOf } from './fitting';
import { confirmBlock } from './hidden-characters';
import { offerNewDocument } from './new-file';
import { replaceTexts } from './replace';

/**
 * Puts code at each cursor of an editor, in place of what is selected there, as plain text and in one
 * step of undo. Where that can't be, offers a new document.
 */
export async function insertAtCursor(
  editor: vscode.TextEditor | undefined,
  wanted: CodeBlock,
): Promise<void> {
  const block = await confirmBlock(wanted, 'insert');
  if (!block) return;
  if (!editor) {
    return offerNewDocument(vscode.l10n.t('There is no text editor to insert the code into.'), block);
  }
  if (!(await edit(editor, editor.selections, block.code))) {
    const name = editor.document.fileName;
    return offerNewDocument(vscode.l10n.t('{0} cannot be changed, so the code was not inserted.'), block, [
      name,
    ]);
  }
  await showAgain(editor);
}

/** The same in place of what is selected, and nowhere else. */
export async function replaceSelection(
  editor: vscode.TextEditor | undefined,
  wanted: CodeBlock,
): Promise<void> {
  const block = await confirmBlock(wanted, 'replace');
  if (!block) return;
  if (!editor || editor.document.isClosed) {
    return offerNewDocument(vscode.l10n.t('There is no text editor with a selection to replace.'), block);
  }
  const selected = editor.selections.filter((selection) => !selection.isEmpty);
  if (selected.length === 0) {
    const words = vscode.l10n.t('Nothing is selected, so nothing was replaced.');
    const insert = vscode.l10n.t('Insert at Cursor');
    if ((await showWarning(words, [], insert)) === insert) await insertAtCursor(editor, block);
    return;
  }
  if (!(await edit(editor, selected, block.code))) {
    const name = editor.document.fileName;
    return offerNewDocument(
      vscode.l10n.t('{0} cannot be changed, so the selection was not replaced.'),
      block,
      [name],
    );
  }
  await showAgain(editor);
}

/** Whether the document is changed. */
async function edit(
  editor: vscode.TextEditor,
  places: readonly vscode.Selection[],
  code: string,
): Promise<boolean> {
  const { document } = editor;
  if (document.isClosed) return false;
  const { version } = document;
  const style = indentStyleOf(editor.options);
  const replacements = places.map((place) => fitted(document, place, code, style));
  const accepted = await replaceTexts(editor, replacements);
  return accepted && document.version !== version;
}

async function showAgain({ document, viewColumn }: vscode.TextEditor): Promise<void> {
  await vscode.window.showTextDocument(document, { viewColumn: viewColumn ?? vscode.ViewColumn.Active });
}
