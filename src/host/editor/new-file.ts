import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fence';
import type { MessageValue } from '../../core/text/untrusted-text';
import { languageNamed } from '../../protocol/languages';
import { showWarning } from '../notifications';
import { confirmBlock } from './hidden-characters';

/** Opens code as an untitled document: nothing is written until the user saves it. */
export async function openInNewFile(block: CodeBlock): Promise<void> {
  const agreed = await confirmBlock(block, 'open');
  if (agreed) await open(agreed);
}

async function open({ code, language }: CodeBlock): Promise<void> {
  const id = await identifierOf(language);
  const document = await vscode.workspace.openTextDocument({
    content: code,
    ...(id !== undefined && { language: id }),
  });
  await vscode.window.showTextDocument(document);
}

/**
 * Reports why code could not be inserted, and offers to open it in a new document. The user has already agreed to its
 * hidden characters.
 *
 * @param values the untrusted values of the text
 */
export async function offerNewDocument(
  text: string,
  block: CodeBlock,
  values: readonly MessageValue[] = [],
): Promise<void> {
  const button = vscode.l10n.t('Open in New File');
  if ((await showWarning(text, values, button)) === button) await open(block);
}

/** VS Code's language ID for the name that the model has used; undefined if no extension provides the language. */
async function identifierOf(word: string): Promise<string | undefined> {
  const known = new Set(await vscode.languages.getLanguages());
  return [languageNamed(word)?.id, word].find((id) => id !== undefined && known.has(id));
}
