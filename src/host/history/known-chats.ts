import { summaryOf, type ChatSummary } from '../../core/chat/summary';
import type { ChatView, HistoryNews } from '../../protocol/history';
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

export function createKnownChats(chats: OpenChats, tellAll: Tell): KnownChats {
  const { folder, sessions, store } = chats;
  let known = new Map<string, ChatSummary>();
  let listing = Promise.resolve();
  /** What has changed since it was begun, for each list that is being made. */
  const underWay = new Set<Map<string, Change>>();

  function viewOf({ id, title, pinned, date }: ChatSummary): ChatView {
    const running = sessions.find(id)?.running ?? false;
    return { id, title, pinned, date, running, shown: sessions.shown.conversation.id === id };
  }

  function note(id: string, change: Change): void {
    lay(id, change, known);
    for (const changed of underWay) changed.set(id, change);
  }

  async function list(tell: Tell): Promise<void> {
    const changed = new Map<string, Change>();
    underWay.add(changed);
    try {
      await store.flush();
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
      note(chat.id, chat);
      tellAll({ kind: 'put', chat: viewOf(chat) });
    },
    remove(id) {
      note(id, undefined);
      tellAll({ kind: 'gone', chat: id });
    },
  };
}

/** Undefined for what is gone. */
type Change = ChatSummary | undefined;

function lay(id: string, change: Change, over: Map<string, ChatSummary>): void {
  if (change) over.set(id, change);
  else over.delete(id);
}

/** Those with a question in them, by their ids. */
function asTheyAreNow(
  listed: readonly ChatSummary[],
  changed: ReadonlyMap<string, Change>,
  { sessions }: OpenChats,
): Map<string, ChatSummary> {
  const chats = new Map(listed.map((chat) => [chat.id, chat]));
  for (const [id, change] of changed) lay(id, change, chats);
  const now = [...chats.values()].map((chat) => {
    const open = sessions.find(chat.id);
    return open ? summaryOf(open.conversation) : chat;
  });
  return new Map(now.filter(isAsked).map((chat) => [chat.id, chat]));
}

/** A chat without a question is none yet. */
function isAsked({ questions }: ChatSummary): boolean {
  return questions > 0;
}
