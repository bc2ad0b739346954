import assert from 'node:assert/strict';
import { recordFigure } from '../../../support/promises';
import {
  neverConnect,
  recordRequests,
  errorOf,
  finishEvent,
  testTimeouts,
  textEvent,
} from './client-builders';
import { useRetryFixture } from './retry-fixture';

describe('R3 A request that may have been billed is sent only once', () => {
  const fixture = useRetryFixture();

  const stream = Buffer.from(`${textEvent('Zwölf Türme')}${textEvent(' – 🗼.')}${finishEvent('stop')}`);
  const positions = [0, 1, 5, 6, 40, 75, 76, 80, 120, stream.length - 2];
  for (const position of positions) {
    it(`if the connection breaks after ${position} bytes of its answer`, async () => {
      const chunks = position === 0 ? [] : [stream.subarray(0, position)];
      fixture.api.script({ kind: 'stream', chunks, end: 'destroy' });
      const error = errorOf(await fixture.ask());
      assert.deepEqual(error, { kind: 'network', reason: 'reset', detail: 'ECONNRESET' });
      assert.equal(fixture.api.requests.length, 1);
    });
  }
  after(() =>
    recordFigure('R3', `an answer interrupted at ${positions.length} positions, requested once each time`),
  );

  const emptyStreams: readonly (readonly [string, readonly string[]])[] = [
    ['nothing', []],
    ['keep-alives', [': wait\n\n']],
  ];
  for (const [name, chunks] of emptyStreams) {
    it(`if its answer starts and ends after ${name}`, async () => {
      fixture.api.script({ kind: 'stream', chunks, end: 'close' });
      errorOf(await fixture.ask());
      assert.equal(fixture.api.requests.length, 1);
    });
  }

  it('if its first text was not received in time', async () => {
    fixture.api.script({ kind: 'hang' });
    const answer = fixture.ask();
    await fixture.clock.reached(testTimeouts['first-byte'] * 1000);
    fixture.clock.advance(testTimeouts['first-byte'] * 1000);
    assert.equal(errorOf(await answer).kind, 'timeout');
    assert.equal(fixture.transport.sent.length, 1);
  });

  it('if the connection was not established in time', async () => {
    fixture.transport = recordRequests(neverConnect);
    const answer = fixture.ask();
    await fixture.clock.reached(testTimeouts.connect * 1000);
    fixture.clock.advance(testTimeouts.connect * 1000);
    assert.equal(errorOf(await answer).kind, 'timeout');
    assert.equal(fixture.transport.sent.length, 1);
  });

  it('if its answer stalled', async () => {
    fixture.api.script({ kind: 'stream', chunks: [textEvent('So far')], end: 'hang' });
    const answer = fixture.ask();
    await fixture.clock.reached(testTimeouts.idle * 1000);
    fixture.clock.advance(testTimeouts.idle * 1000);
    assert.equal(errorOf(await answer).kind, 'timeout');
    assert.equal(fixture.api.requests.length, 1);
  });

  it('if it fails after at least 30 seconds of thinking', async () => {
    for (const [milliseconds, requests] of [
      [29_999, 2],
      [30_000, 1],
    ] as const) {
      fixture.api.clear();
      fixture.scriptErrors(503, 1);
      fixture.onRequest = () => {
        fixture.clock.advance(milliseconds);
        fixture.onRequest = () => undefined;
      };
      await fixture.ask();
      assert.equal(fixture.api.requests.length, requests, `${milliseconds} ms`);
    }
  });

  it('if it fails and the clock was set, so that the thinking time is unknown', async () => {
    for (const hours of [-5, 5]) {
      fixture.api.clear();
      fixture.scriptErrors(503, 10);
      fixture.onRequest = () => {
        fixture.clock.set(hours * 3_600_000);
        fixture.onRequest = () => undefined;
      };
      assert.equal(errorOf(await fixture.ask()).kind, 'server');
      assert.equal(fixture.api.requests.length, 1, `${hours} hours`);
    }
  });

  it('unless the service requests a retry, after any time', async () => {
    fixture.scriptErrors(503, 1, { 'x-should-retry': 'true' });
    fixture.onRequest = () => {
      fixture.clock.advance(300_000);
      fixture.onRequest = () => undefined;
    };
    assert.deepEqual((await fixture.ask()).outcome, { kind: 'complete' });
  });
});
