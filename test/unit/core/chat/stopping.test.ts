import assert from 'node:assert/strict';
import http from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { currentAnswer, lastTurn } from '../../../../src/core/chat/conversation';
import { createSession } from '../../../../src/core/chat/session';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer } from '../../../server/server';
import { recordFigure, runs } from '../../../support/promises';
import { clientServicesOver, prepared, requestTo, type CollectedAnswer } from '../../../support/wire';
import { testTimeouts, askAndCollect, testClock, textEvent, type TestClock } from '../api/client-builders';

const HOUR_MS = 3_600_000;

describe('R4 A request leaves no timer and no socket if it is stopped', () => {
  let api: ApiServer;
  let clock: TestClock;
  let abortController: AbortController;

  beforeEach(async () => {
    api = await startServer({ pace: NO_DELAY });
    clock = testClock('hold');
    abortController = new AbortController();
  });
  afterEach(() => api.close());

  async function assertStopped(
    answer: Promise<CollectedAnswer>,
    texts: readonly string[] = [],
  ): Promise<CollectedAnswer> {
    const result = await answer;
    assert.deepEqual([result.outcome, result.texts], [{ kind: 'stopped' }, texts]);
    assert.equal(clock.running(), 0);
    const endings = await Promise.all(api.requests.map(({ ended }) => ended));
    assert.ok(
      endings.every((ending) => ending !== 'destroyed'),
      endings.join(),
    );
    clock.advance(HOUR_MS);
    await nextTurn();
    return result;
  }
  const ask = (onEvent?: (type: string) => void): Promise<CollectedAnswer> =>
    askAndCollect(requestTo(api.origin, { timeouts: testTimeouts, maxRetries: 2 }), nodeTransport, clock, {
      signal: abortController.signal,
      onEvent: ({ type }) => onEvent?.(type),
    });
  const stopAt = (phase: string) => (type: string) => {
    if (type === phase) abortController.abort();
  };

  it('before it is sent, so that nothing is sent', async () => {
    abortController.abort();
    const answer = await assertStopped(ask());
    assert.deepEqual(
      answer.events.map(({ type }) => type),
      ['ended'],
    );
    assert.equal(api.requests.length, 0);
  });

  it('while connecting, so that nothing is received by the server', async () => {
    const answer = ask();
    await clock.reached(testTimeouts.connect * 1000);
    abortController.abort();
    await assertStopped(answer);
    assert.equal(api.requests.length, 0);
  });

  it('while the model thinks, without any response from the server', async () => {
    api.script({ kind: 'hang' });
    await assertStopped(ask(stopAt('sent')));
    for (const { ended } of api.requests) assert.equal(await ended, 'closedEarly');
  });

  it('while the model thinks, after keep-alives', async () => {
    api.script({ kind: 'stream', chunks: [': thinking\n\n'], end: 'hang' });
    await assertStopped(ask(stopAt('accepted')));
    assert.equal(await api.requests[0]?.ended, 'closedEarly');
  });

  it('in the middle of the answer, whose text is kept', async () => {
    api.script({ kind: 'stream', chunks: [textEvent('So far')], end: 'hang' });
    await assertStopped(ask(stopAt('text')), ['So far']);
    assert.equal(await api.requests[0]?.ended, 'closedEarly');
  });

  it('while waiting for a retry', async () => {
    api.script({ kind: 'status', status: 429, headers: { 'retry-after': '90' }, body: '' });
    const answer = ask();
    await clock.reached(90_000);
    abortController.abort();
    await assertStopped(answer);
    assert.equal(api.requests.length, 1);
  });

  it('at any stage, repeatedly', async () => {
    const times = runs(30, 500);
    const phases = ['sent', 'accepted', 'text'] as const;
    for (let time = 0; time < times; time++) {
      api.script({ kind: 'stream', chunks: [textEvent('So far')], end: 'hang' });
      abortController = new AbortController();
      const { outcome } = await ask(stopAt(phases[time % phases.length] ?? 'sent'));
      assert.equal(outcome.kind, 'stopped');
      assert.equal(clock.running(), 0);
    }
    const endings = await Promise.all(api.requests.map(({ ended }) => ended));
    assert.deepEqual(new Set(endings), new Set(['closedEarly']));
    const { sockets, requests } = http.globalAgent;
    assert.deepEqual([Object.keys(sockets), Object.keys(requests)], [[], []]);
    recordFigure('R4', `${times.toLocaleString('en')} answers stopped, 0 timers and 0 connections left`);
  });

  it('several times', async () => {
    api.script({ kind: 'hang' });
    const session = createSession({ ...clientServicesOver(nodeTransport, clock), newId: () => 'id' });
    const asked = session.ask({ text: 'Why?' }, prepared(requestTo(api.origin, { timeouts: testTimeouts })));
    await clock.reached(testTimeouts['first-byte'] * 1000);
    await Promise.all([session.stop(), session.stop(), session.stop()]);
    await session.stop();
    await asked;
    const turn = lastTurn(session.conversation);
    assert.ok(turn);
    assert.deepEqual(currentAnswer(turn).status, { kind: 'stopped' });
    assert.equal(clock.running(), 0);
  });
});
