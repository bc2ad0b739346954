import { summaryOf, type ChatSummary } from '../../core/chat/summary';
import type { ChatView, HistoryNews } from '../../protocol/history';
import type { ChatFolder } from '../storage/chat-files';
import { listChats } from '../storage/chat-listing';
import type { OpenChats } from './open-chats';

/** The chats that there are, as the pages were told of them; what changes, all pages are told. */
export interface KnownChats {
  /** Tells of all: at once of those that are noted, then also of those that had to be read. */
  list(tell: Tell): Promise<void>;
  /** Resolves when all have been read. */
  all(): Promise<readonly ChatSummary[]>;
  /** One has changed, or is there again. */
  put(chat: ChatSummary): void;
  remove(id: string): void;
}

type Tell = (news: HistoryNews) => void;

export function createKnownChats(folder: ChatFolder, chats: OpenChats, tellAll: Tell): KnownChats {
  let known = new Map<string, ChatSummary>();
  let listing = Promise.resolve();
  /** What has changed since it was begun, for each list that is being made; undefined for what is gone. */
  const underWay = new Set<Map<string, ChatSummary | undefined>>();

  function viewOf({ id, title, pinned, date }: ChatSummary): ChatView {
    const running = chats.find(id)?.running ?? false;
    return { id, title, pinned, date, running, shown: chats.shown.conversation.id === id };
  }

  async function list(tell: Tell): Promise<void> {
    const changed = new Map<string, ChatSummary | undefined>();
    underWay.add(changed);
    try {
      await chats.flush();
      await listChats(folder, ({ chats: listed, reading, unreadable }) => {
        known = asTheyAreNow(listed, changed, chats);
        tell({ kind: 'list', chats: [...known.values()].map(viewOf), reading, unreadable });
      });
    } finally {
      underWay.delete(changed);
    }
  }

  return {
    list: (tell) => (listing = list(tell)),
    async all() {
      // Why it could not be made, who has asked for it was told.
      await listing.catch(() => undefined);
      return [...known.values()];
    },
    put(chat) {
      if (!isAsked(chat)) return;
      known.set(chat.id, chat);
      for (const changed of underWay) changed.set(chat.id, chat);
      tellAll({ kind: 'put', chat: viewOf(chat) });
    },
    remove(id) {
      known.delete(id);
      for (const changed of underWay) changed.set(id, undefined);
      tellAll({ kind: 'gone', chat: id });
    },
  };
}

/** Those with a question in them, by their ids. */
function asTheyAreNow(
  listed: readonly ChatSummary[],
  changed: ReadonlyMap<string, ChatSummary | undefined>,
  chats: OpenChats,
): Map<string, ChatSummary> {
  const now = new Map<string, ChatSummary>();
  for (const chat of [...listed, ...changed.values()]) {
    if (!chat || (changed.has(chat.id) && !changed.get(chat.id))) continue;
    const open = chats.find(chat.id);
    const current = open ? summaryOf(open.conversation) : (changed.get(chat.id) ?? chat);
    if (isAsked(current)) now.set(chat.id, current);
  }
  return now;
}

/** A chat without a question is none yet. */
function isAsked({ questions }: ChatSummary): boolean {
  return questions > 0;
}
