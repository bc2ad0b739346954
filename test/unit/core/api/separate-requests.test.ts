import assert from 'node:assert/strict';
import { createLearnedCorrections, type ChatRequest } from '../../../../src/core/api';
import { currentAnswer, lastTurn } from '../../../../src/core/chat/conversation';
import { createSession } from '../../../../src/core/chat/session';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer } from '../../../server/server';
import { clientServicesOver, prepared, requestTo, type CollectedAnswer } from '../../../support/wire';
import {
  completion,
  recordRequests,
  errorOf,
  testTimeouts,
  askAndCollect,
  eventsOfType,
  errorBody,
  respondWith,
  testClock,
  textEvent,
  type FakeResponse,
} from './client-builders';

const refused: FakeResponse = { status: 400, body: errorBody('Only one completion choice is allowed') };

function requestOf(changes: Parameters<typeof requestTo>[1] = {}): ChatRequest {
  const parameters = { n: 3, ...changes.parameters };
  return requestTo('http://127.0.0.1', { timeouts: testTimeouts, ...changes, parameters });
}

/** An answer whose fields contain the number of its request. */
function numbered(requestIndex: number): FakeResponse {
  const meta = { usage: { usd_spent: requestIndex / 100 } };
  const usage = { prompt_tokens: 10 + requestIndex, completion_tokens: 20 + requestIndex };
  return {
    status: 201,
    headers: { 'x-request-id': `r-${requestIndex}`, 'x-inference-id': `i-${requestIndex}` },
    body: completion(`Answer ${requestIndex}`, { id: `c-${requestIndex}`, usage, meta }),
  };
}

describe('Several answers of a server without support for n', () => {
  const ask = (
    request: ChatRequest,
    ...replies: readonly [FakeResponse, ...FakeResponse[]]
  ): Promise<CollectedAnswer> => askAndCollect(request, respondWith(...replies), testClock('pass'));

  it('are requested in parallel, each with its own index', async () => {
    const transport = respondWith(refused, numbered(0), numbered(1), numbered(2));
    const answer = await askAndCollect(requestOf(), transport, testClock('pass'));
    assert.deepEqual(answer.texts, ['Answer 0', 'Answer 1', 'Answer 2']);
    assert.deepEqual(answer.outcome, { kind: 'complete' });
    assert.equal(transport.sent.length, 4);
    assert.deepEqual(
      eventsOfType(answer, 'finished')
        .map(({ index, reason }) => [index, reason] as const)
        .sort(([one], [other]) => one - other),
      [0, 1, 2].map((index) => [index, 'stop']),
    );
  });

  it('keep usage, cost and IDs of each request', async () => {
    const answer = await ask(requestOf(), refused, numbered(0), numbered(1), numbered(2));
    const calls = [0, 1, 2];
    const byCall = <Event extends { readonly requestIndex: number }>(
      events: readonly Event[],
    ): readonly Event[] => [...events].sort((a, b) => a.requestIndex - b.requestIndex);
    assert.deepEqual(
      byCall(eventsOfType(answer, 'accepted')).map(({ requestIndex, requestIds }) => [
        requestIndex,
        requestIds,
      ]),
      calls.map((requestIndex) => [requestIndex, [`r-${requestIndex}`, `i-${requestIndex}`]]),
    );
    assert.deepEqual(
      byCall(eventsOfType(answer, 'identified')).map(({ requestIndex, identity }) => [
        requestIndex,
        identity.id,
      ]),
      calls.map((requestIndex) => [requestIndex, `c-${requestIndex}`]),
    );
    assert.deepEqual(
      byCall(eventsOfType(answer, 'usage')).map(({ requestIndex, usage }) => [requestIndex, usage]),
      calls.map((requestIndex) => [
        requestIndex,
        { promptTokens: 10 + requestIndex, completionTokens: 20 + requestIndex },
      ]),
    );
    assert.deepEqual(
      byCall(eventsOfType(answer, 'billed')).map(({ requestIndex, usd }) => [requestIndex, usd]),
      calls.map((requestIndex) => [requestIndex, requestIndex / 100]),
    );
  });

  it('report the correction once, and are requested separately from then on', async () => {
    const transport = respondWith(refused, numbered(0));
    const learnedCorrections = createLearnedCorrections();
    const clock = testClock('pass');
    const first = await askAndCollect(requestOf(), transport, clock, { learnedCorrections });
    const second = await askAndCollect(requestOf(), transport, clock, { learnedCorrections });
    assert.deepEqual(
      [eventsOfType(first, 'corrected').length, eventsOfType(second, 'corrected').length],
      [1, 0],
    );
    assert.equal(transport.sent.length, 1 + 3 + 3);
    assert.equal(second.texts.length, 3);
  });

  it('report a correction for all of them once', async () => {
    const seedRefused = { status: 400, body: errorBody("Unknown parameter: 'seed'.") };
    const transport = respondWith(refused, seedRefused, seedRefused, seedRefused, numbered(0));
    const answer = await askAndCollect(requestOf({ parameters: { seed: 7 } }), transport, testClock('pass'));
    assert.deepEqual(
      eventsOfType(answer, 'corrected').map(({ correction }) => correction),
      ['single-answers', 'no-seed'],
    );
    assert.equal(answer.texts.length, 3);
    assert.deepEqual(answer.outcome, { kind: 'complete' });
  });

  it('keep the other texts if one request fails, and end with its error', async () => {
    const failed = { status: 401, body: errorBody('wrong key') };
    const answer = await ask(requestOf(), refused, numbered(0), failed, numbered(2));
    assert.deepEqual([...answer.texts], ['Answer 0', undefined, 'Answer 2']);
    assert.equal(errorOf(answer).kind, 'unauthorized');
  });

  it('retry only the failed request', async () => {
    const busy = { status: 503, body: '' };
    const transport = respondWith(refused, numbered(0), busy, numbered(2), numbered(1));
    const answer = await askAndCollect(requestOf({ maxRetries: 2 }), transport, testClock('pass'));
    assert.deepEqual(answer.texts, ['Answer 0', 'Answer 1', 'Answer 2']);
    assert.deepEqual(answer.outcome, { kind: 'complete' });
    assert.equal(transport.sent.length, 5);
  });

  it('have different seeds, which are the same when retried', async () => {
    const seeds = async (): Promise<readonly unknown[]> => {
      const transport = respondWith(refused, numbered(0));
      await askAndCollect(requestOf({ parameters: { seed: 7 } }), transport, testClock('pass'));
      return transport.sent.slice(1).map(({ body = '' }) => (JSON.parse(body) as { seed?: number }).seed);
    };
    const sentSeeds = await seeds();
    assert.equal(sentSeeds.length, 3);
    assert.ok(sentSeeds.includes(7));
    assert.equal(new Set(sentSeeds).size, 3);
    assert.deepEqual(await seeds(), sentSeeds);
  });

  it('are one run with the requested seed', async () => {
    const session = createSession({
      ...clientServicesOver(respondWith(refused, numbered(0)), testClock('pass')),
      newId: () => 'id',
    });
    await session.ask({ text: 'Why?' }, prepared(requestOf({ parameters: { seed: 7 } })));
    const turn = lastTurn(session.conversation);
    assert.ok(turn);
    const { runs } = currentAnswer(turn);
    assert.deepEqual(
      runs.map(({ seed, receipts }) => [seed, receipts.length]),
      [[7, 3]],
    );
  });

  it('have no seed if none is set', async () => {
    const transport = respondWith(refused, numbered(0));
    await askAndCollect(requestOf(), transport, testClock('pass'));
    for (const { body = '' } of transport.sent) assert.ok(!body.includes('seed'));
  });
});

