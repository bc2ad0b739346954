import assert from 'node:assert/strict';
import type { ChatError, ChatEvent, Outcome, Transport } from '../../../src/core/api';
import type { RequestUsage, Run } from '../../../src/core/chat/answer';
import { applyToAnswer, newAnswer } from '../../../src/core/chat/answer-reducer';
import { costOfAnswer, costOfRun, type Cost } from '../../../src/core/chat/cost';
import { currentAnswer, lastTurn } from '../../../src/core/chat/conversation';
import { createSession, type Prepared } from '../../../src/core/chat/session';
import { portsOver, requestTo } from '../../support/wire';
import {
  completion,
  sseEvent,
  testTimeouts,
  errorBody,
  respondWith,
  testClock,
  textEvent,
  type TestClock,
} from './client-builders';

/** Dollars per million tokens, so that a token costs a millionth or two. */
const price = { input: 1, output: 2 };
const terms = { origin: 'http://127.0.0.1', model: 'o1-mini', limit: 1000, n: 1, promptTokens: 100 };
const priced = { ...terms, price };

function run(receipts: readonly Partial<RequestUsage>[], of: Run['terms'] = priced): Run {
  const full = receipts.map((receipt) => ({ requestIds: [], ...receipt }));
  return { terms: of, askedAt: 0, endedAt: 1, seed: null, receipts: full };
}

function failed(error: ChatError): Outcome {
  return { kind: 'failed', error };
}

/** What a question cost that had left, and ended like this before anything came. */
function costOfEnd(outcome: Outcome): Cost | undefined {
  const sent = applyToAnswer(newAnswer(0, priced), { type: 'sent', call: 0, seed: null }, 1);
  return costOfAnswer(applyToAnswer(sent, { type: 'ended', outcome }, 2));
}

describe('The cost of a run', () => {
  const usage = { promptTokens: 10, completionTokens: 20 };

  it('is the cost that the service reports, regardless of the token counts', () => {
    const paid: Cost = { usd: 0.5, basis: 'billed' };
    assert.deepEqual(costOfRun(run([{ status: 201, usd: 0.5, usage }])), paid);
    assert.deepEqual(costOfRun(run([{ status: 201, usd: 0.5 }], terms)), paid);
    assert.deepEqual(costOfRun(run([{ status: 201, usd: 0 }])), { usd: 0, basis: 'billed' });
  });

  it('is computed from the token counts if no cost is reported', () => {
    assert.deepEqual(costOfRun(run([{ status: 201, usage }])), { usd: 50e-6, basis: 'computed' });
  });

  it('is the highest possible cost if the request was accepted and nothing was reported', () => {
    const most: Cost = { usd: (100 + 2 * 1000) / 1e6, basis: 'greatest' };
    assert.deepEqual(costOfRun(run([{ status: 201 }])), most);
    assert.deepEqual(costOfRun(run([{ status: 201, usage: { cachedTokens: 1 } }])), most);
  });

  it('is unknown without a price', () => {
    assert.equal(costOfRun(run([{ status: 201, usage }], terms)), undefined);
    assert.equal(costOfRun(run([{ status: 201 }], terms)), undefined);
  });

  it('is undefined if nothing was sent', () => {
    assert.equal(costOfRun(run([])), undefined);
  });

  it('is the sum of its requests, and as certain as the least certain of them', () => {
    const several = { ...priced, n: 3 };
    const one = { status: 201, usd: 0.5 };
    const sums: readonly (readonly [readonly Partial<RequestUsage>[], Cost])[] = [
      [[one, one, one], { usd: 1.5, basis: 'billed' }],
      [[one, { status: 201, usage }, one], { usd: 1.00005, basis: 'computed' }],
      [[one, { status: 201 }, { status: 201, usage }], { usd: 0.50215, basis: 'greatest' }],
    ];
    for (const [receipts, { usd, basis }] of sums) {
      const cost = costOfRun(run(receipts, several));
      assert.ok(cost && Math.abs(cost.usd - usd) < 1e-12, JSON.stringify(cost));
      assert.equal(cost.basis, basis);
    }
  });

  it('includes all alternatives of one request in the highest possible cost', () => {
    const cost = costOfRun(run([{ status: 201 }], { ...priced, n: 3 }));
    assert.ok(cost && Math.abs(cost.usd - (3 * 2100) / 1e6) < 1e-12);
  });

  const maybe: readonly Outcome[] = [
    { kind: 'stopped' },
    failed({ kind: 'timeout', phase: 'first-byte', seconds: 900 }),
    failed({ kind: 'interrupted' }),
    failed({ kind: 'network', reason: 'reset', detail: 'ECONNRESET' }),
  ];
  for (const outcome of maybe) {
    it(`may be the most where the service was at work: ${JSON.stringify(outcome)}`, () => {
      assert.equal(costOfEnd(outcome)?.basis, 'greatest');
    });
  }

  const free: readonly Outcome[] = [
    failed({ kind: 'unauthorized', status: 401, message: 'wrong key' }),
    failed({ kind: 'rate-limited', status: 429, message: 'slow down' }),
    failed({ kind: 'server', status: 503, message: 'busy' }),
    failed({ kind: 'network', reason: 'refused', detail: 'ECONNREFUSED' }),
    failed({ kind: 'network', reason: 'dns', detail: 'ENOTFOUND' }),
    failed({ kind: 'redirected', to: 'http://b' }),
  ];
  for (const outcome of free) {
    it(`is nothing where the service left the question alone: ${JSON.stringify(outcome)}`, () => {
      assert.equal(costOfEnd(outcome), undefined);
    });
  }
});

