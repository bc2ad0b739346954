import assert from 'node:assert/strict';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { reasoningText, type Dialect } from '../../../server/dialects/dialect';
import { dialects, type DialectName } from '../../../server/dialects/dialects';
import { NO_DELAY, startServer, type ApiServer } from '../../../server/server';
import { collectAnswer, requestTo, type CollectedAnswer } from '../../../support/wire';
import { errorOf } from './client-builders';

const key = 'sk-right';
type Changes = NonNullable<Parameters<typeof requestTo>[1]>;

/** The corrections that each dialect requires for a request with instructions, a seed and two answers. */
const corrections: Readonly<Partial<Record<DialectName, readonly string[]>>> = {
  'aimlapi-old': ['max-tokens'],
  azure: ['no-system-role'],
  'llama.cpp': ['single-answers'],
  mistral: ['max-tokens', 'no-seed', 'no-stream-options'],
};

for (const name of Object.keys(dialects) as DialectName[]) {
  describe(`A server with the dialect of ${name}`, () => {
    const dialect: Dialect = dialects[name];
    let api: ApiServer;

    before(async () => {
      api = await startServer({ dialect: name, key, pace: NO_DELAY });
    });
    beforeEach(() => api.clear());
    after(() => api.close());

    const ask = ({ parameters, ...changes }: Changes = {}): Promise<CollectedAnswer> => {
      const allChanges = { apiKey: key, ...changes, parameters: { model: dialect.model, ...parameters } };
      return collectAnswer(requestTo(api.origin, allChanges), nodeTransport);
    };
    const scriptAnswer = (text: string): void => api.script({ kind: 'answer', text });

    const expectedText = 'One word, 🗼 and another.\n\n- an item\n';

    it('returns the same text streamed and not streamed, with reasoning, usage and finish reason', async () => {
      for (const stream of [true, false]) {
        scriptAnswer(expectedText);
        const { texts, events, outcome } = await ask({
          parameters: { stream, ...acceptedParameters(dialect) },
        });
        assert.deepEqual(
          [texts, outcome],
          [[expectedText], { kind: 'complete' }],
          `stream: ${String(stream)}`,
        );
        const reasoning = events.map((event) => (event.type === 'reasoning' ? event.text : '')).join('');
        assert.equal(reasoning, dialect.shape.reasoning ? reasoningText : '');
        assert.ok(events.some((event) => event.type === 'finished' && event.reason === 'stop'));
        const usages = events.flatMap((event) => (event.type === 'usage' ? [event.usage] : []));
        assert.ok((usages.at(-1)?.promptTokens ?? 0) > 0);
      }
    });

    it('reports a missing model, or answers with the only model that it has', async () => {
      const result = await ask({ parameters: { model: 'no-such-model', ...acceptedParameters(dialect) } });
      if (dialect.anyModel === true) assert.deepEqual(result.outcome, { kind: 'complete' });
      else assert.equal(errorOf(result).kind, 'model-not-found');
    });

    it('rejects a wrong key, which is reported as such', async () => {
      assert.equal(errorOf(await ask({ apiKey: 'sk-wrong' })).kind, 'unauthorized');
    });

    it('may interrupt an answer, whose text is kept and whose error message is reported', async () => {
      api.script({ kind: 'stream-error', message: 'the engine stopped' });
      const result = await ask({ parameters: acceptedParameters(dialect) });
      const error = errorOf(result);
      assert.deepEqual(error, { kind: 'broken-off', message: 'the engine stopped' });
      assert.ok(result.texts.join('').length > 0);
    });

    it('receives a corrected request after it has rejected a parameter', async () => {
      const { outcome, events, texts } = await ask({
        instructions: 'Be brief.',
        parameters: { n: 2, seed: 7 },
      });
      assert.deepEqual(outcome, { kind: 'complete' });
      assert.equal(texts.filter((text) => text !== '').length, 2);
      const learned = events.flatMap((event) => (event.type === 'corrected' ? [event.correction] : []));
      assert.deepEqual(learned.sort(), [...(corrections[name] ?? [])].sort());
    });

    it('accepts its own name of the token limit after it has rejected the other name', async () => {
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

/** Parameters that the dialect accepts, so that the first request receives the scripted reply. */
function acceptedParameters({ rejectedParameters }: Dialect): NonNullable<Changes['parameters']> {
  return {
    tokenLimitParameter: rejectedParameters.has('max_completion_tokens')
      ? 'max_tokens'
      : 'max_completion_tokens',
    includeUsage: !rejectedParameters.has('stream_options'),
  };
}
