import * as vscode from 'vscode';
import { withoutLocalData } from '../../core/chat/export';
import { toConversation, type ImportedExchange } from '../../core/chat/imported-chat';
import { reduce, type Conversation } from '../../core/chat/conversation';
import type { StoredListEntry } from '../../core/chat/stored-chat';
import { arrayField, field, numberField } from '../../core/json';
import { fileErrorKind } from '../../core/file-folder';
import { FormatError } from '../parse-stored-data';
import { errorMessage, showError } from '../notifications';
import { CHAT_FORMAT_VERSION } from '../storage/chats/chat-format';
import { chatOfJson } from '../storage/chats/chat-parser';
import { createYielder } from '../time-slices';
import { readJson, type ElementReader } from './read-json';
import { isSessionLog, readSessionLog } from './vscode-session-log';
import { isVsCodeChat, readRequest, readVsCodeChat, type ReadRequest } from './vscode-chat-import';

const MEGABYTE = 1024 * 1024;
/** Bytes of a file that is read: exports of VS Code with images and tool results have 50 MB. */
const MAX_FILE_BYTES = 64 * MEGABYTE;
/** Maximum length of an imported chat, in UTF-16 units, because a chat is written and shown as a whole. */
const MAX_TEXT_LENGTH = 16 * MEGABYTE;

/** A file that contains no readable chat. The message explains the reason to the user. */
export class ImportError extends Error {}

/** A chat that was written to the folder. */
interface Imported {
  readonly chat: Conversation;
  readonly summary: StoredListEntry;
}

/**
 * Lets the user choose files, and keeps their chats under new names.
 *
 * @returns those that could be read
 */
export async function importChats(
  add: (chat: Conversation) => Promise<StoredListEntry>,
  newId: () => string,
  log: vscode.LogOutputChannel,
): Promise<readonly Imported[]> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import Chats'),
    openLabel: vscode.l10n.t('Import'),
    canSelectMany: true,
    filters: { [vscode.l10n.t('Chats')]: ['json', 'jsonl'] },
  });
  const imported: Imported[] = [];
  for (const file of files ?? []) {
    try {
      // An answer that was still growing is billed where the file was written.
      const chat = reduce(await chatOfFile(file, newId), { type: 'restored', at: Date.now() });
      imported.push({ chat, summary: await add(chat) });
    } catch (error) {
      log.warn(`${file.path} was not imported: ${String(error)}`);
      const name = file.path.split('/').at(-1) ?? '';
      void showError(vscode.l10n.t('{0} was not imported. {1}'), [name, errorMessage(error)]);
    }
  }
  return imported;
}

async function chatOfFile(file: vscode.Uri, newId: () => string): Promise<Conversation> {
  const bytes = await bytesOf(file).catch((error: unknown) => {
    if (!['not-found', 'read-only'].includes(fileErrorKind(error))) throw error;
    throw new ImportError(
      vscode.l10n.t('The file no longer exists, or VS Code has no permission to read it.'),
      { cause: error },
    );
  });
  return chatOfBytes(bytes, newId);
}

async function bytesOf(file: vscode.Uri): Promise<Uint8Array> {
  const { fs } = vscode.workspace;
  const { type, size } = await fs.stat(file);
  // A device or a pipe may have no end.
  if ((type & vscode.FileType.File) === 0)
    throw new ImportError(vscode.l10n.t('This is not a regular file.'));
  const limit = MAX_FILE_BYTES / MEGABYTE;
  if (size > MAX_FILE_BYTES) throw new ImportError(vscode.l10n.t('The file is larger than {0} MB.', limit));
  return fs.readFile(file);
}

/**
 * The chat in a file that this extension or VS Code exported, or in a stored session of VS Code.
 *
 * @throws ImportError with what is wrong with the file, in the user's language
 */