describe('Several separate answers of a real server', () => {
  let api: ApiServer;
  let requestCount = 0;
  let onRequest = (): void => undefined;

  beforeEach(async () => {
    requestCount = 0;
    api = await startServer({
      pace: NO_DELAY,
      onRequest: () => {
        requestCount++;
        onRequest();
      },
    });
    api.script({ kind: 'status', ...refused, status: 400 });
  });
  afterEach(() => api.close());

  const apiRequest = (): ChatRequest => ({ ...requestOf(), endpoint: requestTo(api.origin).endpoint });

  for (const [activity, reply] of [
    ['think', { kind: 'hang' }],
    ['answer', { kind: 'stream', chunks: [textEvent('So far')], end: 'hang' }],
  ] as const) {
    it(`all end when they are stopped while they ${activity}, without open sockets or timers`, async () => {
      for (let count = 0; count < 3; count++) api.script(reply);
      const allReceived = new Promise<void>((resolve) => {
        onRequest = () => {
          if (requestCount === 4) resolve();
        };
      });
      const abortController = new AbortController();
      const clock = testClock('pass');
      let texts = 0;
      const answer = askAndCollect(apiRequest(), recordRequests(nodeTransport), clock, {
        signal: abortController.signal,
        onEvent: ({ type }) => {
          if (type === 'text' && ++texts === 3) abortController.abort();
        },
      });
      await allReceived;
      if (activity === 'think') abortController.abort();
      assert.deepEqual((await answer).outcome, { kind: 'stopped' });
      assert.equal(clock.running(), 0);
      const ends = await Promise.all(api.requests.slice(1).map(({ ended }) => ended));
      assert.deepEqual(ends, ['closedEarly', 'closedEarly', 'closedEarly']);
      assert.equal((await answer).texts.length, activity === 'think' ? 0 : 3);
    });
  }

  it('keep the texts if the connections break', async () => {
    for (let answer = 0; answer < 3; answer++) {
      api.script({ kind: 'stream', chunks: [textEvent(`Part ${answer}`)], end: 'destroy' });
    }
    const answer = await askAndCollect(apiRequest(), nodeTransport, testClock('pass'));
    assert.deepEqual([...answer.texts].sort(), ['Part 0', 'Part 1', 'Part 2']);
    assert.equal(errorOf(answer).kind, 'network');
    assert.equal(api.requests.length, 4);
  });
});

describe('A server that rejects streaming', () => {
  it('returns the same answer without streaming, also for later questions', async () => {
    const api = await startServer({ pace: NO_DELAY });
    const text = 'One word, 🗼 and another.\n\n- an item\n';
    const request = requestTo(api.origin, { timeouts: testTimeouts });
    const learnedCorrections = createLearnedCorrections();
    const ask = (): Promise<CollectedAnswer> => {
      api.script({ kind: 'answer', text });
      return askAndCollect(request, nodeTransport, testClock('pass'), { learnedCorrections });
    };
    try {
      const streamed = await ask();
      const message = "Unsupported value: 'stream' does not support true with this model.";
      api.script({ kind: 'status', status: 400, body: errorBody(message, { param: 'stream' }) });
      const notStreamed = await ask();
      const later = await ask();
      for (const answer of [streamed, notStreamed, later]) {
        assert.deepEqual([answer.texts, answer.outcome], [[text], { kind: 'complete' }]);
        assert.ok(eventsOfType(answer, 'usage').length > 0 && eventsOfType(answer, 'billed').length > 0);
      }
      const streams = api.requests.map(({ body }) => (body as { readonly stream: boolean }).stream);
      assert.deepEqual(streams, [true, true, false, false]);
    } finally {
      await api.close();
    }
  });
});
