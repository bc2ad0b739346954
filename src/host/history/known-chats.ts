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

  function viewOf({ id, title, pinned, date }: ChatSummary): ChatView {
    const running = chats.find(id)?.running ?? false;
    return { id, title, pinned, date, running, shown: chats.shown.conversation.id === id };
  }

  async function list(tell: Tell): Promise<void> {
    await chats.flush();
    await listChats(folder, ({ chats: listed, reading, unreadable }) => {
      // Of what is open, as it is now.
      const current = listed.map((chat) => {
        const open = chats.find(chat.id);
        return open ? summaryOf(open.conversation) : chat;
      });
      known = new Map(current.filter(isAsked).map((chat) => [chat.id, chat]));
      tell({ kind: 'list', chats: [...known.values()].map(viewOf), reading, unreadable });
    });
  }

  return {
    list: (tell) => (listing = list(tell)),
    async all() {
      await listing;
      return [...known.values()];
    },
    put(chat) {
      if (!isAsked(chat)) return;
      known.set(chat.id, chat);
      tellAll({ kind: 'put', chat: viewOf(chat) });
    },
    remove(id) {
      known.delete(id);
      tellAll({ kind: 'gone', chat: id });
    },
  };
}

/** A chat without a question is none yet. */
function isAsked({ questions }: ChatSummary): boolean {
  return questions > 0;
}
