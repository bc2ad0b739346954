import assert from 'node:assert/strict';
import { TransportError, type ChatError, type Transport } from '../../../../src/core/api';
import { createSession } from '../../../../src/core/chat/session';
import { clientServicesOver, prepared, requestTo } from '../../../support/wire';
import {
  recordRequests,
  errorOf,
  testTimeouts,
  askAndCollect,
  eventsOfType,
  errorBody,
  testClock,
} from './client-builders';
import { useRetryFixture } from './retry-fixture';

describe('R3 A request that fails before its answer begins', () => {
  const fixture = useRetryFixture();

  const temporaryErrors: readonly (readonly [number, ChatError['kind']])[] = [
    [408, 'server'],
    [409, 'server'],
    [429, 'rate-limited'],
    [500, 'server'],
    [502, 'server'],
    [503, 'server'],
    [504, 'server'],
    [529, 'server'],
  ];
  for (const [status, kind] of temporaryErrors) {
    it(`is retried twice after status ${status}`, async () => {
      fixture.scriptErrors(status, 10);
      assert.equal(errorOf(await fixture.ask()).kind, kind);
      assert.equal(fixture.api.requests.length, 3);
    });

    it(`is answered if only the first attempt receives status ${status}`, async () => {
      fixture.scriptErrors(status, 1);
      const answer = await fixture.ask();
      assert.deepEqual(answer.outcome, { kind: 'complete' });
      assert.match(answer.texts.join(''), /practice server/);
      assert.equal(fixture.api.requests.length, 2);
    });
  }

  for (const status of [400, 401, 402, 403, 404, 405, 410, 413, 422, 451]) {
    it(`is not retried after status ${status}, which a retry would not change`, async () => {
      fixture.scriptErrors(status, 10);
      errorOf(await fixture.ask());
      assert.equal(fixture.api.requests.length, 1);
    });
  }

  for (const maxRetries of [0, 1, 2, 5]) {
    it(`is retried ${maxRetries} times if the user allows that many`, async () => {
      fixture.scriptErrors(503, 10);
      const retries = eventsOfType(await fixture.ask(maxRetries), 'retrying').map(
        ({ attempt, maxAttempts }) => [attempt, maxAttempts],
      );
      assert.deepEqual(
        retries,
        Array.from({ length: maxRetries }, (_, index) => [index + 1, maxRetries]),
      );
      assert.equal(fixture.api.requests.length, 1 + maxRetries);
    });
  }

  for (const fields of [{ code: 'insufficient_quota' }, { type: 'insufficient_quota' }]) {
    it(`is not retried if the credit is used up: ${JSON.stringify(fields)}`, async () => {
      fixture.api.script({ kind: 'status', status: 429, body: errorBody('Check your plan.', fields) });
      assert.equal(errorOf(await fixture.ask()).kind, 'no-credit');
      assert.equal(fixture.api.requests.length, 1);
    });
  }

  const retryHeaders: readonly (readonly [number, string, number])[] = [
    [400, 'true', 3],
    [401, 'true', 3],
    [429, 'false', 1],
    [503, 'false', 1],
    [503, 'perhaps', 3],
    [400, '', 1],
  ];
  for (const [status, value, requests] of retryHeaders) {
    it(`with status ${status} and x-should-retry: "${value}" is sent ${requests} times in total`, async () => {
      fixture.scriptErrors(status, 10, { 'x-should-retry': value });
      errorOf(await fixture.ask());
      assert.equal(fixture.api.requests.length, requests);
    });
  }

  it('is not retried if the user does not allow it, even if the service requests it', async () => {
    fixture.scriptErrors(503, 10, { 'x-should-retry': 'true' });
    errorOf(await fixture.ask(0));
    assert.equal(fixture.api.requests.length, 1);
  });

  const reasons = { dns: 3, refused: 3, reset: 3, unreachable: 3, tls: 1, cors: 1 } as const;
  for (const [reason, requests] of Object.entries(reasons) as [keyof typeof reasons, number][]) {
    it(`is sent ${requests} times in total if the connection fails: ${reason}`, async () => {
      const failingTransport: Transport = () => {
        const error = new TransportError({ kind: 'network', reason, detail: 'E' });
        return { sent: Promise.resolve(), response: Promise.reject(error) };
      };
      fixture.transport = recordRequests(failingTransport);
      assert.deepEqual(errorOf(await fixture.ask()), { kind: 'network', reason, detail: 'E' });
      assert.equal(fixture.transport.sent.length, requests);
    });
  }

  it('is retried if the connection breaks before any HTTP response', async () => {
    const request = {
      ...requestTo(`${fixture.api.origin}/fault/reset-before-headers`),
      maxRetries: 2,
      timeouts: testTimeouts,
    };
    const answer = await askAndCollect(request, fixture.transport, fixture.clock);
    assert.equal(errorOf(answer).kind, 'network');
    assert.equal(fixture.api.requests.length, 3);
  });

  it('is neither redirected to another origin nor retried', async () => {
    fixture.api.script({ kind: 'redirect', status: 307, location: 'http://elsewhere.invalid/' });
    assert.equal(errorOf(await fixture.ask()).kind, 'redirected');
    assert.equal(fixture.api.requests.length, 1);
  });

  it('has the same content in each attempt', async () => {
    fixture.scriptErrors(503, 2);
    const request = requestTo(fixture.api.origin, {
      apiKey: 'sk-same',
      maxRetries: 2,
      timeouts: testTimeouts,
      instructions: 'Be “brief”.',
      messages: [{ role: 'user', content: 'Größe?\n🗼', name: 'ada' }],
      parameters: { n: 2, seed: 7 },
    });
    assert.deepEqual((await askAndCollect(request, fixture.transport, fixture.clock)).outcome, {
      kind: 'complete',
    });
    const contents = fixture.transport.sent.map(({ method, url, headers, body: sent }) =>
      JSON.stringify([method, url, headers, sent]),
    );
    assert.equal(contents.length, 3);
    assert.equal(new Set(contents).size, 1);
    assert.deepEqual(fixture.api.requests[2]?.body, fixture.api.requests[0]?.body);
  });

  it('reports its attempts in order', async () => {
    fixture.scriptErrors(429, 1, { 'retry-after': '90' });
    fixture.scriptErrors(503, 1);
    const answer = await fixture.ask();
    const types = eventsOfType(answer, 'sent', 'retrying', 'accepted', 'text', 'ended').map(
      ({ type }) => type,
    );
    assert.deepEqual(
      types.filter((type, index) => type !== types[index - 1]),
      ['sent', 'retrying', 'sent', 'retrying', 'sent', 'accepted', 'text', 'ended'],
    );
    assert.deepEqual(
      eventsOfType(answer, 'retrying').map((event) => ({ ...event, error: event.error.kind })),
      [
        {
          type: 'retrying',
          requestIndex: 0,
          attempt: 1,
          maxAttempts: 2,
          delayMs: 90_000,
          error: 'rate-limited',
        },
        { type: 'retrying', requestIndex: 0, attempt: 2, maxAttempts: 2, delayMs: 1000, error: 'server' },
      ],
    );
  });

  it('is sent once for 50 fast clicks, also while it waits for a retry', async () => {
    const heldClock = testClock('hold');
    const session = createSession({ ...clientServicesOver(fixture.transport, heldClock), newId: () => 'id' });
    const clickFiftyTimes = (): Promise<void>[] =>
      Array.from({ length: 50 }, (_, index) => {
        const next = prepared(requestTo(fixture.api.origin, { maxRetries: 2, timeouts: testTimeouts }));
        return index % 2 ? session.retry(next) : session.ask({ text: 'Hello' }, next);
      });
    fixture.scriptErrors(503, 1);
    const first = clickFiftyTimes();
    await heldClock.reached(500);
    const second = clickFiftyTimes();
    heldClock.advance(500);
    await Promise.all([...first, ...second]);
    assert.equal(fixture.api.requests.length, 2);
    assert.equal(session.conversation.turns.length, 1);
    assert.equal(heldClock.running(), 0);
  });
});
