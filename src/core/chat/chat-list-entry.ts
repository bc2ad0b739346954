import { truncateLine } from '../text/truncate';
import type { Conversation } from './conversation';
import { currentAnswer, type Turn } from './turn';

/** Longest title of a chat, in characters. */
export const MAX_TITLE_LENGTH = 200;

/** The properties of a chat that the list of chats shows. */
export interface ChatListEntry {
  readonly id: string;
  /** Empty if the chat has no title and its first question has no text. */
  readonly title: string;
  readonly pinned: boolean;
  /** When a question was last sent, in ms since 1970; 0 if unknown. */
  readonly date: number;
  /** The number of visible questions. */
  readonly questions: number;
}

export function listEntryOf(conversation: Conversation): ChatListEntry {
  const { id, pinned = false, turns } = conversation;
  return {
    id,
    title: truncateLine(chatTitle(conversation), MAX_TITLE_LENGTH),
    pinned,
    date: turns.reduce((latest, turn) => Math.max(latest, lastAskedAt(turn)), 0),
    questions: turns.length,
  };
}

export function sameListEntry(a: ChatListEntry, b: ChatListEntry): boolean {
  return (
    a.id === b.id &&
    a.title === b.title &&
    a.pinned === b.pinned &&
    a.date === b.date &&
    a.questions === b.questions
  );
}

/** A question may be sent again long after it was first sent. */
function lastAskedAt(turn: Turn): number {
  return Math.max(turn.askedAt, currentAnswer(turn).runs.at(-1)?.askedAt ?? 0);
}

/** Longest title that is taken from a question, in characters. */
export const MAX_DEFAULT_TITLE_LENGTH = 80;

/** The title of a chat, or else the beginning of its first question; empty if there is none. */
export function chatTitle({ title, turns: [first] }: Conversation): string {
  return title ?? truncateLine(first?.question.text ?? '', MAX_DEFAULT_TITLE_LENGTH);
}
