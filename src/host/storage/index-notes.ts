import type { Conversation } from '../../core/chat/conversation';
import { sameSummary, summaryOf, type ChatSummary } from '../../core/chat/summary';
import type { ChatFolder } from './chat-files';

/** Keeps the index of a folder's chats in step with the chats that change in this window. */
export interface IndexNotes {
  /** A chat may have changed in what the list shows of it. */
  note(conversation: Conversation): void;
  /** Resolves when all is noted. */
  flush(): Promise<void>;
}

export function createIndexNotes({ uri, fs, log }: ChatFolder): IndexNotes {
  const noted = new Map<string, ChatSummary>();
  let unwritten = new Map<string, ChatSummary>();
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    if (unwritten.size === 0) return;
    const chats = [...unwritten.values()];
    unwritten = new Map();
    try {
      const { noteInIndex } = await import('../features');
      await noteInIndex(uri, chats, fs);
    } catch (error) {
      log.warn(`The list of chats was not brought up to date: ${String(error)}`);
    }
  }

  return {
    note(conversation) {
      const summary = summaryOf(conversation);
      const known = noted.get(summary.id);
      if (summary.questions === 0 || (known && sameSummary(known, summary))) return;
      noted.set(summary.id, summary);
      unwritten.set(summary.id, summary);
      writing = writing.then(write);
    },
    flush: () => writing,
  };
}
