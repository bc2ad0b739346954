import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fences/fence';
import type { MessageValue } from '../../core/text/untrusted-text';
import { languageNamed } from '../../protocol/languages';
import { showWarning } from '../notifications';
import { confirmBlock } from './confirm-hidden-characters';

/**
 * Opens code as an untitled document: nothing is written until the user saves it.
 *
 * @param uri the file in which Save writes it; undefined if the user is asked for one
 */
export async function openInNewFile(block: CodeBlock, uri?: vscode.Uri): Promise<void> {
  const agreed = await confirmBlock(block, 'open');
  if (agreed) await open(agreed, uri);
}

async function open(block: CodeBlock, uri?: vscode.Uri): Promise<void> {
  const document = (uri && (await createNamed(block, uri))) ?? (await createUnnamed(block));
  await vscode.window.showTextDocument(document);
}

async function createUnnamed({ code, language }: CodeBlock): Promise<vscode.TextDocument> {
  const id = await identifierOf(language);
  return vscode.workspace.openTextDocument({ content: code, ...(id !== undefined && { language: id }) });
}

/** Undefined if the document of that name contains another text. */
async function createNamed({ code }: CodeBlock, uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const document = await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
  if (document.getText() !== '') return undefined;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), code);
  return (await vscode.workspace.applyEdit(edit)) ? document : undefined;
}

/**
 * Reports why code could not be inserted, and offers to open it in a new document. The user has already agreed to its
 * hidden characters.
 *
 * @param values the untrusted values of the text
 * @returns true if the user has opened it
 */
export async function offerNewDocument(
  text: string,
  block: CodeBlock,
  values: readonly MessageValue[] = [],
): Promise<boolean> {
  const button = vscode.l10n.t('Open in New File');
  if ((await showWarning(text, values, button)) !== button) return false;
  await open(block);
  return true;
}

/** VS Code's language ID for the name that the model has used; undefined if no extension provides the language. */
async function identifierOf(word: string): Promise<string | undefined> {
  const known = new Set(await vscode.languages.getLanguages());
  return [languageNamed(word)?.id, word].find((id) => id !== undefined && known.has(id));
}
