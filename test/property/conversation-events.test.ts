import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChatEvent, Outcome } from '../../src/core/api';
import type { Answer } from '../../src/core/chat/answer';
import {
  currentAnswer,
  emptyConversation,
  lastTurn,
  reduce,
  type Conversation,
  type ConversationEvent,
} from '../../src/core/chat/conversation';

const terms = { origin: 'http://a', model: 'm', limit: 100, n: 3, promptTokens: 1 };

const anyPiece = fc.constantFrom('a', ' b', '\nc', '🗼', '  ');

const anyOutcome: fc.Arbitrary<Outcome> = fc.constantFrom(
  { kind: 'complete' } as const,
  { kind: 'stopped' } as const,
  { kind: 'failed', error: { kind: 'truncated' } } as const,
  { kind: 'failed', error: { kind: 'network', reason: 'reset', detail: 'ECONNRESET' } } as const,
);
const index = fc.nat({ max: 2 });
const requestIndex = fc.nat({ max: 4 });
const anyChatEvent: fc.Arbitrary<ChatEvent> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('text' as const), index, text: anyPiece }) },
  fc.record({ type: fc.constant('reasoning' as const), index, text: anyPiece }),
  fc.record({ type: fc.constant('refusal' as const), index, text: anyPiece }),
  fc.record({ type: fc.constant('sent' as const), requestIndex, seed: fc.constantFrom(null, 7) }),
  fc.record({
    type: fc.constant('accepted' as const),
    requestIndex,
    status: fc.constant(201),
    requestIds: fc.constant(['r']),
  }),
  fc.record({ type: fc.constant('usage' as const), requestIndex, usage: fc.constant({ promptTokens: 1 }) }),
  fc.record({ type: fc.constant('billed' as const), requestIndex, usd: fc.constant(0.1) }),
  fc.record({ type: fc.constant('identified' as const), requestIndex, identity: fc.constant({ id: 'c' }) }),
  fc.record({ type: fc.constant('annotated' as const), index, annotations: fc.constant([{}]) }),
  fc.record({
    type: fc.constant('finished' as const),
    index,
    reason: fc.constantFrom('stop', 'length', 'content_filter'),
  }),
  fc.record({
    type: fc.constant('retrying' as const),
    requestIndex: fc.constant(0),
    attempt: fc.constant(1),
    maxAttempts: fc.constant(2),
    delayMs: fc.constant(500),
    error: fc.constant({ kind: 'truncated' } as const),
  }),
  fc.constant({ type: 'corrected', correction: 'no-seed', because: 'no' } as const),
  fc.record({ type: fc.constant('ended' as const), outcome: anyOutcome }),
);
const at = fc.integer({ min: -1000, max: 1000 });
const anyConversationEvent: fc.Arbitrary<ConversationEvent> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ type: fc.constant('answer' as const), event: anyChatEvent, at }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('continued' as const), at, terms: fc.constant(terms) }),
  },
  fc.record({ type: fc.constant('restored' as const), at }),
  fc.record({ type: fc.constant('retried' as const), at, terms: fc.constant(terms) }),
  fc.record({
    type: fc.constant('chosen' as const),
    turnId: fc.constantFrom('t', 'other'),
    choice: fc.nat({ max: 4 }),
  }),
  fc.constant({ type: 'replacementFound', model: 'other' } as const),
);

const asked: ConversationEvent = { type: 'asked', turnId: 't', question: { text: 'Why?' }, at: 0, terms };

function answersOf(conversation: Conversation): readonly Answer[] {
  return lastTurn(conversation)?.answers ?? [];
}

/** The received text of each answer, choice and kind of text. */
type ReceivedTexts = Map<string, string>;

describe('For any sequence of events in a conversation,', () => {
  let pieceCount = 0;
  /** Numbers each piece of text, so that no piece looks like a repetition of an earlier one. */
  const numbered = (event: ConversationEvent): ConversationEvent =>
    event.type === 'answer' && 'text' in event.event
      ? { ...event, event: { ...event.event, text: `${event.event.text}<${++pieceCount}>` } }
      : event;

  it('no text becomes shorter and no received character is lost', () => {
    fc.assert(
      fc.property(fc.array(anyConversationEvent, { maxLength: 60 }), (events) => {
        let conversation = reduce(emptyConversation('c'), asked);
        const received: ReceivedTexts = new Map();
        for (const event of events.map(numbered)) {
          const before = conversation;
          conversation = reduce(before, event);
          assertTextsGrow(before, conversation);
          recordText(received, before, conversation, event);
          assertAllReceived(received, conversation);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('an ended answer does not change until it is retried or continued', () => {
    fc.assert(
      fc.property(
        fc.array(anyChatEvent, { maxLength: 20 }),
        anyOutcome,
        fc.array(anyChatEvent, { maxLength: 20 }),
        (firstEvents, outcome, lateEvents) => {
          const apply = (conversation: Conversation, event: ChatEvent): Conversation =>
            reduce(conversation, { type: 'answer', event, at: 1 });
          const ended = apply(firstEvents.reduce(apply, reduce(emptyConversation('c'), asked)), {
            type: 'ended',
            outcome,
          });
          assert.equal(lateEvents.reduce(apply, ended), ended);
        },
      ),
    );
  });
});

/** Each text of the earlier state is the beginning of the same text in the later state. */
function assertTextsGrow(before: Conversation, after: Conversation): void {
  for (const [answerIndex, answer] of answersOf(before).entries()) {
    for (const [choice, { text, refusal, reasoning }] of answer.choices.entries()) {
      const next = answersOf(after)[answerIndex]?.choices[choice];
      assert.ok(next, 'the choice still exists');
      assert.ok(next.text.startsWith(text), 'text');
      assert.ok(
        next.refusal.startsWith(refusal) && next.reasoning.startsWith(reasoning),
        'refusal, reasoning',
      );
    }
  }
}

/** Adds the text of an event to the received texts, unless the answer had already ended. */
function recordText(
  received: ReceivedTexts,
  before: Conversation,
  after: Conversation,
  event: ConversationEvent,
): void {
  if (event.type !== 'answer' || !('text' in event.event) || before === after) return;
  const { type, index: given, text } = event.event;
  const answerIndex = answersOf(before).length - 1;
  const choice = answersOf(before)[answerIndex]?.runs.at(-1)?.continues ?? given;
  const name = `${answerIndex} ${choice} ${type}`;
  received.set(name, (received.get(name) ?? '') + text);
}

function assertAllReceived(received: ReceivedTexts, conversation: Conversation): void {
  for (const [name, text] of received) {
    const [answerIndex, choice, type] = name.split(' ');
    const current = answersOf(conversation)[Number(answerIndex)]?.choices[Number(choice)];
    assert.ok(current, name);
    const currentText =
      type === 'text' ? current.text + (current.seam ?? '') : current[type as 'refusal' | 'reasoning'];
    assert.equal(currentText, text, name);
  }
  const turn = lastTurn(conversation);
  assert.ok(turn && currentAnswer(turn).choices.length <= 5);
}
