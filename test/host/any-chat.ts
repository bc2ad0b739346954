import fc from 'fast-check';
import type { ChatError, ChatEvent, Usage } from '../../src/core/api';
import type { Terms } from '../../src/core/chat/answer';
import {
  emptyConversation,
  reduce,
  type Conversation,
  type ConversationEvent,
} from '../../src/core/chat/conversation';

const count = fc.nat(1_000_000);
const dollars = fc.double({ min: 0, max: 1000, noNaN: true });
const words = fc.string({ unit: 'binary', maxLength: 8 });
const index = fc.nat(2);
const refusal = { status: count, message: words };

const error: fc.Arbitrary<ChatError> = fc.oneof(
  fc.record(
    {
      kind: fc.constantFrom(
        'bad-request' as const,
        'unauthorized' as const,
        'no-credit' as const,
        'wrong-address' as const,
        'rate-limited' as const,
        'server' as const,
      ),
      ...refusal,
      requestId: words,
    },
    { requiredKeys: ['kind', 'status', 'message'] },
  ),
  fc.record({ kind: fc.constant('model-not-found' as const), model: words, ...refusal }),
  fc.record({
    kind: fc.constant('network' as const),
    reason: fc.constantFrom('dns', 'refused', 'reset', 'tls', 'unreachable'),
    detail: words,
  }),
  fc.record({
    kind: fc.constant('timeout' as const),
    phase: fc.constantFrom('connect', 'first-byte', 'idle'),
    seconds: count,
  }),
  fc.record({ kind: fc.constant('redirected' as const), to: words }),
  fc.record({ kind: fc.constantFrom('truncated' as const, 'interrupted' as const) }),
  fc.record({ kind: fc.constant('broken-off' as const), message: words }),
  fc.record({ kind: fc.constantFrom('unreadable' as const, 'not-an-answer' as const), detail: words }),
  fc.record({
    kind: fc.constant('bad-address' as const),
    problem: fc.constantFrom('no-url', 'no-http', 'credentials', 'insecure'),
  }),
);

const usage: fc.Arbitrary<Usage> = fc.record(
  {
    promptTokens: count,
    completionTokens: count,
    totalTokens: count,
    cachedTokens: count,
    reasoningTokens: count,
    others: fc.array(fc.record({ name: words, tokens: count }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const terms: fc.Arbitrary<Terms> = fc.record(
  {
    origin: words,
    model: words,
    limit: count,
    n: fc.integer({ min: 1, max: 8 }),
    promptTokens: count,
    price: fc.record({ input: dollars, output: dollars }),
    maxOutput: count,
    omitted: fc.record({ turns: count, context: fc.boolean() }),
  },
  { requiredKeys: ['origin', 'model', 'limit', 'n', 'promptTokens'] },
);

const chatEvent: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ type: fc.constant('sent' as const), call: index, seed: fc.option(count) }),
  fc.record({
    type: fc.constant('accepted' as const),
    call: index,
    status: count,
    requestIds: fc.array(words, { maxLength: 2 }),
  }),
  {
    arbitrary: fc.record({
      type: fc.constantFrom('text' as const, 'reasoning' as const, 'refusal' as const),
      index,
      text: words,
    }),
    weight: 4,
  },
  fc.record({
    type: fc.constant('annotated' as const),
    index,
    annotations: fc.array(fc.jsonValue(), { maxLength: 2 }),
  }),
  fc.record({
    type: fc.constant('finished' as const),
    index,
    reason: fc.constantFrom('stop', 'length', 'content_filter', 'odd'),
  }),
  fc.record({
    type: fc.constant('identified' as const),
    call: index,
    identity: fc.record({ id: words, model: words, fingerprint: words }, { requiredKeys: [] }),
  }),
  fc.record({ type: fc.constant('usage' as const), call: index, usage }),
  fc.record({ type: fc.constant('billed' as const), call: index, usd: dollars }),
  fc.record({
    type: fc.constant('retrying' as const),
    call: fc.constant(0),
    attempt: count,
    of: count,
    delayMs: dollars,
    error,
  }),
  fc.record({
    type: fc.constant('ended' as const),
    outcome: fc.oneof(
      fc.record({ kind: fc.constantFrom('complete' as const, 'stopped' as const) }),
      fc.record({ kind: fc.constant('failed' as const), error }),
    ),
  }),
);

const at = fc.nat();
const attachment = fc.record(
  {
    kind: fc.constantFrom('selection' as const, 'file' as const, 'changes' as const, 'paste' as const),
    label: words,
    language: words,
    content: words,
    source: fc.record({ uri: words, lines: fc.tuple(count, count) }, { requiredKeys: ['uri'] }),
  },
  { requiredKeys: ['kind', 'label', 'language', 'content'] },
);
const question = fc.record(
  {
    text: words,
    attachments: fc.array(attachment, { maxLength: 2 }),
  },
  { requiredKeys: ['text'] },
);

const event: fc.Arbitrary<ConversationEvent> = fc.oneof(
  fc.record(
    { type: fc.constant('asked' as const), turnId: words, question, at, terms },
    { requiredKeys: ['type', 'turnId', 'question', 'at'] },
  ),
  fc.record({ type: fc.constant('retried' as const), at, terms }, { requiredKeys: ['type', 'at'] }),
  fc.record({ type: fc.constant('continued' as const), at, terms }),
  fc.record({ type: fc.constant('restored' as const), at }),
  fc.record({ type: fc.constant('chosen' as const), turnId: words, choice: index }),
  fc.record({ type: fc.constant('replacementFound' as const), model: words }),
  fc.record(
    { type: fc.constant('edited' as const), turnId: words, newTurnId: words, question, at, terms },
    { requiredKeys: ['type', 'turnId', 'newTurnId', 'question', 'at'] },
  ),
  fc.record({
    type: fc.constant('versionSelected' as const),
    turnId: words,
    step: fc.constantFrom(1 as const, -1 as const),
  }),
  fc.record({ type: fc.constant('renamed' as const), title: words }),
  fc.record({ type: fc.constant('pinned' as const), pinned: fc.boolean() }),
  { arbitrary: fc.record({ type: fc.constant('answer' as const), event: chatEvent, at }), weight: 12 },
);

/** As JSON has it: without minus zeros and objects without a prototype. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** A chat that whatever events have made. */
export const anyChat: fc.Arbitrary<Conversation> = fc
  .tuple(words, fc.array(event, { maxLength: 60, size: 'max' }))
  .map(([id, events]) => plain(events).reduce(reduce, emptyConversation(id)));
