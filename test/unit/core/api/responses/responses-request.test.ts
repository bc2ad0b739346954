import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildWireRequest, type Correction } from '../../../../../src/core/api';
import { nodeTransport } from '../../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer } from '../../../../server/server';
import { collectAnswer, requestTo, type CollectedAnswer } from '../../../../support/wire';

type Changes = NonNullable<Parameters<typeof requestTo>[1]>;

async function bodyOf(changes: Changes, ...learned: readonly Correction[]): Promise<unknown> {
  const parameters = { api: 'responses' as const, ...changes.parameters };
  const request = requestTo('http://127.0.0.1', { ...changes, parameters });
  return (await buildWireRequest(request, new Set(learned))).body;
}

describe('A request to the Responses API', () => {
  const input = [{ role: 'user', content: 'What is a monad?' }];
  const include = ['reasoning.encrypted_content'];
  const defaultBody = {
    model: 'o1-mini',
    input,
    include,
    max_output_tokens: 25_000,
    stream: true,
    store: false,
  };

  it('is not stored and contains only parameters of this API', async () => {
    assert.deepEqual(await bodyOf({ parameters: { n: 3, seed: 7, includeUsage: true } }), defaultBody);
    const messagesWithName = [{ role: 'user', content: 'What is a monad?', name: 'ada' }] as const;
    assert.deepEqual(await bodyOf({ messages: messagesWithName }), defaultBody);
  });

  it('contains the instructions as a parameter, or in the first question if the model rejects the parameter', async () => {
    const instructions = 'Be brief.';
    assert.deepEqual(await bodyOf({ instructions }), { ...defaultBody, instructions });
    const first = { role: 'user', content: 'Be brief.\n\nWhat is a monad?' };
    assert.deepEqual(await bodyOf({ instructions }, 'no-system-role'), { ...defaultBody, input: [first] });
  });

  it('requests a reasoning summary until this is rejected', async () => {
    const parameters = { reasoningSummary: 'auto' } as const;
    assert.deepEqual(await bodyOf({ parameters }), { ...defaultBody, reasoning: { summary: 'auto' } });
    assert.deepEqual(await bodyOf({ parameters }, 'no-reasoning-summary'), defaultBody);
  });

  it('has a limit of at least 16 tokens, the lowest that this API accepts', async () => {
    assert.deepEqual(await bodyOf({ parameters: { maxCompletionTokens: 1 } }), {
      ...defaultBody,
      max_output_tokens: 16,
    });
  });

  describe('to a server that is as strict as the service', () => {
    let api: ApiServer;

    before(async () => {
      api = await startServer({ pace: NO_DELAY });
    });
    beforeEach(() => api.clear());
    after(() => api.close());

    const ask = ({ parameters, ...changes }: Changes = {}): Promise<CollectedAnswer> =>
      collectAnswer(
        requestTo(api.origin, { ...changes, parameters: { api: 'responses', ...parameters } }),
        nodeTransport,
      );

    it('is accepted with any settings', async () => {
      const anyChanges = fc.record({
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
        fc.asyncProperty(anyChanges, async (changes) => {
          const { outcome } = await ask(changes);
          assert.deepEqual(outcome, { kind: 'complete' });
        }),
        { numRuns: 30 },
      );
    });

    it('returns the same text streamed and not streamed, with a summary if one was requested', async () => {
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

    it('can continue an answer that was cut off', async () => {
      const messages = [
        { role: 'user', content: 'Count.' },
        { role: 'assistant', content: 'One, two,' },
        { role: 'user', content: 'Go on.' },
      ] as const;
      assert.deepEqual((await ask({ messages })).outcome, { kind: 'complete' });
    });
  });
});