export async function chatOfBytes(bytes: Uint8Array, newId: () => string): Promise<Conversation> {
  const requests: ReadRequest[] = [];
  const json = await readFile(bytes, requests);
  if (isOwnChat(json)) return { ...(await readOwnChat(json)), id: newId() };
  if (!isVsCodeChat(json)) {
    throw new ImportError(otherFormat());
  }
  const chat = await withDamageMessage(
    (path) => vscode.l10n.t('The file is a damaged VS Code chat: {0}', path),
    () => readVsCodeChat(json, requests),
  );
  if (chat.exchanges.length === 0)
    throw new ImportError(vscode.l10n.t('The file does not contain any questions.'));
  const length = chat.exchanges.reduce((sum, exchange) => sum + textLength(exchange), 0);
  if (length > MAX_TEXT_LENGTH) {
    throw new ImportError(
      vscode.l10n.t(
        'The file contains more than {0} MB of text, which exceeds the size limit of a chat.',
        MAX_TEXT_LENGTH / MEGABYTE,
      ),
    );
  }
  return toConversation(chat, newId);
}

function otherFormat(): string {
  return vscode.l10n.t('The file is neither an o1-mini Chat export nor a VS Code chat export or session.');
}

/** Other programs write a chat as lines of JSON, each of which is a message. */
function isOfJsonLines(bytes: Uint8Array): boolean {
  return /^\s*\{[^\n]*\}\r?\n\{/.test(new TextDecoder().decode(bytes.subarray(0, MEGABYTE)));
}

/** @param requests receives the result of reading each request of VS Code */
async function readFile(written: Uint8Array, requests: ReadRequest[]): Promise<unknown> {
  const bytes = toUtf8(written);
  const isLog = isSessionLog(bytes);
  try {
    const keep: ElementReader = (request, index) => {
      requests.push(readRequest(request, index));
      return null;
    };
    if (!isLog) return await readJson(bytes, { '$.requests.*': keep });
    const state = await readSessionLog(bytes);
    const yieldIfDue = createYielder();
    for (const [index, request] of arrayField(state, 'requests').entries()) {
      keep(request, index);
      await yieldIfDue();
    }
    return state;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const { path } = error;
    if (isLog) {
      throw new ImportError(
        vscode.l10n.t(
          'The file is a damaged VS Code session, or was written by a newer version of VS Code: {0}',
          path,
        ),
      );
    }
    if (isOfJsonLines(bytes)) throw new ImportError(otherFormat());
    throw new ImportError(
      path === ''
        ? vscode.l10n.t('The file is not JSON.')
        : vscode.l10n.t('The file is not valid JSON: {0}', path),
    );
  }
}

/** By the byte order mark. */
const ENCODINGS: Readonly<Record<string, string>> = { '255 254': 'utf-16le', '254 255': 'utf-16be' };

/** Windows writes UTF-16 where the output of a command is redirected to a file. */
function toUtf8(bytes: Uint8Array): Uint8Array {
  const encoding = ENCODINGS[bytes.subarray(0, 2).join(' ')];
  return encoding === undefined ? bytes : new TextEncoder().encode(new TextDecoder(encoding).decode(bytes));
}

function textLength({ question, attachments, answer, reasoning }: ImportedExchange): number {
  const attached = attachments.reduce((sum, { content }) => sum + content.length, 0);
  return question.length + attached + answer.length + reasoning.length;
}

function isOwnChat(json: unknown): json is { readonly version: number } {
  return field(json, 'conversation') !== undefined && numberField(json, 'version') !== undefined;
}

/** An imported file cannot know where its attachments are on this machine. */
async function readOwnChat(json: { readonly version: number }): Promise<Conversation> {
  if (json.version > CHAT_FORMAT_VERSION)
    throw new ImportError(vscode.l10n.t('The file was created by a newer version of o1-mini Chat.'));
  const chat = await withDamageMessage(
    (path) => vscode.l10n.t('The file is a damaged o1-mini Chat file: {0}', path),
    () => chatOfJson(json),
  );
  return withoutLocalData(chat);
}

/** Names the place where a file is damaged. Errors of another kind, which may quote the file, are not shown. */
async function withDamageMessage<T>(
  describe: (path: string) => string,
  read: () => T | Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new ImportError(describe((error instanceof FormatError && error.path) || '…'));
  }
}
