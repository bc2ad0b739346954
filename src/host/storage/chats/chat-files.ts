import { storedListEntry, type StoredChat, type StoredListEntry } from '../../../core/chat/stored-chat';
import { fileErrorKind, sameStat, type FileFolder, type FileStat } from '../../../core/file-folder';
import { chatId } from '../../../protocol/schema-helpers';
import { ChatFormatError, sameStored, serializeStored, turnsByText } from './chat-format';

export const CHAT_FILE_SUFFIX = '.json';
/** The folder in that of the chats to which damaged files are moved. */
export const DAMAGED_FOLDER = 'damaged';

/** A file that was moved out of the way because it is not a whole chat. */
export interface DamagedFile {
  readonly name: string;
  /** The path to which it was moved. */
  readonly path: string;
  readonly reason: string;
}

/** The file of a chat as it was read or written. */
export interface ChatFile {
  readonly stat: FileStat | undefined;
  readonly chat: StoredChat;
}

/** Reads and writes the files of chats, and keeps the index in step. */
export interface ChatFiles {
  has(id: string): Promise<boolean>;
  /** `known`, where the file has not changed since; undefined if there is none. */
  read(id: string, known: ChatFile | undefined): Promise<ChatFile | undefined>;
  /** Applies a change to the file while no other window can write to it. A damaged file is set aside. */
  update(
    id: string,
    known: ChatFile | undefined,
    change: (stored: StoredChat | undefined) => StoredChat | Promise<StoredChat>,
  ): Promise<ChatFile>;
  delete(id: string): Promise<void>;
}

interface IndexUpdates {
  put(summary: StoredListEntry, stat: FileStat | undefined): void;
  remove(id: string): void;
}

/** @param damaged called with the files that were set aside */
export function createChatFiles(
  folder: FileFolder,
  index: IndexUpdates,
  damaged: (files: readonly DamagedFile[]) => void,
): ChatFiles {
  async function statOf(name: string): Promise<FileStat | undefined> {
    return (await folder.stats([name])).get(name);
  }

  async function read(id: string, known: ChatFile | undefined): Promise<ChatFile | undefined> {
    const name = nameOf(id);
    const stat = await statOf(name);
    if (known && stat && sameStat(stat, known.stat)) return known;
    try {
      const bytes = await folder.read(name);
      const { parseStored } = await import('./chat-parser');
      const turns = known && turnsByText(known.chat.conversation);
      return { stat, chat: await parseStored(id, bytes, turns) };
    } catch (error) {
      if (fileErrorKind(error) === 'not-found') return undefined;
      throw error;
    }
  }

  async function readUnlocked(id: string, known: ChatFile | undefined): Promise<ChatFile | undefined> {
    const stat = await statOf(nameOf(id));
    try {
      return await read(id, known);
    } catch (error) {
      if (error instanceof ChatFormatError && error.kind === 'damaged')
        damaged([await setAsideUnchanged(folder, id, stat, error.message)]);
      throw error;
    }
  }

  async function readOrSetAside(id: string, known: ChatFile | undefined): Promise<ChatFile | undefined> {
    try {
      return await read(id, known);
    } catch (error) {
      if (!(error instanceof ChatFormatError) || error.kind !== 'damaged') throw error;
      damaged([await setAside(folder, id, error.message)]);
      return undefined;
    }
  }

  return {
    has: async (id) => (await statOf(nameOf(id))) !== undefined,
    read: readUnlocked,
    update: (id, known, change) =>
      folder.withLock(nameOf(id), async () => {
        const before = await readOrSetAside(id, known);
        const chat = await change(before?.chat);
        if (before && sameStored(chat, before.chat)) return before;
        await folder.write(nameOf(id), serializeStored(chat));
        const stat = await statOf(nameOf(id)).catch(() => undefined);
        index.put(storedListEntry(chat), stat);
        return { stat, chat };
      }),
    async delete(id) {
      await folder.withLock(nameOf(id), () =>
        folder.delete(nameOf(id)).catch((error: unknown) => {
          if (fileErrorKind(error) !== 'not-found') throw error;
        }),
      );
      index.remove(id);
    },
  };
}

/** The file name of a chat, whose id may come from a webview. */
function nameOf(id: string): string {
  if (!chatId.test(id)) throw new Error('This is not the id of a chat.');
  return id + CHAT_FILE_SUFFIX;
}

/** Does the same as `setAside`, unless another window has replaced the file since it was read. */
export async function setAsideUnchanged(
  folder: FileFolder,
  id: string,
  stat: FileStat | undefined,
  reason: string,
): Promise<DamagedFile> {
  const name = id + CHAT_FILE_SUFFIX;
  return folder.withLock(name, async () => {
    if (!sameStat((await folder.stats([name])).get(name), stat)) throw new Error('It has changed.');
    return setAside(folder, id, reason);
  });
}

/** Moves a file out of the way, under its name, and never over another one. Its writers must be locked out. */
async function setAside(folder: FileFolder, id: string, reason: string): Promise<DamagedFile> {
  const aside = folder.folder(DAMAGED_FOLDER);
  const isTaken = async (name: string): Promise<boolean> => (await aside.stats([name])).size > 0;
  let name = id + CHAT_FILE_SUFFIX;
  for (let number = 2; await isTaken(name); number++) name = `${id} (${number})${CHAT_FILE_SUFFIX}`;
  await folder.move(id + CHAT_FILE_SUFFIX, `${DAMAGED_FOLDER}/${name}`);
  return { name, path: `${aside.path}/${name}`, reason };
}
