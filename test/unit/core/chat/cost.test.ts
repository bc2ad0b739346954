import assert from 'node:assert/strict';
import type { ChatError, ChatEvent, Outcome, Transport } from '../../../../src/core/api';
import type { RequestUsage, Run } from '../../../../src/core/chat/answer';
import { applyToAnswer, newAnswer } from '../../../../src/core/chat/answer-reducer';
import { costOfAnswer, costOfRun, type Cost } from '../../../../src/core/chat/cost';
import { currentAnswer, lastTurn } from '../../../../src/core/chat/conversation';
import { createSession, type RequestOrError } from '../../../../src/core/chat/session';
import { clientServicesOver, requestTo } from '../../../support/wire';
import {
  completion,
  sseEvent,
  testTimeouts,
  errorBody,
  neverConnect,
  respondWith,
  testClock,
  textEvent,
  type TestClock,
} from '../api/client-builders';

/** In dollars per million tokens. */
const price = { input: 1, output: 2 };
const terms = { origin: 'http://127.0.0.1', model: 'o1-mini', limit: 1000, n: 1, promptTokens: 100 };
const termsWithPrice = { ...terms, price };

function run(receipts: readonly Partial<RequestUsage>[], runTerms: Run['terms'] = termsWithPrice): Run {
  const complete = receipts.map((receipt) => ({ requestIds: [], ...receipt }));
  return { terms: runTerms, askedAt: 0, endedAt: 1, seed: null, receipts: complete };
}

function failed(error: ChatError): Outcome {
  return { kind: 'failed', error };
}

/** The cost of a question that was sent and ended like this before anything was received. */
function costOfEnd(outcome: Outcome): Cost | undefined {
  const sent = applyToAnswer(newAnswer(0, termsWithPrice), { type: 'sent', requestIndex: 0, seed: null }, 1);
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
    const highestCost: Cost = { usd: (100 + 2 * 1000) / 1e6, basis: 'greatest' };
    assert.deepEqual(costOfRun(run([{ status: 201 }])), highestCost);
    assert.deepEqual(costOfRun(run([{ status: 201, usage: { cachedTokens: 1 } }])), highestCost);
  });

  it('is unknown without a price', () => {
    assert.equal(costOfRun(run([{ status: 201, usage }], terms)), undefined);
    assert.equal(costOfRun(run([{ status: 201 }], terms)), undefined);
  });

  it('is undefined if nothing was sent', () => {
    assert.equal(costOfRun(run([])), undefined);
  });

  it('is the sum of its requests, and as certain as the least certain of them', () => {
    const several = { ...termsWithPrice, n: 3 };
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
    const cost = costOfRun(run([{ status: 201 }], { ...termsWithPrice, n: 3 }));
    assert.ok(cost && Math.abs(cost.usd - (3 * 2100) / 1e6) < 1e-12);
  });

  const uncertainOutcomes: readonly Outcome[] = [
    { kind: 'stopped' },
    failed({ kind: 'timeout', phase: 'first-byte', seconds: 900 }),
    failed({ kind: 'interrupted' }),
    failed({ kind: 'network', reason: 'reset', detail: 'ECONNRESET' }),
  ];
  for (const outcome of uncertainOutcomes) {
    it(`may be the highest possible cost if the service was working: ${JSON.stringify(outcome)}`, () => {
      assert.equal(costOfEnd(outcome)?.basis, 'greatest');
    });
  }

  const freeOutcomes: readonly Outcome[] = [
    failed({ kind: 'unauthorized', status: 401, message: 'wrong key' }),
    failed({ kind: 'rate-limited', status: 429, message: 'slow down' }),
    failed({ kind: 'server', status: 503, message: 'busy' }),
    failed({ kind: 'network', reason: 'refused', detail: 'ECONNREFUSED' }),
    failed({ kind: 'network', reason: 'dns', detail: 'ENOTFOUND' }),
    failed({ kind: 'redirected', to: 'http://b' }),
  ];
  for (const outcome of freeOutcomes) {
    it(`is undefined if the service did not process the question: ${JSON.stringify(outcome)}`, () => {
      assert.equal(costOfEnd(outcome), undefined);
    });
  }
});

describe('The cost of a retried question', () => {
  it('is undefined if it is stopped during the delay after an error', () => {
    const error: ChatError = { kind: 'rate-limited', status: 429, message: 'slow down' };
    const events: readonly ChatEvent[] = [
      { type: 'sent', requestIndex: 0, seed: null },
      { type: 'retrying', requestIndex: 0, attempt: 1, maxAttempts: 2, delayMs: 90_000, error },
      { type: 'ended', outcome: { kind: 'stopped' } },
    ];
    const answer = events.reduce(
      (answer, event) => applyToAnswer(answer, event, 1),
      newAnswer(0, termsWithPrice),
    );
    assert.equal(costOfAnswer(answer), undefined);
  });

  it('is that of the accepted request', () => {
    const error: ChatError = { kind: 'server', status: 503, message: 'busy' };
    const events: readonly ChatEvent[] = [
      { type: 'sent', requestIndex: 0, seed: null },
      { type: 'retrying', requestIndex: 0, attempt: 1, maxAttempts: 2, delayMs: 500, error },
      { type: 'sent', requestIndex: 0, seed: null },
      { type: 'accepted', requestIndex: 0, status: 200, requestIds: [] },
      { type: 'ended', outcome: { kind: 'stopped' } },
    ];
    const answer = events.reduce(
      (answer, event) => applyToAnswer(answer, event, 1),
      newAnswer(0, termsWithPrice),
    );
    assert.equal(costOfAnswer(answer)?.basis, 'greatest');
  });
});

describe('The final cost of a question', () => {
  /** Sends a question, calls `onStep` at each step of the conversation, and returns the cost. */
  async function costAfter(
    transport: Transport,
    onStep: (step: string, clock: TestClock, stop: () => void) => void,
  ) {
    const clock = testClock('hold');
    const session = createSession({ ...clientServicesOver(transport, clock), newId: () => 'id' });
    const stop = (): void => void session.stop();
    session.onChange((cause) => onStep(cause?.type ?? 'asked', clock, stop));
    const request = requestTo('http://127.0.0.1', { timeouts: testTimeouts });
    const prepared: RequestOrError = { kind: 'send', request, terms: termsWithPrice };
    const asked = session.ask({ text: 'Why?' }, prepared);
    onStep('started', clock, stop);
    await asked;
    const turn = lastTurn(session.conversation);
    assert.ok(turn);
    const answer = currentAnswer(turn);
    const [last] = answer.runs;
    assert.ok(last);
    return costOfRun(last);
  }
  const thinking: Transport = (request) => ({ ...neverConnect(request), sent: Promise.resolve() });

  it('is undefined if it was stopped before it was sent', async () => {
    const cost = await costAfter(neverConnect, (step, _clock, stop) => {
      if (step === 'started') stop();
    });
    assert.equal(cost, undefined);
  });

  it('is undefined if the connection timed out', async () => {
    const cost = await costAfter(neverConnect, (step, clock) => {
      if (step === 'started')
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

  it('is the reported cost, in a stream, in a header, and for an interrupted answer', async () => {
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
