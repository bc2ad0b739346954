import type { PostMessage } from '../../protocol/messages';
import { findInChat, mayContain } from '../../core/chat/find-in-chat';
import type { FileFolder } from '../../core/file-folder';
import type { StoredListEntry } from '../../core/chat/stored-chat';
import type { HistoryRequest, HitView } from '../../protocol/history';
import { parseStored } from '../storage/chats/chat-parser';
import { CHAT_FILE_SUFFIX } from '../storage/chats/chat-files';
import { forEachConcurrently } from '../storage/chats/concurrently';

/**
 * Searches the texts of all chats, in the order of the list. A new search of a webview cancels its previous one,
 * which then reports no more results.
 */
export type FullTextSearch = (request: SearchRequest, reply: PostMessage) => Promise<void>;

type SearchRequest = Extract<HistoryRequest, { kind: 'search' }>;

/** Time between two messages with results, in ms. */
const REPORT_INTERVAL_MS = 50;
/** Files that are read at the same time. */
const MAX_CONCURRENT_READS = 16;

export interface SearchServices {
  readonly folder: FileFolder;
  /** The chats that are known so far, as stored in their files, in the order in which they are searched. */
  readonly known: () => Promise<readonly StoredListEntry[]>;
  /** Resolves when all files are known. */
  readonly verify: () => Promise<unknown>;
}

export function createFullTextSearch({ folder, known, verify }: SearchServices): FullTextSearch {
  const running = new WeakMap<PostMessage, AbortController>();

  async function find(id: string, query: string): Promise<HitView | undefined> {
    const bytes = await folder.read(id + CHAT_FILE_SUFFIX).catch(() => undefined);
    if (!bytes || !mayContain(new TextDecoder().decode(bytes), query)) return undefined;
    const stored = await parseStored(id, bytes).catch(() => undefined);
    const snippet = stored && findInChat(stored.conversation, query);
    return snippet && { id, snippet };
  }

  return async ({ search, query }, reply) => {
    running.get(reply)?.abort();
    if (query === '') return;
    const controller = new AbortController();
    const { signal } = controller;
    running.set(reply, controller);
    let hits: HitView[] = [];
    let reported = 0;
    const report = (done: boolean): void => {
      if (signal.aborted) return;
      reply({ type: 'history', update: { kind: 'searchResults', search, hits, done } });
      hits = [];
      reported = Date.now();
    };
    const searched = new Set<string>();
    const searchOne = async ({ id }: StoredListEntry): Promise<void> => {
      if (signal.aborted || searched.has(id)) return;
      searched.add(id);
      const hit = await find(id, query);
      if (hit) hits.push(hit);
      if (hits.length === 0) return;
      if (Math.abs(Date.now() - reported) > REPORT_INTERVAL_MS) report(false);
    };
    await forEachConcurrently(await known(), MAX_CONCURRENT_READS, searchOne);
    if (!signal.aborted) await verify();
    await forEachConcurrently(await known(), MAX_CONCURRENT_READS, searchOne);
    report(true);
  };
}
