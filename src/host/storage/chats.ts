import * as vscode from 'vscode';
import type { Conversation } from '../../core/chat/conversation';
import type { Clock } from '../../core/clock';
import type { ChatFolder } from './chat-files';
import { chatFrom, serializeChat } from './chat-format';
import { readReplaced, replaceFile } from './replace-file';
import { createWriter, type Writer } from './writer';

/** Chats on disk, a file each, so that a reloaded window goes on where it was and a new chat loses no old one. */
export interface ChatStore {
  /** The chat this window had last, if it can be read. */
  load(): Promise<Conversation | undefined>;
  /** The chat of this id as it was saved last, if it can be read. */
  read(id: string): Promise<Conversation | undefined>;
  /** Writes the chat soon; many changes in a row are written together. */
  save(conversation: Conversation): void;
  /** This is the one that the window has now. */
  setCurrent(id: string): void;
  /** Resolves when what was to be saved is written. */
  flush(): Promise<void>;
}

/** Milliseconds of an answer that a crash may cost. */
const saveInterval = 1000;
const currentChat = 'current-chat.txt';

export function createChatStore({ uri, fs, log }: ChatFolder, clock: Clock): ChatStore {
  /** One for each chat: what is to be written of one takes no place of another's. */
  const writers = new Map<string, Writer<Conversation>>();
  const pointer = createWriter(saveInterval, clock, log, (id: string) => replace(currentChat, id));
  let current: string | undefined;

  function writerOf(id: string): Writer<Conversation> {
    const known = writers.get(id);
    if (known) return known;
    const writer = createWriter(saveInterval, clock, log, (chat: Conversation) =>
      replace(`${id}.json`, serializeChat(chat)),
    );
    writers.set(id, writer);
    return writer;
  }

  async function flush(): Promise<void> {
    await Promise.all([pointer, ...writers.values()].map((writer) => writer.flush()));
  }

  const replace = (name: string, text: string): Promise<void> => replaceFile(uri, name, text, fs);

  async function read(id: string): Promise<Conversation | undefined> {
    await writers.get(id)?.flush();
    try {
      return await chatFrom(id, await readReplaced(uri, `${id}.json`, fs));
    } catch (error) {
      // In a new chat nothing has been asked yet, and nothing written.
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
      log.error(`Chat ${id} cannot be read and is left as it is: ${String(error)}`);
      return undefined;
    }
  }

  return {
    read,
    flush,
    save: (conversation) => writerOf(conversation.id).put(conversation),
    setCurrent(id) {
      if (id === current) return;
      current = id;
      pointer.put(id);
    },
    async load() {
      const id = await readReplaced(uri, currentChat, fs).catch(() => undefined);
      return id === undefined ? undefined : read(id);
    },
  };
}
