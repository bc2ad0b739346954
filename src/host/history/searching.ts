import type { ChatSummary } from '../../core/chat/summary';
import type { HistoryRequest, HitView } from '../../protocol/history';
import type { Reply } from '../chat/request';
import type { ChatFolder } from '../storage/chat-files';
import { searchChats } from '../storage/chat-listing';

/**
 * Searches the texts of chats, the latest first. A search ends the one before of the same page, which hears nothing
 * of it any more.
 */
export type Searching = (request: SearchRequest, reply: Reply) => Promise<void>;

type SearchRequest = Extract<HistoryRequest, { kind: 'search' }>;

/** Milliseconds between two messages of what was found. */
const interval = 50;

/** @param all resolves with the chats to be searched, as they are in their files */
export function createSearching(folder: ChatFolder, all: () => Promise<readonly ChatSummary[]>): Searching {
  const running = new WeakMap<Reply, AbortController>();

  return async ({ search, query }, reply) => {
    running.get(reply)?.abort();
    if (query === '') return;
    const controller = new AbortController();
    const { signal } = controller;
    running.set(reply, controller);
    let hits: HitView[] = [];
    let told = 0;
    const tell = (done: boolean): void => {
      if (signal.aborted) return;
      reply({ type: 'history', news: { kind: 'found', search, hits, done } });
      hits = [];
      told = Date.now();
    };
    const ids = (await all()).toSorted((a, b) => b.date - a.date).map(({ id }) => id);
    await searchChats(folder, ids, query, signal, (hit) => {
      hits.push(hit);
      if (Date.now() - told > interval) tell(false);
    });
    tell(true);
  };
}
