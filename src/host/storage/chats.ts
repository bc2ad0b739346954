import * as vscode from 'vscode';
import type { Conversation } from '../../core/chat/conversation';
import type { Clock } from '../../core/clock';
import { parseChat, serializeChat } from './chat-format';
import { createWriter } from './writer';

/** Chats on disk, a file each, so that a reloaded window goes on where it was and a new chat loses no old one. */
export interface ChatStore {
  /** The chat this window had last, if it can be read. */
  load(): Promise<Conversation | undefined>;
  /** Writes the chat soon; many changes in a row are written together. */
  save(conversation: Conversation): void;
  /** Resolves when what was to be saved is written. */
  flush(): Promise<void>;
}

/** Milliseconds of an answer that a crash may cost. */
const saveInterval = 500;
const currentChat = 'current-chat.txt';

export function createChatStore(folder: vscode.Uri, clock: Clock, log: vscode.LogOutputChannel): ChatStore {
  const { fs } = vscode.workspace;
  let current: string | undefined;
  let saved: string | undefined;
  const writer = createWriter(saveInterval, clock, log, write);

  const fileOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);

  async function write(conversation: Conversation): Promise<void> {
    const { id } = conversation;
    await replace(`${id}.json`, serializeChat(conversation));
    if (current === id) return;
    await replace(currentChat, id);
    current = id;
  }

  /** Written beside and renamed: a reader sees the old text or the new one, never half of either. */
  async function replace(name: string, text: string): Promise<void> {
    await fs.writeFile(fileOf(`${name}.tmp`), new TextEncoder().encode(text));
    await fs.rename(fileOf(`${name}.tmp`), fileOf(name), { overwrite: true });
  }

  async function read(name: string): Promise<string> {
    return new TextDecoder().decode(await fs.readFile(fileOf(name)));
  }

  return {
    flush: () => writer.flush(),
    save(conversation) {
      // A new chat takes no place of what is still to be written of the one before.
      if (conversation.id !== saved) void writer.flush();
      saved = conversation.id;
      writer.put(conversation);
    },
    async load() {
      const id = await read(currentChat).catch(() => undefined);
      if (id === undefined) return undefined;
      try {
        return await parseChat(await read(`${id}.json`));
      } catch (error) {
        log.error(`Chat ${id} cannot be read and is left as it is: ${String(error)}`);
        return undefined;
      }
    },
  };
}
