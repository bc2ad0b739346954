import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fence';
import { reindent } from '../../core/text/indent';

/**
 * Puts code at each cursor of an editor, in place of what is selected there, as plain text and in one
 * step of undo. Where that can't be, offers a new document.
 */
export async function insertAtCursor(editor: vscode.TextEditor | undefined, block: CodeBlock): Promise<void> {
  if (!editor) {
    return offerNewDocument(vscode.l10n.t('There is no text editor to insert the code into.'), block);
  }
  if (!(await edit(editor, block.code))) {
    const name = editor.document.fileName;
    return offerNewDocument(
      vscode.l10n.t('{0} cannot be changed, so the code was not inserted.', name),
      block,
    );
  }
  await vscode.window.showTextDocument(editor.document, {
    viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
  });
}

/** Whether the document is changed. VS Code itself says so of a read-only one too. */
async function edit(editor: vscode.TextEditor, code: string): Promise<boolean> {
  const { document, selections } = editor;
  const { version } = document;
  const style = indentStyleOf(editor.options);
  const accepted = await editor.edit((builder) => {
    for (const selection of selections) {
      const { text } = document.lineAt(selection.start.line);
      builder.replace(selection, reindent(code, text.slice(0, selection.start.character), style));
    }
  });
  return accepted && document.version !== version;
}

function indentStyleOf({ insertSpaces, tabSize }: vscode.TextEditorOptions): {
  insertSpaces: boolean;
  tabSize: number;
} {
  return {
    insertSpaces: insertSpaces !== false,
    tabSize: typeof tabSize === 'number' ? tabSize : 4,
  };
}

async function offerNewDocument(words: string, block: CodeBlock): Promise<void> {
  const open = vscode.l10n.t('Open in New File');
  if ((await vscode.window.showWarningMessage(words, open)) === open) await openInNewFile(block);
}

/** An untitled document: nothing is written until the user saves it. */
async function openInNewFile({ code, language }: CodeBlock): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: code });
  await vscode.window.showTextDocument(document);
  // The model's word for a language may be none of VS Code's.
  const known = (await vscode.languages.getLanguages()).includes(language);
  if (known) await vscode.languages.setTextDocumentLanguage(document, language);
}
