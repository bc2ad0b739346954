import assert from 'node:assert/strict';
import { askModel, type ChatEvent, type Outcome, type Transport } from '../../../src/core/api';
import type { Clock } from '../../../src/core/clock';
import { nodeTransport } from '../../../src/platform/node/transport';
import { startServer, type ApiServer } from '../../server/server';
import { collectAnswer, manualClock, portsOver, requestTo } from '../../support/wire';

const pace = { thinkingMs: 0, deltaMs: 0 };
const delta = 'data: {"choices":[{"index":0,"delta":{"content":"So far"}}]}\n\n';

describe('The time limits of the client', () => {
  let api: ApiServer;

  beforeEach(async () => {
    api = await startServer({ pace });
  });
  afterEach(() => api.close());

  async function listen(
    clock: Clock,
    onEvent: (event: ChatEvent) => void,
    signal = new AbortController().signal,
  ) {
    let outcome: Outcome | undefined;
    for await (const event of askModel(requestTo(api.origin), portsOver(nodeTransport, clock), signal)) {
      onEvent(event);
      if (event.type === 'ended') outcome = event.outcome;
    }
    return outcome;
  }

  it('apply the first-byte limit until the first word, even after headers and keep-alives', async () => {
    const clock = manualClock();
    api.script({ kind: 'stream', chunks: [': thinking\n\n'], end: 'hang' });
    const outcome = await listen(clock, (event) => {
      // More than the limit between words, which does not hold yet.
      if (event.type === 'accepted') clock.advance(899_000);
      if (event.type === 'accepted') queueMicrotask(() => clock.advance(1000));
    });
    assert.deepEqual(outcome, {
      kind: 'failed',
      error: { kind: 'timeout', phase: 'first-byte', seconds: 900 },
    });
  });

  it('stop a stream that is silent, and keep its text', async () => {
    const clock = manualClock();
    api.script({ kind: 'stream', chunks: [delta], end: 'hang' });
    const texts: string[] = [];
    const outcome = await listen(clock, (event) => {
      if (event.type !== 'text') return;
      texts.push(event.text);
      setImmediate(() => clock.advance(120_000));
    });
    assert.deepEqual(texts, ['So far']);
    assert.deepEqual(outcome, { kind: 'failed', error: { kind: 'timeout', phase: 'idle', seconds: 120 } });
  });

  it('stop a connection that is not accepted', async () => {
    const clock = manualClock();
    const never: Transport = ({ signal }) => {
      const response = new Promise<never>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      );
      queueMicrotask(() => clock.advance(10_000));
      return { sent: response.catch(() => undefined), response };
    };
    const { outcome } = await collectAnswer(requestTo(api.origin), never, clock);
    assert.deepEqual(outcome, { kind: 'failed', error: { kind: 'timeout', phase: 'connect', seconds: 10 } });
  });

  for (const phase of ['sent', 'accepted', 'text'] as const) {
    it(`stops once it has ${phase}, and the server sees it`, async () => {
      const stop = new AbortController();
      api.script({ kind: 'stream', chunks: [delta], end: 'hang' });
      const outcome = await listen(
        manualClock(),
        (event) => {
          if (event.type === phase) stop.abort();
        },
        stop.signal,
      );
      assert.deepEqual(outcome, { kind: 'stopped' });
      for (const request of api.requests) assert.equal(await request.ended, 'closedEarly');
    });
  }
});
