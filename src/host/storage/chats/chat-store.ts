import type { LogOutputChannel } from 'vscode';
import type { Conversation } from '../../../core/chat/conversation';
import {
  storedListEntry,
  type ChatWorkspace,
  type StoredChat,
  type StoredListEntry,
} from '../../../core/chat/stored-chat';
import type { Clock } from '../../../core/clock';
import type { FileFolder } from '../../../core/file-folder';
import { createChatFiles, type ChatFile, type ChatFiles, type DamagedFile } from './chat-files';
import { sameStored } from './chat-format';
import { createChatIndex, type ChatIndex } from './chat-index';
import { createThrottledWriter, type ThrottledWriter } from '../throttled-writer';

/**
 * All chats, a file each, in a folder that all windows share. A window that writes a chat keeps what other windows have
 * written to it; a chat that cannot be written stays in memory until it can.
 */
export interface ChatStore {
  readonly index: ChatIndex;
  /** The chat as this window has it, otherwise as its file has it; undefined if there is none. Rejects if it cannot be read. */
  read(id: string): Promise<StoredChat | undefined>;
  /** True if the chat has a file. */
  has(id: string): Promise<boolean>;
  /** Writes the chat soon; many changes in a row are written together. */
  save(conversation: Conversation): void;
  /** Changes a chat that is not open in this window. */
  change(id: string, change: (conversation: Conversation) => Conversation): Promise<StoredListEntry>;
  /** Moves a chat to Recently Deleted, or back from there. */
  setDeleted(id: string, deletedAt: number | undefined): Promise<StoredListEntry>;
  /** Removes the file of a chat for good. */
  deletePermanently(id: string): Promise<void>;
  /** Merges the changes that another window has written to a chat that is open in this window. */
  sync(id: string): Promise<void>;
  /** Adds a chat from another source. If a chat with the same ID exists, the parts that it lacks are added to it. */
  add(stored: StoredChat): Promise<StoredListEntry>;
  /** The window does not show the chat any more, nor answer in it. */
  close(id: string): void;
  /** Resolves after an attempt to write all that is unsaved. */
  flush(): Promise<void>;
  /** Chats that could not be written, and the error of the latest attempt. */
  readonly unsaved: { readonly chats: readonly Conversation[]; readonly failure: unknown };
}

export interface ChatStoreServices {
  readonly folder: FileFolder;
  readonly clock: Clock;
  readonly log: LogOutputChannel;
  /** The workspace of this window, which new chats belong to. */
  readonly workspace: ChatWorkspace | undefined;
  /** True if the window shows the chat, or an answer of it is running. */
  readonly isOpen: (id: string) => boolean;
  readonly events: ChatStoreEvents;
}

export interface ChatStoreEvents {
  /**
   * Another window has changed a chat that is open.
   *
   * @param ours the state that this window had saved
   * @returns the state that the window shows from now on; undefined if it shows a newer one than `ours`
   */
  readonly adopt: (merged: StoredChat, ours: Conversation) => Conversation | undefined;
  readonly damaged: (files: readonly DamagedFile[]) => void;
  /** Called after `unsaved` has changed. */
  readonly unsavedChanged: () => void;
}

/** Longest time before changes are written, in ms: a crash loses at most this much of an answer. */
const SAVE_INTERVAL_MS = 1000;

interface OpenChat {
  /** The state that this window wants to write. */
  ours: StoredChat;
  /** The state on which `ours` is based: the file as this window last adopted it; undefined for a new chat. */
  base: StoredChat | undefined;
  /** The file as it was read or written last. */
  file: ChatFile | undefined;
  /** True while the window takes over the state that another has written, which need not be saved. */
  isAdopting: boolean;
  readonly writer: ThrottledWriter<StoredChat>;
}

export function createChatStore(services: ChatStoreServices): ChatStore {
  return new FileChatStore(services);
}

class FileChatStore implements ChatStore {
  readonly index: ChatIndex;
  private readonly files: ChatFiles;
  private readonly chats = new Map<string, OpenChat>();

  constructor(private readonly services: ChatStoreServices) {
    const { folder, log, events } = services;
    this.index = createChatIndex(folder, log, events.damaged);
    this.files = createChatFiles(folder, this.index, events.damaged);
  }

  get unsaved(): ChatStore['unsaved'] {
    const failed = [...this.chats.values()].filter(({ writer }) => writer.failure !== undefined);
    return { chats: failed.map(({ ours }) => ours.conversation), failure: failed.at(-1)?.writer.failure };
  }

  async read(id: string): Promise<StoredChat | undefined> {
    const chat = await this.settled(id);
    if (chat?.writer.unsaved) return chat.ours;
    const file = await this.files.read(id, chat?.file);
    // The chat was opened or changed while its file was read.
    const current = this.chats.get(id);
    if (!file || current !== chat || current?.writer.unsaved) return current?.ours ?? file?.chat;
    if (chat) [chat.ours, chat.base, chat.file] = [file.chat, file.chat, file];
    else this.openChat(file.chat, file);
    return file.chat;
  }

  has(id: string): Promise<boolean> {
    return this.files.has(id);
  }

  save(conversation: Conversation): void {
    const { workspace } = this.services;
    const chat =
      this.chats.get(conversation.id) ?? this.openChat({ conversation, ...(workspace && { workspace }) });
    if (chat.isAdopting || (chat.file && conversation === chat.ours.conversation)) return;
    chat.ours = { ...chat.ours, conversation };
    chat.writer.put(chat.ours);
  }

