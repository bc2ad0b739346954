import * as vscode from 'vscode';
import { findInChat, mayHold, type Snippet } from '../../core/chat/find';
import type { ChatSummary } from '../../core/chat/summary';
import { chatId } from '../../protocol/values';
import { chatEnding, chatText, contentsOf, fileOf, summarized, type ChatFolder } from './chat-files';
import { chatFrom, version } from './chat-format';
import { changeIndex, readIndex, type ChatIndex } from './chat-index';
import { inTurns } from './in-turns';

export interface Listing {
  readonly chats: readonly ChatSummary[];
  /** There are more, which are being read. */
  readonly reading: boolean;
  /** Files that cannot be read. */
  readonly unreadable: number;
}

export interface Hit {
  readonly id: string;
  readonly snippet: Snippet;
}

/** Where files go that are no chats. */
const unreadableFolder = 'unreadable';
/** Files that are read at the same time. */
const readers = 16;
/** Chats that are read between two listings. */
const readBetween = 500;

/**
 * Tells what chats there are: at once those of the index, then also those that had to be read.
 *
 * @param tell called once or more, each time with all that is known; the last time with `reading` false
 */
export async function listChats(folder: ChatFolder, tell: (listing: Listing) => void): Promise<void> {
  const [entries, index] = await Promise.all([
    contentsOf(folder, folder.uri),
    readIndex(folder.uri, folder.fs),
  ]);
  const known: ChatIndex = new Map();
  const missing: string[] = [];
  for (const id of idsIn(entries)) {
    const summary = index.get(id);
    if (summary) known.set(id, summary);
    else missing.push(id);
  }
  let unreadable = await countUnreadable(folder, entries);
  for (let at = 0; at < missing.length; at += readBetween) {
    tell({ chats: [...known.values()], reading: true, unreadable });
    await inTurns(missing.slice(at, at + readBetween), readers, async (id) => {
      const summary = await summaryFromFile(folder, id);
      if (summary) known.set(id, summary);
      else unreadable++;
    });
  }
  tell({ chats: [...known.values()], reading: false, unreadable });
  if (missing.length > 0 || known.size < index.size) await mergeIntoIndex(folder, known);
}

/** Looks into the texts of these chats, in their order, and tells what it finds. */
export async function searchChats(
  folder: ChatFolder,
  ids: readonly string[],
  query: string,
  signal: AbortSignal,
  found: (hit: Hit) => void,
): Promise<void> {
  const over = (): boolean => signal.aborted;
  await inTurns(ids, readers, async (id) => {
    if (over()) return;
    try {
      const text = await chatText(folder, id);
      if (over() || !mayHold(text, query)) return;
      const snippet = findInChat(await chatFrom(id, text), query);
      if (snippet && !over()) found({ id, snippet });
    } catch (error) {
      folder.log.debug(`Chat ${id} was not searched: ${String(error)}`);
    }
  });
}

/** A file that no page can ask for by its name is none of ours. */
function idsIn(entries: readonly [string, vscode.FileType][]): readonly string[] {
  return entries
    .filter(([name, type]) => type === vscode.FileType.File && name.endsWith(chatEnding))
    .map(([name]) => name.slice(0, -chatEnding.length))
    .filter((id) => chatId.test(id));
}

async function countUnreadable(
  folder: ChatFolder,
  entries: readonly [string, vscode.FileType][],
): Promise<number> {
  if (!entries.some(([name]) => name === unreadableFolder)) return 0;
  return (await contentsOf(folder, vscode.Uri.joinPath(folder.uri, unreadableFolder))).length;
}

/** Undefined where its file cannot be read. */
async function summaryFromFile(folder: ChatFolder, id: string): Promise<ChatSummary | undefined> {
  try {
    const text = await chatText(folder, id);
    return await chatFrom(id, text).then(
      (chat) => summarized(folder, chat),
      (error: unknown) => setAside(folder, id, text, error),
    );
  } catch (error) {
    folder.log.error(`Chat ${id} cannot be read and is left as it is: ${String(error)}`);
    return undefined;
  }
}

/** What is no chat goes out of the way. What a later version of us wrote is for that to read, and stays. */
async function setAside(
  { uri, fs, log }: ChatFolder,
  id: string,
  text: string,
  error: unknown,
): Promise<undefined> {
  if (isOfLaterVersion(text)) throw new Error('It was written by a later version of o1-mini Chat.');
  log.error(`Chat ${id} cannot be read and is kept in the folder "${unreadableFolder}": ${String(error)}`);
  const aside = vscode.Uri.joinPath(uri, unreadableFolder);
  try {
    await fs.createDirectory(aside);
    await fs.rename(fileOf(uri, id), fileOf(aside, id), { overwrite: true });
  } catch (failure) {
    log.error(`Chat ${id} could not be moved there: ${String(failure)}`);
  }
  return undefined;
}

function isOfLaterVersion(text: string): boolean {
  try {
    const json = JSON.parse(text) as { readonly version?: unknown } | null;
    return typeof json?.version === 'number' && json.version > version;
  } catch {
    return false;
  }
}

/** What other windows have noted meanwhile is newer than what was read here; what they deleted is gone. */
async function mergeIntoIndex(folder: ChatFolder, known: ChatIndex): Promise<void> {
  const merge = async (noted: ChatIndex): Promise<ChatIndex> => {
    const there = new Set(idsIn(await contentsOf(folder, folder.uri)));
    return new Map([...new Map([...known, ...noted])].filter(([id]) => there.has(id)));
  };
  await changeIndex(folder.uri, merge, folder.fs);
}
