import assert from 'node:assert/strict';
import { systemClock } from '../../src/host/clock';
import { nodeTransport } from '../../src/platform/node/transport';
import { done, answerText, answerStream } from '../server/faults/stream';
import { startServer, type ApiServer, type ScriptedReply } from '../server/server';
import { recordFigure, runs } from '../support/promises';
import { collectAnswer, requestTo, type CollectedAnswer } from '../support/wire';

/** The limit of the fetch of Node, in ms. */
const FIVE_MINUTES_MS = 300_000;
const SILENCE_MS = runs(FIVE_MINUTES_MS, 2 * FIVE_MINUTES_MS) + 5000;

/** The silences of a connection while a model is thinking. */
const silences = {
  'before the headers': {
    kind: 'silence',
    ms: SILENCE_MS,
    before: 'headers',
    stream: `${answerStream}${done}`,
  },
  'between the headers and the first text': {
    kind: 'silence',
    ms: SILENCE_MS,
    before: 'text',
    stream: `${answerStream}${done}`,
  },
  'before an answer that is not streamed': { kind: 'answer', text: answerText, thinkingMs: SILENCE_MS },
} satisfies Record<string, ScriptedReply>;
type Silence = keyof typeof silences;
const names = Object.keys(silences) as Silence[];

interface Timed<T> {
  readonly result: T;
  readonly elapsed: number;
}

async function timed<T>(result: Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  return { result: await result, elapsed: performance.now() - start };
}

/** Uses real time. All requests run at once, so that the suite takes five minutes and not twenty. */
describe('R2 A silence of more than five minutes, in real time,', () => {
  const servers: ApiServer[] = [];
  const answers = new Map<Silence, Promise<Timed<CollectedAnswer>>>();
  let fetchResult: Promise<Timed<unknown>>;

  async function silentServer(silence: Silence): Promise<ApiServer> {
    const api = await startServer();
    servers.push(api);
    api.script(silences[silence]);
    return api;
  }

  before(async () => {
    for (const name of names) {
      const { origin } = await silentServer(name);
      const stream = name !== 'before an answer that is not streamed';
      const request = requestTo(origin, { parameters: { stream, includeUsage: stream } });
      answers.set(name, timed(collectAnswer(request, nodeTransport, systemClock)));
    }
    const { origin } = await silentServer('before the headers');
    const request = fetch(`${origin}/v1/chat/completions`, { method: 'POST', body: '{}' });
    fetchResult = timed(request.catch((error: unknown) => error));
  });
  after(() => Promise.all(servers.map((api) => api.close())));

  for (const name of names) {
    it(`${name} ends with the complete answer`, async () => {
      const answer = await answers.get(name);
      assert.ok(answer);
      assert.deepEqual(answer.result.outcome, { kind: 'complete' });
      assert.deepEqual(answer.result.texts, [answerText]);
      assert.ok(answer.elapsed > FIVE_MINUTES_MS, `silent for only ${answer.elapsed} ms`);
      recordFigure('R2', `${Math.floor(SILENCE_MS / 1000)} s of silence ${name}`);
    });
  }

  it('is too long for the fetch of Node, which the transport therefore does not use', async () => {
    const { result, elapsed } = await fetchResult;
    assert.ok(result instanceof TypeError, `not aborted after ${elapsed} ms`);
    assert.match(String(result.cause), /HeadersTimeoutError/);
  });
});
