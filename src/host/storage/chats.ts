import * as vscode from 'vscode';
import type { Conversation } from '../../core/chat/conversation';
import type { Clock } from '../../core/clock';
import { parseChat, serializeChat } from './chat-format';

/** Chats on disk, a file each, so that a reloaded window goes on where it was and a new chat loses no old one. */
export interface ChatStore {
  /** The chat this window had last, if it can be read. */
  load(): Promise<Conversation | undefined>;
  /** Writes the chat soon; many changes in a row are written together. */
  save(conversation: Conversation): void;
  /** Writes now what is still to be written. */
  flush(): Promise<void>;
}

/** Milliseconds of an answer that a crash may cost. */
const saveInterval = 500;
const currentChat = 'o1mini.currentChat';

export function createChatStore(
  folder: vscode.Uri,
  state: vscode.Memento,
  clock: Clock,
  log: vscode.LogOutputChannel,
): ChatStore {
  const { fs } = vscode.workspace;
  let unsaved: Conversation | undefined;
  let timer: (() => void) | undefined;
  let writing = Promise.resolve();

  const fileOf = (id: string): vscode.Uri => vscode.Uri.joinPath(folder, `${id}.json`);

  /** Written beside and renamed: a reader sees the old chat or the new one, never half of either. */
  async function write(conversation: Conversation): Promise<void> {
    const beside = vscode.Uri.joinPath(folder, `${conversation.id}.tmp`);
    await fs.writeFile(beside, new TextEncoder().encode(serializeChat(conversation)));
    await fs.rename(beside, fileOf(conversation.id), { overwrite: true });
    if (state.get(currentChat) !== conversation.id) await state.update(currentChat, conversation.id);
  }

  function flush(): Promise<void> {
    timer?.();
    timer = undefined;
    const conversation = unsaved;
    unsaved = undefined;
    if (conversation) {
      writing = writing
        .then(() => write(conversation))
        .catch((error: unknown) => log.error(`Saving the chat: ${String(error)}`));
    }
    return writing;
  }

  async function load(): Promise<Conversation | undefined> {
    const id = state.get<string>(currentChat);
    if (id === undefined) return undefined;
    try {
      return parseChat(new TextDecoder().decode(await fs.readFile(fileOf(id))));
    } catch (error) {
      log.error(`Reading chat ${id}: ${String(error)}`);
      return undefined;
    }
  }

  return {
    load,
    flush,
    save(conversation) {
      unsaved = conversation;
      timer ??= clock.after(saveInterval, () => void flush());
    },
  };
}
