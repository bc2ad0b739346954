import { truncateLine } from '../text/truncate';
import type { Conversation } from './conversation';
import { currentAnswer, type Turn } from './turn';

/** Characters of what the user may call a chat. */
export const MAX_TITLE_LENGTH = 200;

/** The properties of a chat that the list of chats shows. */
export interface ChatSummary {
  readonly id: string;
  /** Empty where nobody gave it one and its first question has no words. */
  readonly title: string;
  readonly pinned: boolean;
  /** When something was last asked in it; 0 where that is not known. */
  readonly date: number;
  /** How many questions of it are shown. */
  readonly questions: number;
}

export function summaryOf(conversation: Conversation): ChatSummary {
  const { id, pinned = false, turns } = conversation;
  return {
    id,
    title: truncateLine(chatTitle(conversation), MAX_TITLE_LENGTH),
    pinned,
    date: turns.reduce((latest, turn) => Math.max(latest, lastAskedAt(turn)), 0),
    questions: turns.length,
  };
}

export function sameSummary(a: ChatSummary, b: ChatSummary): boolean {
  return (
    a.id === b.id &&
    a.title === b.title &&
    a.pinned === b.pinned &&
    a.date === b.date &&
    a.questions === b.questions
  );
}

/** A question may be sent again long after it was asked. */
function lastAskedAt(turn: Turn): number {
  return Math.max(turn.askedAt, currentAnswer(turn).runs.at(-1)?.askedAt ?? 0);
}

/** Characters of a title. */
export const MAX_DEFAULT_TITLE_LENGTH = 80;

/** The title that the user gave a chat, or the beginning of its first question; empty if there is none. */
export function chatTitle({ title, turns: [first] }: Conversation): string {
  return title ?? truncateLine(first?.question.text ?? '', MAX_DEFAULT_TITLE_LENGTH);
}
