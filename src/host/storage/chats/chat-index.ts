import type { LogOutputChannel } from 'vscode';
import type { StoredListEntry } from '../../../core/chat/stored-chat';
import type { FileFolder, FileStat } from '../../../core/file-folder';
import { lazy } from '../../../core/lazy';
import type { DamagedFile } from './chat-files';
import { dated } from './dated-entry';
import type { IndexEntry } from './index-format';
import type { FileProblems, IndexListener, VerifiedChatIndex } from './verified-chat-index';

/** Summaries of all chats for the list: a cache that is verified against the chat files and rebuilt from them. */
export interface ChatIndex {
  /** The chats as far as they are known without reading each of their files. */
  known(): Promise<readonly StoredListEntry[]>;
  /** Compares all entries with the files and reads what has changed. */
  verify(): Promise<FileProblems>;
  /** Verifies again if the list was requested before. */
  refreshAll(): Promise<void>;
  /** The same for one chat. */
  refresh(id: string): Promise<void>;
  /** Calls back with the changes that `verify` and `refresh` find. Returns a function that removes the listener. */
  onDidChange(listener: IndexListener): () => void;
  /** The chat was written or read just now. */
  put(summary: StoredListEntry, stat: FileStat | undefined): void;
  remove(id: string): void;
  /** Writes the cache, if it has changed. */
  save(): Promise<void>;
}

/**
 * The code that reads and verifies the index is loaded when the chats are listed for the first time. Until then, only
 * what this window has written is known.
 *
 * @param damagedFound is called with the files that were set aside
 */
export function createChatIndex(
  folder: FileFolder,
  log: LogOutputChannel,
  damagedFound: (files: readonly DamagedFile[]) => void,
): ChatIndex {
  const entries = new Map<string, IndexEntry>();
  const listeners = new Set<IndexListener>();
  let verified: VerifiedChatIndex | undefined;
  const load = lazy(async () => {
    const { createVerifiedChatIndex } = await import('./verified-chat-index');
    verified = createVerifiedChatIndex({ folder, log, damagedFound, entries, listeners });
    return verified;
  });

  return {
    known: async () => (await load()).known(),
    verify: async () => (await load()).verify(),
    refreshAll: async () => verified?.refreshAll(),
    refresh: async (id) => verified?.refresh(id),
    onDidChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    put(summary, stat) {
      entries.set(summary.id, stat ? { summary: dated(summary, stat), stat } : { summary });
      verified?.touch(summary.id);
    },
    remove(id) {
      entries.delete(id);
      verified?.touch(id);
    },
    save: async () => verified?.save(),
  };
}
