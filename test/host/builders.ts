import type { ChatError, ChatEvent, Usage } from '../../src/core/api';
import type { Answer, RequestTerms } from '../../src/core/chat/answer';
import {
  currentAnswer,
  emptyConversation,
  reduce,
  type Conversation,
  type ConversationEvent,
  type Turn,
} from '../../src/core/chat/conversation';
import type { Draft } from '../../src/host/storage/drafts/draft';

/** 100 prompt tokens at $1 per million and up to 1,000 completion tokens at $4 per million: at most $0.0041. */
export const defaultTerms: RequestTerms = {
  origin: 'https://api.example',
  model: 'o1-mini',
  limit: 1000,
  n: 1,
  promptTokens: 100,
  price: { input: 1, output: 4 },
  maxOutput: 65_536,
};

export function sent(seed: number | null = null, requestIndex = 0): ChatEvent {
  return { type: 'sent', requestIndex, seed };
}

export function accepted(requestIds: readonly string[] = [], requestIndex = 0): ChatEvent {
  return { type: 'accepted', requestIndex, status: 201, requestIds };
}

export function text(delta: string, index = 0): ChatEvent {
  return { type: 'text', index, text: delta };
}

export function finished(reason: string, index = 0): ChatEvent {
  return { type: 'finished', index, reason };
}

export function used(usage: Usage, requestIndex = 0): ChatEvent {
  return { type: 'usage', requestIndex, usage };
}

export function billed(usd: number, requestIndex = 0): ChatEvent {
  return { type: 'billed', requestIndex, usd };
}

export const complete: ChatEvent = { type: 'ended', outcome: { kind: 'complete' } };
export const stopped: ChatEvent = { type: 'ended', outcome: { kind: 'stopped' } };

export function failed(error: ChatError): ChatEvent {
  return { type: 'ended', outcome: { kind: 'failed', error } };
}

/** A chat after these events, one per second. */
export function chatAfter(
  events: readonly (ChatEvent | UntimedEvent)[],
  initial = emptyConversation('c'),
): Conversation {
  return events.reduce<Conversation>((conversation, event, index) => {
    const at = index * 1000;
    return reduce(conversation, isUntimed(event) ? { ...event, at } : { type: 'answer', event, at });
  }, initial);
}

/** Events of the conversation itself, to which `chatAfter` adds the time. */
type UntimedEvent = WithoutTime<Extract<ConversationEvent, { type: 'asked' | 'retried' | 'continued' }>>;
type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;

function isUntimed(event: ChatEvent | UntimedEvent): event is UntimedEvent {
  return event.type === 'asked' || event.type === 'retried' || event.type === 'continued';
}

export function asked(question = 'Why?', terms: RequestTerms = defaultTerms): UntimedEvent {
  return { type: 'asked', turnId: question, question: { text: question }, terms };
}

/** The answer to a question asked at 0 s, after these events, the first of them at 1 s. */
export function answerAfter(
  events: readonly (ChatEvent | UntimedEvent)[],
  terms: RequestTerms = defaultTerms,
): Answer {
  return currentAnswer(turnOf(chatAfter([asked('Why?', terms), ...events])));
}

/** A turn with a complete answer. */
export function turn(question: string, answer: string): Turn {
  return turnOf(chatAfter([asked(question), sent(), text(answer), finished('stop'), complete]));
}

function turnOf({ turns }: Conversation): Turn {
  const [first] = turns;
  if (!first) throw new Error('The chat has no turn.');
  return first;
}

/** A draft that is stored in no file. */
export function inMemoryDraft(text = ''): Draft {
  let state: Draft['state'] = {
    text,
    withSelection: false,
    references: [],
    asked: [],
    edits: [],
    queued: [],
  };
  return {
    get state() {
      return state;
    },
    update: (change) => void (state = { ...state, ...change }),
    flush: () => Promise.resolve(),
  };
}