describe('The cost of a retried question', () => {
  it('is undefined if it is stopped during the delay after an error', () => {
    const error: ChatError = { kind: 'rate-limited', status: 429, message: 'slow down' };
    const events: readonly ChatEvent[] = [
      { type: 'sent', call: 0, seed: null },
      { type: 'retrying', call: 0, attempt: 1, of: 2, delayMs: 90_000, error },
      { type: 'ended', outcome: { kind: 'stopped' } },
    ];
    const answer = events.reduce((so, next) => applyToAnswer(so, next, 1), newAnswer(0, priced));
    assert.equal(costOfAnswer(answer), undefined);
  });

  it('is that of the accepted request', () => {
    const error: ChatError = { kind: 'server', status: 503, message: 'busy' };
    const events: readonly ChatEvent[] = [
      { type: 'sent', call: 0, seed: null },
      { type: 'retrying', call: 0, attempt: 1, of: 2, delayMs: 500, error },
      { type: 'sent', call: 0, seed: null },
      { type: 'accepted', call: 0, status: 200, requestIds: [] },
      { type: 'ended', outcome: { kind: 'stopped' } },
    ];
    const answer = events.reduce((so, next) => applyToAnswer(so, next, 1), newAnswer(0, priced));
    assert.equal(costOfAnswer(answer)?.basis, 'greatest');
  });
});

describe('The final cost of a question', () => {
  /** Asks over a transport, and stops or moves the time when the conversation has come so far. */
  async function costAfter(
    transport: Transport,
    at: (step: string, clock: TestClock, stop: () => void) => void,
  ) {
    const clock = testClock('hold');
    const session = createSession({ ...portsOver(transport, clock), newId: () => 'id' });
    const stop = (): void => void session.stop();
    session.onChange((cause) => at(cause?.type ?? 'asked', clock, stop));
    const request = requestTo('http://127.0.0.1', { timeouts: testTimeouts });
    const prepared: Prepared = { kind: 'send', request, terms: priced };
    const asked = session.ask({ text: 'Why?' }, prepared);
    at('left', clock, stop);
    await asked;
    const turn = lastTurn(session.conversation);
    assert.ok(turn);
    const answer = currentAnswer(turn);
    const [last] = answer.runs;
    assert.ok(last);
    return costOfRun(last);
  }
  /** Neither connects nor fails before it is given up. */
  const unconnected: Transport = ({ signal }) => {
    const response = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    return { sent: response.catch(() => undefined), response };
  };
  const thinking: Transport = (request) => ({ ...unconnected(request), sent: Promise.resolve() });

  it('is undefined if it was stopped before it was sent', async () => {
    const cost = await costAfter(unconnected, (step, _clock, stop) => {
      if (step === 'left') stop();
    });
    assert.equal(cost, undefined);
  });

  it('is undefined if the connection timed out', async () => {
    const cost = await costAfter(unconnected, (step, clock) => {
      if (step === 'left')
        void clock
          .reached(testTimeouts.connect * 1000)
          .then(() => clock.advance(testTimeouts.connect * 1000));
    });
    assert.equal(cost, undefined);
  });

  it('may be the highest possible cost if it was stopped while the model was thinking', async () => {
    const cost = await costAfter(thinking, (step, _clock, stop) => {
      if (step === 'sent') stop();
    });
    assert.equal(cost?.basis, 'greatest');
  });

  it('is the reported cost, in a stream, in a header, and for an answer that broke off', async () => {
    const bill = sseEvent({ meta: { usage: { usd_spent: 0.25 } } });
    const replies = [
      { body: textEvent('Yes') + bill + sseEvent('[DONE]') },
      { body: completion('Yes'), headers: { 'x-aimlapi-usd-spent': '0.25' } },
      { body: textEvent('Yes') + bill },
    ];
    for (const reply of replies) {
      assert.deepEqual(await costAfter(respondWith(reply), () => undefined), { usd: 0.25, basis: 'billed' });
    }
  });

  it('is undefined if it was rejected', async () => {
    assert.equal(
      await costAfter(respondWith({ status: 401, body: errorBody('no') }), () => undefined),
      undefined,
    );
  });
});
