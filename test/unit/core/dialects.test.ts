import assert from 'node:assert/strict';
import type { ChatError } from '../../../src/core/api';
import { nodeTransport } from '../../../src/platform/node/transport';
import { thought, type Dialect } from '../../server/dialects/dialect';
import { dialects, type DialectName } from '../../server/dialects/dialects';
import { startServer, type ApiServer } from '../../server/server';
import { collectAnswer, requestTo, type CollectedAnswer } from '../../support/wire';

const key = 'sk-right';
type Changes = NonNullable<Parameters<typeof requestTo>[1]>;

/** What each dialect makes the client send otherwise, asked with instructions, a seed and two answers. */
const corrections: Readonly<Partial<Record<DialectName, readonly string[]>>> = {
  'aimlapi-old': ['max-tokens'],
  azure: ['no-system-role'],
  'llama.cpp': ['single-answers'],
  mistral: ['max-tokens', 'no-seed', 'no-stream-options'],
};

function errorOf({ outcome }: CollectedAnswer): ChatError {
  assert.equal(outcome.kind, 'failed');
  return outcome.error;
}

for (const name of Object.keys(dialects) as DialectName[]) {
  describe(`A server that speaks like ${name}`, () => {
    const dialect: Dialect = dialects[name];
    let api: ApiServer;

    before(async () => {
      api = await startServer({ dialect: name, key, pace: { thinkingMs: 0, deltaMs: 0 } });
    });
    beforeEach(() => api.clear());
    after(() => api.close());

    const ask = ({ parameters, ...changes }: Changes = {}): Promise<CollectedAnswer> => {
      const asked = { apiKey: key, ...changes, parameters: { model: dialect.model, ...parameters } };
      return collectAnswer(requestTo(api.origin, asked), nodeTransport);
    };
    const answer = (text: string): void => api.script({ kind: 'answer', text });

    const said = 'One word, 🗼 and another.\n\n- an item\n';

    it('returns the same text streamed and not streamed, with reasoning, usage and finish reason', async () => {
      for (const stream of [true, false]) {
        answer(said);
        const { texts, events, outcome } = await ask({ parameters: { stream, ...taken(dialect) } });
        assert.deepEqual([texts, outcome], [[said], { kind: 'complete' }], `stream: ${String(stream)}`);
        const reasoning = events.map((event) => (event.type === 'reasoning' ? event.text : '')).join('');
        assert.equal(reasoning, dialect.shape.reasoning ? thought : '');
        assert.ok(events.some((event) => event.type === 'finished' && event.reason === 'stop'));
        const usages = events.flatMap((event) => (event.type === 'usage' ? [event.usage] : []));
        assert.ok((usages.at(-1)?.promptTokens ?? 0) > 0);
      }
    });

    it('reports a missing model, or answers with its only one', async () => {
      const heard = await ask({ parameters: { model: 'no-such-model', ...taken(dialect) } });
      if (dialect.anyModel === true) assert.deepEqual(heard.outcome, { kind: 'complete' });
      else assert.equal(errorOf(heard).kind, 'model-not-found');
    });

    it('rejects a wrong key, which is reported as such', async () => {
      assert.equal(errorOf(await ask({ apiKey: 'sk-wrong' })).kind, 'unauthorized');
    });

    it('may break off an answer: its text is kept, and the error message is reported', async () => {
      api.script({ kind: 'breaks-off', message: 'the engine stopped' });
      const heard = await ask({ parameters: taken(dialect) });
      const error = errorOf(heard);
      assert.deepEqual(error, { kind: 'broken-off', message: 'the engine stopped' });
      assert.ok(heard.texts.join('').length > 0);
    });

    it('receives a corrected request after it rejects a parameter', async () => {
      const { outcome, events, texts } = await ask({
        instructions: 'Be brief.',
        parameters: { n: 2, seed: 7 },
      });
      assert.deepEqual(outcome, { kind: 'complete' });
      assert.equal(texts.filter((text) => text !== '').length, 2);
      const learned = events.flatMap((event) => (event.type === 'corrected' ? [event.correction] : []));
      assert.deepEqual(learned.sort(), [...(corrections[name] ?? [])].sort());
    });

    it('accepts its own name of the token limit after it rejected the other', async () => {
      for (const tokenLimitParameter of ['max_tokens', 'max_completion_tokens'] as const) {
        const { outcome } = await ask({ parameters: { tokenLimitParameter } });
        assert.deepEqual(outcome, { kind: 'complete' }, tokenLimitParameter);
      }
    });

    it('lists the model that it serves', async () => {
      const { data } = (await (await fetch(`${api.origin}/v1/models`)).json()) as {
        readonly data: readonly { readonly id: string }[];
      };
      assert.deepEqual(
        data.map(({ id }) => id),
        [dialect.model],
      );
    });
  });
}

/** Parameters that the dialect takes at once, so that a scripted reply meets the first request. */
function taken({ refuses }: Dialect): NonNullable<Changes['parameters']> {
  return {
    tokenLimitParameter: refuses.has('max_completion_tokens') ? 'max_tokens' : 'max_completion_tokens',
    includeUsage: !refuses.has('stream_options'),
  };
}
