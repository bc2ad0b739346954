import assert from 'node:assert/strict';
import http from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { currentAnswer, lastTurn } from '../../../src/core/chat/conversation';
import { createSession } from '../../../src/core/chat/session';
import { nodeTransport } from '../../../src/platform/node/transport';
import { startServer, type ApiServer } from '../../server/server';
import { recordFigure, runs } from '../../support/promises';
import { portsOver, prepared, requestTo, type CollectedAnswer } from '../../support/wire';
import { testTimeouts, askAndCollect, testClock, textEvent, type TestClock } from './client-builders';

const hour = 3_600_000;

describe('R4 Stop means stop, with no timer and no socket left,', () => {
  let api: ApiServer;
  let clock: TestClock;
  let stop: AbortController;

  beforeEach(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
    clock = testClock('hold');
    stop = new AbortController();
  });
  afterEach(() => api.close());

  async function stopped(
    heard: Promise<CollectedAnswer>,
    texts: readonly string[] = [],
  ): Promise<CollectedAnswer> {
    const result = await heard;
    assert.deepEqual([result.outcome, result.texts], [{ kind: 'stopped' }, texts]);
    assert.equal(clock.running(), 0);
    const endings = await Promise.all(api.requests.map(({ ended }) => ended));
    assert.ok(
      endings.every((ending) => ending !== 'cut'),
      endings.join(),
    );
    clock.advance(hour);
    await nextTurn();
    return result;
  }
  const ask = (onEvent?: (type: string) => void): Promise<CollectedAnswer> =>
    askAndCollect(requestTo(api.origin, { timeouts: testTimeouts, maxRetries: 2 }), nodeTransport, clock, {
      signal: stop.signal,
      onEvent: ({ type }) => onEvent?.(type),
    });
  const at = (phase: string) => (type: string) => {
    if (type === phase) stop.abort();
  };

  it('before it was sent: nothing is sent', async () => {
    stop.abort();
    const heard = await stopped(ask());
    assert.deepEqual(
      heard.events.map(({ type }) => type),
      ['ended'],
    );
    assert.equal(api.requests.length, 0);
  });

  it('while connecting: nothing arrives', async () => {
    const heard = ask();
    await clock.reached(testTimeouts.connect * 1000);
    stop.abort();
    await stopped(heard);
    assert.equal(api.requests.length, 0);
  });

  it('while the model thinks, without a word from the server', async () => {
    api.script({ kind: 'hang' });
    await stopped(ask(at('sent')));
    for (const { ended } of api.requests) assert.equal(await ended, 'closedEarly');
  });

  it('while the model thinks, after keep-alives', async () => {
    api.script({ kind: 'stream', chunks: [': thinking\n\n'], end: 'hang' });
    await stopped(ask(at('accepted')));
    assert.equal(await api.requests[0]?.ended, 'closedEarly');
  });

  it('in the middle of the answer, whose text is kept', async () => {
    api.script({ kind: 'stream', chunks: [textEvent('So far')], end: 'hang' });
    await stopped(ask(at('text')), ['So far']);
    assert.equal(await api.requests[0]?.ended, 'closedEarly');
  });

  it('while waiting for a retry', async () => {
    api.script({ kind: 'status', status: 429, headers: { 'retry-after': '90' }, body: '' });
    const heard = ask();
    await clock.reached(90_000);
    stop.abort();
    await stopped(heard);
    assert.equal(api.requests.length, 1);
  });

  it('at any stage, however often it happens', async () => {
    const times = runs(30, 500);
    const phases = ['sent', 'accepted', 'text'] as const;
    for (let time = 0; time < times; time++) {
      api.script({ kind: 'stream', chunks: [textEvent('So far')], end: 'hang' });
      stop = new AbortController();
      const { outcome } = await ask(at(phases[time % phases.length] ?? 'sent'));
      assert.equal(outcome.kind, 'stopped');
      assert.equal(clock.running(), 0);
    }
    const endings = await Promise.all(api.requests.map(({ ended }) => ended));
    assert.deepEqual(new Set(endings), new Set(['closedEarly']));
    const { sockets, requests } = http.globalAgent;
    assert.deepEqual([Object.keys(sockets), Object.keys(requests)], [[], []]);
    recordFigure('R4', `${times.toLocaleString('en')} answers stopped, 0 timers and 0 connections left`);
  });

  it('and a second stop changes nothing', async () => {
    api.script({ kind: 'hang' });
    const session = createSession({ ...portsOver(nodeTransport, clock), newId: () => 'id' });
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
