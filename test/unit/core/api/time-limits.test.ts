import assert from 'node:assert/strict';
import { askModel, type ChatEvent, type Outcome, type Transport } from '../../../../src/core/api';
import type { Clock } from '../../../../src/core/clock';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer } from '../../../server/server';
import { collectAnswer, manualClock, clientServicesOver, requestTo } from '../../../support/wire';
import { neverConnect } from './client-builders';

const delta = 'data: {"choices":[{"index":0,"delta":{"content":"So far"}}]}\n\n';

describe('The time limits of the client', () => {
  let api: ApiServer;

  beforeEach(async () => {
    api = await startServer({ pace: NO_DELAY });
  });
  afterEach(() => api.close());

  async function collect(
    clock: Clock,
    onEvent: (event: ChatEvent) => void,
    signal = new AbortController().signal,
  ) {
    let outcome: Outcome | undefined;
    for await (const event of askModel(
      requestTo(api.origin),
      clientServicesOver(nodeTransport, clock),
      signal,
    )) {
      onEvent(event);
      if (event.type === 'ended') outcome = event.outcome;
    }
    return outcome;
  }

  it('apply the first-byte limit until the first word, even after headers and keep-alives', async () => {
    const clock = manualClock();
    api.script({ kind: 'stream', chunks: [': thinking\n\n'], end: 'hang' });
    const outcome = await collect(clock, (event) => {
      // This is more than the idle limit, which does not apply yet.
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
    const outcome = await collect(clock, (event) => {
      if (event.type !== 'text') return;
      texts.push(event.text);
      setImmediate(() => clock.advance(120_000));
    });
    assert.deepEqual(texts, ['So far']);
    assert.deepEqual(outcome, { kind: 'failed', error: { kind: 'timeout', phase: 'idle', seconds: 120 } });
  });

  it('stop a connection that is not accepted', async () => {
    const clock = manualClock();
    const transport: Transport = (request) => {
      queueMicrotask(() => clock.advance(10_000));
      return neverConnect(request);
    };
    const { outcome } = await collectAnswer(requestTo(api.origin), transport, clock);
    assert.deepEqual(outcome, { kind: 'failed', error: { kind: 'timeout', phase: 'connect', seconds: 10 } });
  });

  for (const phase of ['sent', 'accepted', 'text'] as const) {
    it(`do not prevent a stop in the phase ${phase}, which the server notices`, async () => {
      const abortController = new AbortController();
      api.script({ kind: 'stream', chunks: [delta], end: 'hang' });
      const outcome = await collect(
        manualClock(),
        (event) => {
          if (event.type === phase) abortController.abort();
        },
        abortController.signal,
      );
      assert.deepEqual(outcome, { kind: 'stopped' });
      for (const request of api.requests) assert.equal(await request.ended, 'closedEarly');
    });
  }
});
