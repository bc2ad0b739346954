import assert from 'node:assert/strict';
import { systemClock } from '../../src/host/clock';
import { nodeTransport } from '../../src/platform/node/transport';
import { done, answerText, answerStream } from '../server/faults/stream';
import { startServer, type ApiServer, type ScriptedReply } from '../server/server';
import { recordFigure, runs } from '../support/promises';
import { collectAnswer, requestTo, type CollectedAnswer } from '../support/wire';

/** Where Node's own fetch gives up, in ms. */
const fiveMinutes = 300_000;
const ms = runs(fiveMinutes, 2 * fiveMinutes) + 5000;

/** The silences a model that thinks leaves on the wire. */
const silences = {
  'before the headers': { kind: 'silence', ms, before: 'headers', stream: `${answerStream}${done}` },
  'between the headers and the first word': {
    kind: 'silence',
    ms,
    before: 'text',
    stream: `${answerStream}${done}`,
  },
  'before an answer that is not streamed': { kind: 'answer', text: answerText, thinkingMs: ms },
} satisfies Record<string, ScriptedReply>;
type Silence = keyof typeof silences;
const names = Object.keys(silences) as Silence[];

interface Waited<T> {
  readonly result: T;
  readonly elapsed: number;
}

async function waited<T>(result: Promise<T>): Promise<Waited<T>> {
  const start = performance.now();
  return { result: await result, elapsed: performance.now() - start };
}

/** Nothing is simulated here. All of it runs at once, so that it takes five minutes and not twenty. */
describe('R2 A silence of more than five minutes, in real time,', () => {
  const servers: ApiServer[] = [];
  const answers = new Map<Silence, Promise<Waited<CollectedAnswer>>>();
  let fetched: Promise<Waited<unknown>>;

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
      answers.set(name, waited(collectAnswer(request, nodeTransport, systemClock)));
    }
    const { origin } = await silentServer('before the headers');
    const asked = fetch(`${origin}/v1/chat/completions`, { method: 'POST', body: '{}' });
    fetched = waited(asked.catch((error: unknown) => error));
  });
  after(() => Promise.all(servers.map((api) => api.close())));

  for (const name of names) {
    it(`${name} ends with the whole answer`, async () => {
      const answer = await answers.get(name);
      assert.ok(answer);
      assert.deepEqual(answer.result.outcome, { kind: 'complete' });
      assert.deepEqual(answer.result.texts, [answerText]);
      assert.ok(answer.elapsed > fiveMinutes, `It was silent for ${answer.elapsed} ms only.`);
      recordFigure('R2', `${Math.floor(ms / 1000)} s of silence ${name}`);
    });
  }

  it("is too much for Node's own fetch, which is why the transport does not use it", async () => {
    const { result, elapsed } = await fetched;
    assert.ok(result instanceof TypeError, `It bore ${elapsed} ms of silence.`);
    assert.match(String(result.cause), /HeadersTimeoutError/);
  });
});
