import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conversation } from '../../../src/core/chat/conversation';
import type { StoredChat } from '../../../src/core/chat/stored-chat';
import type { Turn } from '../../../src/core/chat/turn';
import type { FileFolder } from '../../../src/core/files';
import { serializeStored } from '../../../src/host/storage/chat-format';
import type { DamagedFile } from '../../../src/host/storage/chat-files';
import { createChatStore, type ChatStore } from '../../../src/host/storage/chat-store';
import { createDiskFolder } from '../../../src/platform/node/file-folder';
import { manualClock, type ManualClock } from '../../support/wire';
import { collectingLog, turn } from './store-builders';

export { turn } from './store-builders';

/** A window with its store, over a folder of the disk. */
export interface StoreWindow {
  readonly store: ChatStore;
  readonly clock: ManualClock;
  /** What the window shows of each chat, as the store has told. */
  readonly shown: Map<string, Conversation>;
  readonly damaged: DamagedFile[];
  readonly log: readonly string[];
  /** Shows a conversation as changed by the user, and saves it. */
  change(conversation: Conversation): void;
  /** Lets retries and delayed writes happen. */
  settle(): Promise<void>;
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
    async settle() {
      await store.flush();
    },
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

export function putChats(path: string, chats: Iterable<StoredChat>): void {
  mkdirSync(path, { recursive: true });
  for (const stored of chats)
    writeFileSync(join(path, `${stored.conversation.id}.json`), serializeStored(stored));
}

export function textOf(path: string, id: string): string {
  return readFileSync(join(path, `${id}.json`), 'utf8');
}

export function idsOf({ turns }: Conversation): readonly string[] {
  return turns.map(({ id }) => id);
}
