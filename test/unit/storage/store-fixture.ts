import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conversation } from '../../../src/core/chat/conversation';
import type { StoredChat } from '../../../src/core/chat/stored-chat';
import type { Turn } from '../../../src/core/chat/turn';
import type { FileFolder } from '../../../src/core/file-folder';
import { serializeStored } from '../../../src/host/storage/chats/chat-format';
import type { DamagedFile } from '../../../src/host/storage/chats/chat-files';
import { createChatStore, type ChatStore } from '../../../src/host/storage/chats/chat-store';
import { createDiskFolder } from '../../../src/platform/node/file-folder';
import { manualClock, type ManualClock } from '../../support/wire';
import { collectingLog, turn } from './builders';

export { turn } from './builders';

/** A window of VS Code with its chat store in a folder on the disk. */
export interface StoreWindow {
  readonly store: ChatStore;
  readonly clock: ManualClock;
  /** The conversations that the window shows, by the ID of their chat. */
  readonly shown: Map<string, Conversation>;
  readonly damaged: DamagedFile[];
  readonly log: readonly string[];
  /** Shows and saves a conversation that the user has changed. */
  change(conversation: Conversation): void;
  /** Resolves after delayed writes and failed writes have been tried. */
  flush(): Promise<void>;
}

export interface StoreWindowOptions {
  readonly folder?: FileFolder;
  readonly workspace?: StoredChat['workspace'];
}

export function openWindow(path: string, options: StoreWindowOptions = {}): StoreWindow {
  const clock = manualClock();
  const shown = new Map<string, Conversation>();
  const damaged: DamagedFile[] = [];
  const { log, lines } = collectingLog();
  const store = createChatStore({
    folder: options.folder ?? createDiskFolder(path),
    clock,
    log,
    workspace: options.workspace,
    isOpen: (id) => shown.has(id),
    events: {
      adopt(merged, ours) {
        if (shown.get(merged.conversation.id) !== ours) return undefined;
        shown.set(merged.conversation.id, merged.conversation);
        return merged.conversation;
      },
      damaged: (files) => void damaged.push(...files),
      unsavedChanged: () => undefined,
    },
  });
  return {
    store,
    clock,
    shown,
    damaged,
    log: lines,
    change(conversation) {
      shown.set(conversation.id, conversation);
      store.save(conversation);
    },
    flush: () => store.flush(),
  };
}

const folders: string[] = [];

export function scratchFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'o1mini-storage-'));
  folders.push(path);
  return path;
}

process.on('exit', () => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

export function chat(id: string, ...turns: readonly Turn[]): Conversation {
  return { id, turns: turns.length > 0 ? turns : [turn(`${id}-1`)] };
}

export function writeChatFiles(path: string, chats: Iterable<StoredChat>): void {
  mkdirSync(path, { recursive: true });
  for (const stored of chats)
    writeFileSync(join(path, `${stored.conversation.id}.json`), serializeStored(stored));
}

export function fileText(path: string, id: string): string {
  return readFileSync(join(path, `${id}.json`), 'utf8');
}

export function turnIds({ turns }: Conversation): readonly string[] {
  return turns.map(({ id }) => id);
}

export async function listedIds({ index }: ChatStore): Promise<readonly string[]> {
  return (await index.known()).map(({ id }) => id);
}
