import fc from 'fast-check';
import type { ChatError, ChatEvent, Usage } from '../../src/core/api';
import type { RequestTerms } from '../../src/core/chat/answer';
import {
  emptyConversation,
  reduce,
  type Conversation,
  type ConversationEvent,
} from '../../src/core/chat/conversation';

const count = fc.nat(1_000_000);
const dollars = fc.double({ min: 0, max: 1000, noNaN: true });
const string = fc.string({ unit: 'binary', maxLength: 8 });
const index = fc.nat(2);
const refusal = { status: count, message: string };

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
      requestId: string,
    },
    { requiredKeys: ['kind', 'status', 'message'] },
  ),
  fc.record({ kind: fc.constant('model-not-found' as const), model: string, ...refusal }),
  fc.record({
    kind: fc.constant('network' as const),
    reason: fc.constantFrom('dns', 'refused', 'reset', 'tls', 'unreachable', 'cors'),
    detail: string,
  }),
  fc.record({
    kind: fc.constant('timeout' as const),
    phase: fc.constantFrom('connect', 'first-byte', 'idle'),
    seconds: count,
  }),
  fc.record(
    { kind: fc.constant('redirected' as const), to: string, isLoop: fc.constant(true as const) },
    { requiredKeys: ['kind', 'to'] },
  ),
  fc.record(
    {
      kind: fc.constant('wrong-scheme' as const),
      needs: fc.constantFrom('http' as const, 'https' as const),
      alternative: string,
    },
    { requiredKeys: ['kind', 'needs'] },
  ),
  fc.record({ kind: fc.constantFrom('truncated' as const, 'interrupted' as const) }),
  fc.record({ kind: fc.constant('broken-off' as const), message: string }),
  fc.record({ kind: fc.constantFrom('unreadable' as const, 'not-an-answer' as const), detail: string }),
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
    others: fc.array(fc.record({ name: string, tokens: count }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const terms: fc.Arbitrary<RequestTerms> = fc.record(
  {
    origin: string,
    model: string,
    limit: count,
    n: fc.integer({ min: 1, max: 8 }),
    promptTokens: count,
    price: fc.record(
      { input: dollars, output: dollars, cachedInput: dollars, cacheWrite: dollars },
      { requiredKeys: ['input', 'output'] },
    ),
    maxOutput: count,
    omitted: fc.record({ turns: count, context: fc.boolean() }),
  },
  { requiredKeys: ['origin', 'model', 'limit', 'n', 'promptTokens'] },
);

const chatEvent: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ type: fc.constant('sent' as const), requestIndex: index, seed: fc.option(count) }),
  fc.record({
    type: fc.constant('accepted' as const),
    requestIndex: index,
    status: count,
    requestIds: fc.array(string, { maxLength: 2 }),
  }),
  {
    arbitrary: fc.record({
      type: fc.constantFrom('text' as const, 'reasoning' as const, 'refusal' as const),
      index,
      text: string,
    }),
    weight: 4,
  },
  fc.record({
    type: fc.constant('annotated' as const),
    index,
    annotations: fc.array(fc.jsonValue(), { maxLength: 2 }),
  }),
  fc.record({
    type: fc.constant('reasoningItems' as const),
    index,
    source: string,
    items: fc.array(
      fc.record({
        type: fc.constant('reasoning' as const),
        id: string,
        encrypted_content: string,
        summary: fc.array(fc.jsonValue(), { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  }),
  fc.record({
    type: fc.constant('limitLowered' as const),
    requestIndex: index,
    limit: fc.integer({ min: 1, max: 100 }),
    known: fc.constantFrom({ maxOutput: 100 }, { context: 4096 }),
    because: string,
  }),
  fc.record(
    {
      type: fc.constant('limitIgnored' as const),
      requestIndex: index,
      parameter: fc.constantFrom('max_completion_tokens' as const, 'max_tokens' as const),
      next: fc.constant('max_tokens' as const),
    },
    { requiredKeys: ['type', 'requestIndex', 'parameter'] },
  ),
  fc.record({
    type: fc.constant('finished' as const),
    index,
    reason: fc.constantFrom('stop', 'length', 'content_filter', 'odd'),
  }),
  fc.record({
    type: fc.constant('identified' as const),
    requestIndex: index,
    identity: fc.record({ id: string, model: string, fingerprint: string }, { requiredKeys: [] }),
  }),
  fc.record({ type: fc.constant('usage' as const), requestIndex: index, usage }),
  fc.record({ type: fc.constant('billed' as const), requestIndex: index, usd: dollars }),
  fc.record({
    type: fc.constant('retrying' as const),
    requestIndex: fc.constant(0),
    attempt: count,
    maxAttempts: count,
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
    label: string,
    language: string,
    content: string,
    source: fc.record(
      { uri: string, lines: fc.tuple(count, count), column: count },
      { requiredKeys: ['uri'] },
    ),
  },
  { requiredKeys: ['kind', 'label', 'language', 'content'] },
);
const question = fc.record(
  {
    text: string,
    attachments: fc.array(attachment, { maxLength: 2 }),
  },
  { requiredKeys: ['text'] },
);

const event: fc.Arbitrary<ConversationEvent> = fc.oneof(
  fc.record(
    { type: fc.constant('asked' as const), turnId: string, question, at, terms },
    { requiredKeys: ['type', 'turnId', 'question', 'at'] },
  ),
  fc.record({ type: fc.constant('retried' as const), at, terms }, { requiredKeys: ['type', 'at'] }),
  fc.record({ type: fc.constant('continued' as const), at, terms }),
  fc.record({ type: fc.constant('restored' as const), at }),
  fc.record({ type: fc.constant('chosen' as const), turnId: string, choice: index }),
  fc.record({ type: fc.constant('replacementFound' as const), model: string }),
  fc.record(
    { type: fc.constant('edited' as const), turnId: string, newTurnId: string, question, at, terms },
    { requiredKeys: ['type', 'turnId', 'newTurnId', 'question', 'at'] },
  ),
  fc.record({
    type: fc.constant('versionSelected' as const),
    turnId: string,
    step: fc.constantFrom(1 as const, -1 as const),
  }),
  fc.record({ type: fc.constant('renamed' as const), title: string }),
  fc.record({ type: fc.constant('pinned' as const), pinned: fc.boolean() }),
  fc.record({
    type: fc.constant('summaryRequested' as const),
    summaryId: string,
    covers: fc.array(string, { minLength: 1, maxLength: 3 }),
    at,
    terms,
  }),
  fc.record({
    type: fc.constant('summaryChanged' as const),
    summaryId: string,
    change: fc.oneof(
      fc.record({ kind: fc.constant('edited' as const), text: string }),
      fc.record({ kind: fc.constantFrom('used' as const, 'undone' as const, 'dismissed' as const) }),
    ),
    at,
  }),
  { arbitrary: fc.record({ type: fc.constant('answer' as const), event: chatEvent, at }), weight: 12 },
);

/** Converts a value to what JSON can express: no negative zeros, no objects without a prototype. */
function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** A chat after a random sequence of events. */
export const arbitraryChat: fc.Arbitrary<Conversation> = fc
  .tuple(string, fc.array(event, { maxLength: 60, size: 'max' }))
  .map(([id, events]) => throughJson(events).reduce(reduce, emptyConversation(id)));
