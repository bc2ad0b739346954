import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fence';
import { languageNamed } from '../../protocol/languages';

/** Opens code as an untitled document: nothing is written until the user saves it. */
export async function openInNewFile({ code, language }: CodeBlock): Promise<void> {
  const id = await identifierOf(language);
  const document = await vscode.workspace.openTextDocument({
    content: code,
    ...(id !== undefined && { language: id }),
  });
  await vscode.window.showTextDocument(document);
}

/** Says why code could not go where it was meant to, and offers a new document for it. */
export async function offerNewDocument(words: string, block: CodeBlock): Promise<void> {
  const open = vscode.l10n.t('Open in New File');
  if ((await vscode.window.showWarningMessage(words, open)) === open) await openInNewFile(block);
}

/** VS Code's identifier for the model's word; undefined where this VS Code does not know the language. */
async function identifierOf(word: string): Promise<string | undefined> {
  const known = new Set(await vscode.languages.getLanguages());
  return [languageNamed(word)?.id, word].find((id) => id !== undefined && known.has(id));
}
