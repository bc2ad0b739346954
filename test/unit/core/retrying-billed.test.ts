import assert from 'node:assert/strict';
import { nodeTransport } from '../../../src/platform/node/transport';
import { startServer, type ApiServer } from '../../server/server';
import { recordFigure } from '../../support/promises';
import { requestTo, type CollectedAnswer } from '../../support/wire';
import {
  recordRequests,
  errorOf,
  finishEvent,
  testTimeouts,
  askAndCollect,
  errorBody,
  testClock,
  textEvent,
  type RecordingTransport,
  type TestClock,
} from './client-builders';

describe('R3 A request that may have been billed is sent once only,', () => {
  let api: ApiServer;
  let clock: TestClock;
  let transport: RecordingTransport;
  let onRequest = (): void => undefined;

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 }, onRequest: () => onRequest() });
  });
  beforeEach(() => {
    api.clear();
    clock = testClock('pass');
    transport = recordRequests(nodeTransport);
    onRequest = () => undefined;
  });
  afterEach(() => assert.equal(clock.running(), 0, 'timers that were left behind'));
  after(() => api.close());

  const ask = (): Promise<CollectedAnswer> =>
    askAndCollect(requestTo(api.origin, { maxRetries: 2, timeouts: testTimeouts }), transport, clock);
  const fail = (status: number, times: number, headers: Readonly<Record<string, string>> = {}): void => {
    for (let time = 0; time < times; time++) {
      api.script({ kind: 'status', status, headers, body: errorBody('not now') });
    }
  };

  const stream = Buffer.from(`${textEvent('Zwölf Türme')}${textEvent(' – 🗼.')}${finishEvent('stop')}`);
  const places = [0, 1, 5, 6, 40, 75, 76, 80, 120, stream.length - 2];
  for (const place of places) {
    it(`where the connection breaks ${place} bytes into its answer`, async () => {
      const chunks = place === 0 ? [] : [stream.subarray(0, place)];
      api.script({ kind: 'stream', chunks, end: 'destroy' });
      const error = errorOf(await ask());
      assert.deepEqual(error, { kind: 'network', reason: 'reset', detail: 'ECONNRESET' });
      assert.equal(api.requests.length, 1);
    });
  }
  after(() => recordFigure('R3', `an answer broken at ${places.length} places, asked once each time`));

  const empty: readonly (readonly [string, readonly string[]])[] = [
    ['nothing', []],
    ['keep-alives', [': wait\n\n']],
  ];
  for (const [what, chunks] of empty) {
    it(`where an answer was begun and ends after ${what}`, async () => {
      api.script({ kind: 'stream', chunks, end: 'close' });
      errorOf(await ask());
      assert.equal(api.requests.length, 1);
    });
  }

  it('where its first word did not come in time', async () => {
    api.script({ kind: 'hang' });
    const heard = ask();
    await clock.reached(testTimeouts['first-byte'] * 1000);
    clock.advance(testTimeouts['first-byte'] * 1000);
    assert.equal(errorOf(await heard).kind, 'timeout');
    assert.equal(transport.sent.length, 1);
  });

  it('where the connection was not made in time', async () => {
    transport = recordRequests(({ signal }) => {
      const response = aborted(signal);
      return { sent: response.catch(() => undefined), response };
    });
    const heard = ask();
    await clock.reached(testTimeouts.connect * 1000);
    clock.advance(testTimeouts.connect * 1000);
    assert.equal(errorOf(await heard).kind, 'timeout');
    assert.equal(transport.sent.length, 1);
  });

  it('where its answer stopped coming', async () => {
    api.script({ kind: 'stream', chunks: [textEvent('So far')], end: 'hang' });
    const heard = ask();
    await clock.reached(testTimeouts.idle * 1000);
    clock.advance(testTimeouts.idle * 1000);
    assert.equal(errorOf(await heard).kind, 'timeout');
    assert.equal(api.requests.length, 1);
  });

  it('where it fails after 30 seconds of thinking, and not a moment before', async () => {
    for (const [milliseconds, requests] of [
      [29_999, 2],
      [30_000, 1],
    ] as const) {
      api.clear();
      fail(503, 1);
      onRequest = () => {
        clock.advance(milliseconds);
        onRequest = () => undefined;
      };
      await ask();
      assert.equal(api.requests.length, requests, `${milliseconds} ms`);
    }
  });

  it('where it fails while the clock was set, so that none knows how long it thought', async () => {
    for (const hours of [-5, 5]) {
      api.clear();
      fail(503, 10);
      onRequest = () => {
        clock.set(hours * 3_600_000);
        onRequest = () => undefined;
      };
      assert.equal(errorOf(await ask()).kind, 'server');
      assert.equal(api.requests.length, 1, `${hours} hours`);
    }
  });

  it('unless the service says that it is to be sent again, after however long', async () => {
    fail(503, 1, { 'x-should-retry': 'true' });
    onRequest = () => {
      clock.advance(300_000);
      onRequest = () => undefined;
    };
    assert.deepEqual((await ask()).outcome, { kind: 'complete' });
  });
});

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}
