import type { ChatSummary } from '../../core/chat/summary';
import type { HistoryNews, HitView } from '../../protocol/history';
import type { ChatFolder } from '../storage/chat-files';
import { searchChats } from '../storage/chat-listing';

/** Searches the texts of chats, the latest first. A search ends the one before, which says nothing any more. */
export type Searching = (
  request: { readonly search: number; readonly query: string },
  chats: readonly ChatSummary[],
  reply: (news: HistoryNews) => void,
) => Promise<void>;

/** Milliseconds between two messages of what was found. */
const interval = 50;

export function createSearching(folder: ChatFolder): Searching {
  let current = new AbortController();

  return async ({ search, query }, chats, reply) => {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    if (query === '') return;
    const ids = chats.toSorted((a, b) => b.date - a.date).map(({ id }) => id);
    let hits: HitView[] = [];
    let told = 0;
    const tell = (done: boolean): void => {
      if (signal.aborted) return;
      reply({ kind: 'found', search, hits, done });
      hits = [];
      told = Date.now();
    };
    await searchChats(folder, ids, query, signal, (hit) => {
      hits.push(hit);
      if (Date.now() - told > interval) tell(false);
    });
    tell(true);
  };
}
