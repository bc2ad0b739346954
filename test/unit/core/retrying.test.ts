import assert from 'node:assert/strict';
import { TransportError, type ChatError, type ChatRequest, type Transport } from '../../../src/core/api';
import { createSession } from '../../../src/core/chat/session';
import { nodeTransport } from '../../../src/platform/node/transport';
import { startServer, type ApiServer } from '../../server/server';
import { portsOver, prepared, requestTo, type CollectedAnswer } from '../../support/wire';
import {
  recordRequests,
  errorOf,
  testTimeouts,
  askAndCollect,
  eventsOfType,
  errorBody,
  testClock,
  type RecordingTransport,
  type AskOptions,
  type TestClock,
} from './client-builders';

const body = errorBody('not now');

describe('R3 A request that fails before its answer begins', () => {
  let api: ApiServer;
  let clock: TestClock;
  let transport: RecordingTransport;
  let onRequest = (): void => undefined;

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 }, onRequest: () => onRequest() });
  });
  beforeEach(() => {
    api.clear();
    clock = testClock('pass');
    transport = recordRequests(nodeTransport);
    onRequest = () => undefined;
  });
  afterEach(() => assert.equal(clock.running(), 0, 'timers that were left behind'));
  after(() => api.close());

  const asking = (maxRetries = 2): ChatRequest =>
    requestTo(api.origin, { maxRetries, timeouts: testTimeouts });
  const ask = (maxRetries?: number, listening?: AskOptions): Promise<CollectedAnswer> =>
    askAndCollect(asking(maxRetries), transport, clock, listening);
  const fail = (status: number, times: number, headers: Readonly<Record<string, string>> = {}): void => {
    for (let time = 0; time < times; time++) api.script({ kind: 'status', status, headers, body });
  };

  const passing: readonly (readonly [number, ChatError['kind']])[] = [
    [408, 'server'],
    [409, 'server'],
    [429, 'rate-limited'],
    [500, 'server'],
    [502, 'server'],
    [503, 'server'],
    [504, 'server'],
    [529, 'server'],
  ];
  for (const [status, kind] of passing) {
    it(`is sent again after a ${status}, twice and no more`, async () => {
      fail(status, 10);
      assert.equal(errorOf(await ask()).kind, kind);
      assert.equal(api.requests.length, 3);
    });

    it(`gets its answer where only the first try met a ${status}`, async () => {
      fail(status, 1);
      const heard = await ask();
      assert.deepEqual(heard.outcome, { kind: 'complete' });
      assert.match(heard.texts.join(''), /practice server/);
      assert.equal(api.requests.length, 2);
    });
  }

  for (const status of [400, 401, 402, 403, 404, 405, 410, 413, 422, 451]) {
    it(`is not sent again after a ${status}, which would be the same again`, async () => {
      fail(status, 10);
      errorOf(await ask());
      assert.equal(api.requests.length, 1);
    });
  }

  for (const maxRetries of [0, 1, 2, 5]) {
    it(`is sent again ${maxRetries} times where the user allows as many`, async () => {
      fail(503, 10);
      const retries = eventsOfType(await ask(maxRetries), 'retrying').map(({ attempt, of }) => [attempt, of]);
      assert.deepEqual(
        retries,
        Array.from({ length: maxRetries }, (_, index) => [index + 1, maxRetries]),
      );
      assert.equal(api.requests.length, 1 + maxRetries);
    });
  }

  for (const fields of [{ code: 'insufficient_quota' }, { type: 'insufficient_quota' }]) {
    it(`is not sent again where the credit is used up, as ${JSON.stringify(fields)} says`, async () => {
      api.script({ kind: 'status', status: 429, body: errorBody('Check your plan.', fields) });
      assert.equal(errorOf(await ask()).kind, 'no-credit');
      assert.equal(api.requests.length, 1);
    });
  }

  const wishes: readonly (readonly [number, string, number])[] = [
    [400, 'true', 3],
    [401, 'true', 3],
    [429, 'false', 1],
    [503, 'false', 1],
    [503, 'perhaps', 3],
    [400, '', 1],
  ];
  for (const [status, word, requests] of wishes) {
    it(`with x-should-retry: "${word}" on a ${status} is sent ${requests} times in all`, async () => {
      fail(status, 10, { 'x-should-retry': word });
      errorOf(await ask());
      assert.equal(api.requests.length, requests);
    });
  }

  it('is not sent again, though the service asks for it, where the user allows no retry', async () => {
    fail(503, 10, { 'x-should-retry': 'true' });
    errorOf(await ask(0));
    assert.equal(api.requests.length, 1);
  });

  const reasons = { dns: 3, refused: 3, reset: 3, unreachable: 3, tls: 1 } as const;
  for (const [reason, requests] of Object.entries(reasons) as [keyof typeof reasons, number][]) {
    it(`is sent ${requests} times in all where the connection fails: ${reason}`, async () => {
      const broken: Transport = () => {
        const error = new TransportError({ kind: 'network', reason, detail: 'E' });
        return { sent: Promise.resolve(), response: Promise.reject(error) };
      };
      transport = recordRequests(broken);
      assert.deepEqual(errorOf(await ask()), { kind: 'network', reason, detail: 'E' });
      assert.equal(transport.sent.length, requests);
    });
  }

  it('is sent again where the connection broke without a word of HTTP', async () => {
    const request = {
      ...requestTo(`${api.origin}/fault/reset-before-headers`),
      maxRetries: 2,
      timeouts: testTimeouts,
    };
    const heard = await askAndCollect(request, transport, clock);
    assert.equal(errorOf(heard).kind, 'network');
    assert.equal(api.requests.length, 3);
  });

  it('is not sent elsewhere, nor again, where the service wants it redirected', async () => {
    api.script({ kind: 'redirect', status: 307, location: 'http://elsewhere.invalid/' });
    assert.equal(errorOf(await ask()).kind, 'redirected');
    assert.equal(api.requests.length, 1);
  });

  it('has the same bytes each time', async () => {
    fail(503, 2);
    const request = requestTo(api.origin, {
      apiKey: 'sk-same',
      maxRetries: 2,
      timeouts: testTimeouts,
      instructions: 'Be “brief”.',
      messages: [{ role: 'user', content: 'Größe?\n🗼', name: 'ada' }],
      parameters: { n: 2, seed: 7 },
    });
    assert.deepEqual((await askAndCollect(request, transport, clock)).outcome, { kind: 'complete' });
    const bytes = transport.sent.map(({ method, url, headers, body: sent }) =>
      JSON.stringify([method, url, headers, sent]),
    );
    assert.equal(bytes.length, 3);
    assert.equal(new Set(bytes).size, 1);
    assert.deepEqual(api.requests[2]?.body, api.requests[0]?.body);
  });

  it('tells what happens in the order in which it happens', async () => {
    fail(429, 1, { 'retry-after': '90' });
    fail(503, 1);
    const heard = await ask();
    const told = eventsOfType(heard, 'sent', 'retrying', 'accepted', 'text', 'ended').map(({ type }) => type);
    assert.deepEqual(
      told.filter((type, index) => type !== told[index - 1]),
      ['sent', 'retrying', 'sent', 'retrying', 'sent', 'accepted', 'text', 'ended'],
    );
    assert.deepEqual(
      eventsOfType(heard, 'retrying').map((event) => ({ ...event, error: event.error.kind })),
      [
        { type: 'retrying', call: 0, attempt: 1, of: 2, delayMs: 90_000, error: 'rate-limited' },
        { type: 'retrying', call: 0, attempt: 2, of: 2, delayMs: 1000, error: 'server' },
      ],
    );
  });

  it('is sent once for fifty quick clicks, also while it waits to be sent again', async () => {
    const held = testClock('hold');
    const session = createSession({ ...portsOver(transport, held), newId: () => 'id' });
    const clicks = (): Promise<void>[] =>
      Array.from({ length: 50 }, (_, index) => {
        const next = prepared(asking());
        return index % 2 ? session.retry(next) : session.ask({ text: 'Hello' }, next);
      });
    fail(503, 1);
    const first = clicks();
    await held.reached(500);
    const second = clicks();
    held.advance(500);
    await Promise.all([...first, ...second]);
    assert.equal(api.requests.length, 2);
    assert.equal(session.conversation.turns.length, 1);
    assert.equal(held.running(), 0);
  });
});