  change(id: string, change: (conversation: Conversation) => Conversation): Promise<StoredListEntry> {
    return this.update(id, (stored) => ({ ...stored, conversation: change(stored.conversation) }));
  }

  setDeleted(id: string, deletedAt: number | undefined): Promise<StoredListEntry> {
    return this.update(id, ({ deletedAt: before, ...stored }) =>
      deletedAt === undefined ? stored : { ...stored, deletedAt },
    );
  }

  async deletePermanently(id: string): Promise<void> {
    await this.settled(id);
    this.chats.delete(id);
    await this.files.delete(id);
  }

  async sync(id: string): Promise<void> {
    const chat = this.chats.get(id);
    if (!chat) return;
    if (chat.writer.unsaved) {
      await chat.writer.flush();
      return;
    }
    const { ours } = chat;
    const file = await this.files.read(id, chat.file).catch((error: unknown) => {
      this.services.log.warn(`Chat ${id} was not read again: ${String(error)}`);
      return undefined;
    });
    if (!file || file === chat.file || chat.ours !== ours) return;
    const merged = await mergeIfChanged(chat.base, ours, file.chat);
    // The chat was changed, or deleted, while the code that merges was loaded.
    if (chat.ours !== ours || this.chats.get(id) !== chat) return;
    chat.file = file;
    this.adopt(chat, ours, merged);
    // Without locks, as in a browser, another window may have replaced what this one has just written.
    if (!sameStored(merged, file.chat)) chat.writer.put(chat.ours);
  }

  async add(stored: StoredChat): Promise<StoredListEntry> {
    const { chat } = await this.files.update(stored.conversation.id, undefined, (theirs) =>
      theirs ? mergeIfChanged(undefined, theirs, stored) : stored,
    );
    return storedListEntry(chat);
  }

  close(id: string): void {
    const chat = this.chats.get(id);
    if (!chat) return;
    chat.writer
      .flush()
      .then(() => {
        if (!chat.writer.unsaved && !this.services.isOpen(id)) this.chats.delete(id);
      })
      .catch((error: unknown) => this.services.log.warn(`Chat ${id} was not closed: ${String(error)}`));
  }

  async flush(): Promise<void> {
    await Promise.all([...this.chats.values()].map(({ writer }) => writer.flush()));
  }

  private openChat(ours: StoredChat, file?: ChatFile): OpenChat {
    const { clock, events } = this.services;
    const write = (): Promise<void> => this.write(chat);
    const writer = createThrottledWriter<StoredChat>(SAVE_INTERVAL_MS, clock, write, events.unsavedChanged);
    const chat: OpenChat = { ours, base: file?.chat, file, isAdopting: false, writer };
    this.chats.set(ours.conversation.id, chat);
    return chat;
  }

  /** Adds what the file has and `ours` lacks, writes the result, and lets the window show it. */
  private async write(chat: OpenChat): Promise<void> {
    const { ours, base } = chat;
    const written = await this.files.update(ours.conversation.id, chat.file, (theirs) =>
      theirs ? mergeIfChanged(base, ours, theirs) : ours,
    );
    chat.file = written;
    this.adopt(chat, ours, written.chat);
  }

  private adopt(chat: OpenChat, ours: StoredChat, merged: StoredChat): void {
    // The file is exactly `ours`, so changes made since are based on it and need not be merged.
    if (merged === ours) chat.base = ours;
    // Changes since then are newer, and are merged when they are written.
    if (chat.ours !== ours) return;
    const isChanged = merged.conversation !== ours.conversation || merged.deletedAt !== ours.deletedAt;
    chat.isAdopting = true;
    const shown = isChanged ? this.services.events.adopt(merged, ours.conversation) : ours.conversation;
    chat.isAdopting = false;
    if (!shown) return;
    chat.base = merged;
    chat.ours = { ...merged, conversation: shown };
  }

  /** Resolves after an attempt to write the unsaved changes of a chat. */
  private async settled(id: string): Promise<OpenChat | undefined> {
    await this.chats.get(id)?.writer.flush();
    return this.chats.get(id);
  }

  private async update(id: string, change: (stored: StoredChat) => StoredChat): Promise<StoredListEntry> {
    const chat = await this.settled(id);
    const ours = chat?.ours;
    const written = await this.files.update(id, chat?.file, async (stored) => {
      const current = ours && stored ? await mergeIfChanged(chat.base, ours, stored) : (stored ?? ours);
      if (!current) throw new Error(`There is no chat ${id}.`);
      return change(current);
    });
    if (chat) chat.file = written;
    // Changes that were saved in the meantime are merged when they are written.
    if (chat && chat.ours === ours) [chat.ours, chat.base] = [written.chat, written.chat];
    return storedListEntry(written.chat);
  }
}

/**
 * Merges only if another window has written the file since this window last read or wrote it. The code for merging is
 * loaded only then.
 */
async function mergeIfChanged(
  base: StoredChat | undefined,
  ours: StoredChat,
  theirs: StoredChat,
): Promise<StoredChat> {
  if (theirs === base) return ours;
  const { mergeStored } = await import('../../../core/chat/merge/merge-stored');
  return mergeStored(base, ours, theirs);
}
