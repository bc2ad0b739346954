import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildWireRequest, type Correction } from '../../../src/core/api';
import { nodeTransport } from '../../../src/platform/node/transport';
import { startServer, type ApiServer } from '../../server/server';
import { collectAnswer, requestTo, type CollectedAnswer } from '../../support/wire';

type Changes = NonNullable<Parameters<typeof requestTo>[1]>;

function bodyOf(changes: Changes, ...learned: readonly Correction[]): unknown {
  const parameters = { api: 'responses' as const, ...changes.parameters };
  return buildWireRequest(requestTo('http://127.0.0.1', { ...changes, parameters }), new Set(learned)).body;
}

describe('A request of the Responses API', () => {
  const input = [{ role: 'user', content: 'What is a monad?' }];
  const plain = { model: 'o1-mini', input, max_output_tokens: 25_000, stream: true, store: false };

  it('is not stored, and has none of the parameters that this API lacks', () => {
    assert.deepEqual(bodyOf({ parameters: { n: 3, seed: 7, includeUsage: true } }), plain);
    const named = [{ role: 'user', content: 'What is a monad?', name: 'ada' }] as const;
    assert.deepEqual(bodyOf({ messages: named }), plain);
  });

  it('has the instructions in a parameter, or in the first question where the model rejects that', () => {
    const instructions = 'Be brief.';
    assert.deepEqual(bodyOf({ instructions }), { ...plain, instructions });
    const first = { role: 'user', content: 'Be brief.\n\nWhat is a monad?' };
    assert.deepEqual(bodyOf({ instructions }, 'no-system-role'), { ...plain, input: [first] });
  });

  it('asks for a summary of the reasoning until that is rejected', () => {
    const parameters = { reasoningSummary: 'auto' } as const;
    assert.deepEqual(bodyOf({ parameters }), { ...plain, reasoning: { summary: 'auto' } });
    assert.deepEqual(bodyOf({ parameters }, 'no-reasoning-summary'), plain);
  });

  it('has a limit of at least 16 tokens, the lowest that this API accepts', () => {
    assert.deepEqual(bodyOf({ parameters: { maxCompletionTokens: 1 } }), { ...plain, max_output_tokens: 16 });
  });

  describe('to a server as strict as the service', () => {
    let api: ApiServer;

    before(async () => {
      api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
    });
    beforeEach(() => api.clear());
    after(() => api.close());

    const ask = ({ parameters, ...changes }: Changes = {}): Promise<CollectedAnswer> =>
      collectAnswer(
        requestTo(api.origin, { ...changes, parameters: { api: 'responses', ...parameters } }),
        nodeTransport,
      );

    it('is accepted, whatever the settings', async () => {
      const changes = fc.record({
        instructions: fc.constantFrom('', 'Be brief.'),
        parameters: fc.record({
          stream: fc.boolean(),
          n: fc.integer({ min: 1, max: 3 }),
          seed: fc.option(fc.integer({ min: 1 })),
          maxCompletionTokens: fc.integer({ min: 1, max: 65_536 }),
          reasoningSummary: fc.constantFrom('auto', 'concise', 'detailed'),
        }),
      });
      await fc.assert(
        fc.asyncProperty(changes, async (changed) => {
          const { outcome } = await ask(changed);
          assert.deepEqual(outcome, { kind: 'complete' });
        }),
        { numRuns: 30 },
      );
    });

    it('brings the same words streamed and whole, with a summary where it was asked for', async () => {
      for (const stream of [true, false]) {
        api.script({ kind: 'answer', text: 'One 🗼 word.' });
        const { texts, events, outcome } = await ask({ parameters: { stream, reasoningSummary: 'auto' } });
        assert.deepEqual([texts, outcome], [['One 🗼 word.'], { kind: 'complete' }]);
        assert.ok(events.some(({ type }) => type === 'reasoning'));
        assert.ok(events.some((event) => event.type === 'billed' && event.usd > 0));
      }
      const { events } = await ask();
      assert.ok(!events.some(({ type }) => type === 'reasoning'));
    });

    it('is sent once for each of several answers', async () => {
      const { texts } = await ask({ parameters: { n: 3 } });
      assert.equal(texts.filter(Boolean).length, 3);
      assert.equal(api.requests.length, 3);
    });

    it('goes on with an answer that was cut', async () => {
      const messages = [
        { role: 'user', content: 'Count.' },
        { role: 'assistant', content: 'One, two,' },
        { role: 'user', content: 'Go on.' },
      ] as const;
      assert.deepEqual((await ask({ messages })).outcome, { kind: 'complete' });
    });
  });
});
