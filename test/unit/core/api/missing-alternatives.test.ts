import assert from 'node:assert/strict';
import { createLearnedCorrections, type ChatEvent, type LearnedCorrections } from '../../../../src/core/api';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer } from '../../../server/server';
import { collectAnswer, requestTo, stillClock, type CollectedAnswer } from '../../../support/wire';

function answerEvent(content: string): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: 'stop' }] })}\n\n`;
}

describe('Alternatives that a server does not return', () => {
  let api: ApiServer;

  beforeEach(async () => {
    api = await startServer({ pace: NO_DELAY });
  });
  afterEach(() => api.close());

  function ask(n: number, learnedCorrections: LearnedCorrections): Promise<CollectedAnswer> {
    const request = requestTo(api.origin, { parameters: { n, seed: 7 } });
    return collectAnswer(
      request,
      nodeTransport,
      stillClock,
      new AbortController().signal,
      learnedCorrections,
    );
  }

  for (const end of ['with [DONE]', 'without [DONE]', 'that is not streamed']) {
    it(`are requested separately after a response without them ${end}`, async () => {
      const body = '{"choices":[{"index":0,"message":{"content":"First"},"finish_reason":"stop"}]}';
      const stream = answerEvent('First') + (end === 'with [DONE]' ? 'data: [DONE]\n\n' : '');
      api.script(
        end === 'that is not streamed'
          ? { kind: 'status', status: 200, body }
          : { kind: 'stream', chunks: [stream], end: 'close' },
      );
      for (const text of ['Second', 'Third']) api.script({ kind: 'answer', text });
      const { texts, outcome, events } = await ask(3, createLearnedCorrections());
      assert.deepEqual(outcome, { kind: 'complete' });
      assert.equal(texts[0], 'First');
      assert.deepEqual([...texts].sort(), ['First', 'Second', 'Third']);
      const bodies = api.requests.map(
        ({ body: sent }) => sent as { readonly n?: number; readonly seed?: number },
      );
      assert.deepEqual(
        bodies.map(({ n }) => n),
        [3, undefined, undefined],
      );
      assert.deepEqual(bodies.map(({ seed }) => seed).sort(), [7, 8, 9]);
      assert.deepEqual(
        events
          .filter((event): event is Extract<ChatEvent, { type: 'corrected' }> => event.type === 'corrected')
          .map(({ correction }) => correction),
        ['single-answers'],
      );
    });
  }

  it('are identified by their order in a response that does not number them', async () => {
    const choices = ['First', 'Second'].map((content) => ({ message: { content }, finish_reason: 'stop' }));
    api.script({ kind: 'status', status: 200, body: JSON.stringify({ choices }) });
    const { texts, outcome } = await ask(2, createLearnedCorrections());
    assert.deepEqual([texts, outcome], [['First', 'Second'], { kind: 'complete' }]);
  });

  it('are requested separately from the start the next time', async () => {
    const learnedCorrections = createLearnedCorrections();
    learnedCorrections.learn(requestTo(api.origin).endpoint, 'o1-mini', 'single-answers');
    await ask(2, learnedCorrections);
    assert.deepEqual(
      api.requests.map(({ body }) => (body as { readonly n?: number }).n),
      [undefined, undefined],
    );
  });

  it('are not requested if the first answer is also missing', async () => {
    api.script({ kind: 'stream', chunks: ['data: [DONE]\n\n'], end: 'close' });
    const { outcome } = await ask(2, createLearnedCorrections());
    assert.equal(outcome.kind, 'failed');
    assert.equal(api.requests.length, 1);
  });
});

describe('The corrections of a model at an address', () => {
  const endpointOf = (origin: string): ReturnType<typeof requestTo>['endpoint'] => requestTo(origin).endpoint;

  it('are remembered while other models and addresses are used', () => {
    const learnedCorrections = createLearnedCorrections();
    learnedCorrections.learn(endpointOf('http://127.0.0.1:1'), 'a', 'no-seed');
    learnedCorrections.learn(endpointOf('http://127.0.0.1:1'), 'b', 'no-stream');
    learnedCorrections.learn(endpointOf('http://127.0.0.1:1/other/v1'), 'a', 'max-tokens');
    assert.deepEqual([...learnedCorrections.get(endpointOf('http://127.0.0.1:1'), 'a')], ['no-seed']);
    assert.deepEqual([...learnedCorrections.get(endpointOf('http://127.0.0.1:1'), 'b')], ['no-stream']);
    assert.deepEqual(
      [...learnedCorrections.get(endpointOf('http://127.0.0.1:1/other/v1'), 'a')],
      ['max-tokens'],
    );
    assert.deepEqual([...learnedCorrections.get(endpointOf('http://127.0.0.1:2'), 'a')], []);
  });

  it('are removed for the least recently used models after hundreds of others', () => {
    const learnedCorrections = createLearnedCorrections();
    const address = endpointOf('http://127.0.0.1:1');
    for (let number = 0; number < 200; number++)
      learnedCorrections.learn(address, `model-${number}`, 'no-seed');
    learnedCorrections.get(address, 'model-0');
    learnedCorrections.learn(address, 'one-more', 'no-seed');
    assert.equal(learnedCorrections.get(address, 'model-0').size, 1);
    assert.equal(learnedCorrections.get(address, 'model-1').size, 0);
  });
});
