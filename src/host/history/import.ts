import * as vscode from 'vscode';
import { adopted, type ForeignChat } from '../../core/chat/foreign';
import { reduce, type Conversation } from '../../core/chat/conversation';
import type { ChatSummary } from '../../core/chat/summary';
import { formatErrorPlace } from '../../protocol/values';
import { errorMessage, showError } from '../notifications';
import { parseChat, version } from '../storage/chat-format';
import { writeChat, type ChatFolder } from '../storage/chat-files';
import { looksLikeVsCode, readVsCodeChat } from './vscode-chat';

/** Bytes of a file that is read: ours of a year's questions have a tenth of it. */
const longestFile = 32 * 1024 * 1024;

/** A file that is no chat that we can read; its message says why, to the user. */
export class NoChat extends Error {}

/** A chat that is in the folder now. */
interface Imported {
  readonly chat: Conversation;
  readonly summary: ChatSummary;
}

/** Lets the user choose files, and keeps their chats under new names; those that could be read. */
export async function importChats(folder: ChatFolder, newId: () => string): Promise<readonly Imported[]> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import Chats'),
    openLabel: vscode.l10n.t('Import'),
    canSelectMany: true,
    filters: { [vscode.l10n.t('Chats')]: ['json'] },
  });
  const imported: Imported[] = [];
  for (const file of files ?? []) {
    try {
      // What was still answered where it was written is billed there.
      const chat = reduce(await chatOfFile(file, newId), { type: 'restored', at: Date.now() });
      imported.push({ chat, summary: await writeChat(folder, chat) });
    } catch (error) {
      folder.log.warn(`${file.path} was not imported: ${String(error)}`);
      const name = file.path.split('/').at(-1) ?? '';
      void showError(vscode.l10n.t('{0} was not imported. {1}'), [name, errorMessage(error)]);
    }
  }
  return imported;
}

async function chatOfFile(file: vscode.Uri, newId: () => string): Promise<Conversation> {
  const { fs } = vscode.workspace;
  if ((await fs.stat(file)).size > longestFile)
    throw new NoChat(vscode.l10n.t('It is larger than {0} MB.', longestFile / 1024 / 1024));
  return chatOfText(new TextDecoder().decode(await fs.readFile(file)), newId);
}

/** Rejects with what is wrong with the text, in the user's words. */
export async function chatOfText(text: string, newId: () => string): Promise<Conversation> {
  const json = jsonOf(text);
  if (looksLikeOurs(json)) return { ...(await ours(text, json.version)), id: newId() };
  if (!looksLikeVsCode(json))
    throw new NoChat(
      vscode.l10n.t('It is neither a chat of o1-mini Chat nor an export of a chat in VS Code.'),
    );
  const chat = exportedByVsCode(json);
  if (chat.exchanges.length === 0) throw new NoChat(vscode.l10n.t('There is no question in it.'));
  return adopted(chat, newId);
}

function exportedByVsCode(json: unknown): ForeignChat {
  try {
    return readVsCodeChat(json);
  } catch (error) {
    throw new NoChat(
      vscode.l10n.t('It is an export of VS Code, but damaged: {0}', formatErrorPlace(error) ?? '…'),
    );
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new NoChat(vscode.l10n.t('It is not JSON.'));
  }
}

function looksLikeOurs(json: unknown): json is { readonly version: number } {
  return (
    typeof json === 'object' &&
    json !== null &&
    'conversation' in json &&
    'version' in json &&
    typeof json.version === 'number'
  );
}

async function ours(text: string, written: number): Promise<Conversation> {
  if (written > version)
    throw new NoChat(vscode.l10n.t('It was written by a later version of o1-mini Chat.'));
  try {
    return await parseChat(text.replace(/^\ufeff/, ''));
  } catch (error) {
    // Other errors may quote the file.
    throw new NoChat(
      vscode.l10n.t('It is a chat of o1-mini Chat, but damaged: {0}', formatErrorPlace(error) ?? '…'),
    );
  }
}
