import type { ChatError, ChatEvent, Usage } from '../../src/core/api';
import type { Answer, Terms } from '../../src/core/chat/answer';
import {
  currentAnswer,
  emptyConversation,
  reduce,
  type Conversation,
  type ConversationEvent,
  type Turn,
} from '../../src/core/chat/conversation';
import type { Draft } from '../../src/host/storage/drafts/draft-store';

/** 100 tokens of prompt for $1 and 1,000 of answer for $4 a million: $0.0041 at most. */
export const someTerms: Terms = {
  origin: 'https://api.example',
  model: 'o1-mini',
  limit: 1000,
  n: 1,
  promptTokens: 100,
  price: { input: 1, output: 4 },
  maxOutput: 65_536,
};

export function sent(seed: number | null = null, call = 0): ChatEvent {
  return { type: 'sent', call, seed };
}

export function accepted(requestIds: readonly string[] = [], call = 0): ChatEvent {
  return { type: 'accepted', call, status: 201, requestIds };
}

export function text(words: string, index = 0): ChatEvent {
  return { type: 'text', index, text: words };
}

export function finished(reason: string, index = 0): ChatEvent {
  return { type: 'finished', index, reason };
}

export function used(usage: Usage, call = 0): ChatEvent {
  return { type: 'usage', call, usage };
}

export function billed(usd: number, call = 0): ChatEvent {
  return { type: 'billed', call, usd };
}

export const complete: ChatEvent = { type: 'ended', outcome: { kind: 'complete' } };
export const stopped: ChatEvent = { type: 'ended', outcome: { kind: 'stopped' } };

export function failed(error: ChatError): ChatEvent {
  return { type: 'ended', outcome: { kind: 'failed', error } };
}

/** A chat after all this, a second after the other. */
export function chatAfter(
  events: readonly (ChatEvent | Timeless)[],
  begun = emptyConversation('c'),
): Conversation {
  return events.reduce<Conversation>((conversation, event, index) => {
    const at = index * 1000;
    return reduce(conversation, isTimeless(event) ? { ...event, at } : { type: 'answer', event, at });
  }, begun);
}

/** Events of the conversation itself, to which the time is added. */
type Timeless = WithoutTime<Extract<ConversationEvent, { type: 'asked' | 'retried' | 'continued' }>>;
type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;

function isTimeless(event: ChatEvent | Timeless): event is Timeless {
  return event.type === 'asked' || event.type === 'retried' || event.type === 'continued';
}

export function asked(words = 'Why?', terms: Terms = someTerms): Timeless {
  return { type: 'asked', turnId: words, question: { text: words }, terms };
}

/** The answer to a question asked at 0 s, after these events, the first of them at 1 s. */
export function answerAfter(events: readonly (ChatEvent | Timeless)[], terms: Terms = someTerms): Answer {
  return currentAnswer(turnOf(chatAfter([asked('Why?', terms), ...events])));
}

/** A turn that was answered with these words. */
export function turn(question: string, answer: string): Turn {
  return turnOf(chatAfter([asked(question), sent(), text(answer), finished('stop'), complete]));
}

function turnOf({ turns }: Conversation): Turn {
  const [only] = turns;
  if (!only) throw new Error('Nothing was asked.');
  return only;
}

/** What is being written, which no file keeps. */
export function unkeptDraft(text = ''): Draft {
  let kept: Draft['state'] = { text, withSelection: false, references: [], asked: [], edits: [] };
  return {
    get state() {
      return kept;
    },
    update: (change) => void (kept = { ...kept, ...change }),
    flush: () => Promise.resolve(),
  };
}
