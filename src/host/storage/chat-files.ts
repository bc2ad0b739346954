import * as vscode from 'vscode';
import { reduce, type Conversation, type ConversationEvent } from '../../core/chat/conversation';
import { summaryOf, type ChatSummary } from '../../core/chat/summary';
import { chatFrom, serializeChat } from './chat-format';
import { noteInIndex } from './chat-index';
import { besideEnding, readReplaced, replaceFile } from './replace-file';

/** A folder of chats, each in a file of its own, in which windows write side by side. */
export interface ChatFolder {
  readonly uri: vscode.Uri;
  readonly fs: vscode.FileSystem;
  readonly log: vscode.LogOutputChannel;
}

export const chatEnding = '.json';

/** Where those go that were deleted. */
const deletedFolder = 'deleted';
const day = 86_400_000;
/** Milliseconds that something is kept which nobody asks for any more. */
const keptFor = { deleted: 30 * day, beside: day, writing: 5000 };

export async function chatText({ uri, fs }: ChatFolder, id: string): Promise<string> {
  return readReplaced(uri, id + chatEnding, fs);
}

/** Rejects where there is no such chat, or none that can be read. */
export async function readChat(folder: ChatFolder, id: string): Promise<Conversation> {
  return chatFrom(id, await chatText(folder, id));
}

export async function writeChat(folder: ChatFolder, conversation: Conversation): Promise<ChatSummary> {
  const { uri, fs } = folder;
  await replaceFile(uri, conversation.id + chatEnding, serializeChat(conversation), fs);
  const summary = await summarized(folder, conversation);
  await noteInIndex(uri, [summary], fs);
  return summary;
}

/** Changes a chat that this window has not open. */
export async function changeChat(
  folder: ChatFolder,
  id: string,
  event: Extract<ConversationEvent, { type: 'renamed' | 'pinned' }>,
): Promise<ChatSummary> {
  return writeChat(folder, reduce(await readChat(folder, id), event));
}

/** Versions before 3 did not always know when something was asked. */
export async function summarized({ uri, fs }: ChatFolder, conversation: Conversation): Promise<ChatSummary> {
  const summary = summaryOf(conversation);
  if (summary.date > 0) return summary;
  return { ...summary, date: (await fs.stat(fileOf(uri, summary.id))).mtime };
}

/** Moves a chat aside, from where it can be restored for some time. */
export async function deleteChat({ uri, fs }: ChatFolder, id: string): Promise<void> {
  const deleted = vscode.Uri.joinPath(uri, deletedFolder);
  await fs.createDirectory(deleted);
  const name = `${id}.${Date.now()}${chatEnding}`;
  await fs.rename(fileOf(uri, id), vscode.Uri.joinPath(deleted, name), { overwrite: true });
}

/** Puts back what was deleted last under this name. */
export async function restoreChat(folder: ChatFolder, id: string): Promise<ChatSummary> {
  const { uri, fs } = folder;
  const deleted = vscode.Uri.joinPath(uri, deletedFolder);
  const names = (await contentsOf(folder, deleted)).map(([name]) => name);
  const last = names
    .filter((name) => deletedPattern.exec(name)?.[1] === id)
    .sort()
    .at(-1);
  if (last === undefined) throw new Error(`No chat ${id} was deleted.`);
  await fs.rename(vscode.Uri.joinPath(deleted, last), fileOf(uri, id), { overwrite: false });
  return summarized(folder, await readChat(folder, id));
}

/** The name of the chat, and when it was deleted. */
const deletedPattern = /^(.+)\.(\d+)\.json$/;

/** Forgets what was deleted long ago, and puts in order what writers left that were killed. */
export async function sweep(folder: ChatFolder, now: number): Promise<void> {
  const { uri, fs } = folder;
  const deleted = vscode.Uri.joinPath(uri, deletedFolder);
  for (const [name] of await contentsOf(folder, deleted)) {
    const at = Number(deletedPattern.exec(name)?.[2] ?? now);
    if (at < now - keptFor.deleted) await fs.delete(vscode.Uri.joinPath(deleted, name));
  }
  const names = (await contentsOf(folder, uri)).map(([name]) => name);
  for (const name of names.filter((each) => each.endsWith(besideEnding))) {
    const beside = vscode.Uri.joinPath(uri, name);
    const age = now - (await fs.stat(beside)).mtime;
    const chat = /^.+?\.json/.exec(name)?.[0] ?? name;
    if (!names.includes(chat)) {
      if (age > keptFor.writing)
        await fs.rename(beside, vscode.Uri.joinPath(uri, chat), { overwrite: false });
    } else if (age > keptFor.beside) await fs.delete(beside);
  }
}

/** What is in a folder; nothing where there is no such folder yet. */
export async function contentsOf(
  { fs }: ChatFolder,
  uri: vscode.Uri,
): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await fs.readDirectory(uri);
  } catch {
    return [];
  }
}

export function fileOf(folder: vscode.Uri, id: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, id + chatEnding);
}
