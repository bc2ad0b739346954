import * as v from 'valibot';
import * as vscode from 'vscode';
import { sameSummary, type ChatSummary } from '../../core/chat/summary';
import { replaceFile } from './replace-file';

/** What is known of the chats of a folder without reading each: a cache, of no worth beside their files. */
export type ChatIndex = Map<string, ChatSummary>;

/** Not .json: that is what chats are. */
const name = 'index.cache';

const summary: v.GenericSchema<unknown, ChatSummary> = v.object({
  id: v.string(),
  title: v.string(),
  pinned: v.boolean(),
  date: v.number(),
  questions: v.number(),
});
const format = v.object({ version: v.literal(1), chats: v.array(summary) });

type IndexFileSystem = Pick<vscode.FileSystem, 'readFile' | 'writeFile' | 'rename' | 'delete'>;

/** Empty where there is none, or something else. */
export async function readIndex(folder: vscode.Uri, fs: IndexFileSystem): Promise<ChatIndex> {
  try {
    const text = new TextDecoder().decode(await fs.readFile(vscode.Uri.joinPath(folder, name)));
    return new Map(v.parse(format, JSON.parse(text)).chats.map((chat) => [chat.id, chat]));
  } catch {
    return new Map();
  }
}

/** One change of the index after the other: what one has read, another must not have written over. */
let changing: Promise<unknown> = Promise.resolve();

/** Changes the index by what it is now, with what other windows have written there. */
export async function changeIndex(
  folder: vscode.Uri,
  change: (index: ChatIndex) => ChatIndex | Promise<ChatIndex>,
  fs: IndexFileSystem,
): Promise<void> {
  const changed = changing.then(async () => {
    const before = await readIndex(folder, fs);
    const after = await change(before);
    if (after === before) return;
    await replaceFile(folder, name, JSON.stringify({ version: 1, chats: [...after.values()] }), fs);
  });
  changing = changed.catch(() => undefined);
  await changed;
}

/** Notes what the list shows of some chats; of all others, what is there stays. */
export async function noteInIndex(
  folder: vscode.Uri,
  chats: readonly ChatSummary[],
  fs: IndexFileSystem,
): Promise<void> {
  const isNews = (index: ChatIndex, chat: ChatSummary): boolean => {
    const known = index.get(chat.id);
    return !known || !sameSummary(known, chat);
  };
  await changeIndex(
    folder,
    (index) => {
      const news = chats.filter((chat) => isNews(index, chat));
      if (news.length === 0) return index;
      return new Map([...index, ...news.map((chat) => [chat.id, chat] as const)]);
    },
    fs,
  );
}
