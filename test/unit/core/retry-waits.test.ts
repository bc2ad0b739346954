import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChatRequest } from '../../../src/core/api';
import { requestTo, type CollectedAnswer } from '../../support/wire';
import {
  completion,
  errorOf,
  testTimeouts,
  askAndCollect,
  eventsOfType,
  errorBody,
  respondWith,
  testClock,
  type RecordingTransport,
  type TestClock,
} from './client-builders';

type Headers = Readonly<Record<string, string>>;

const answered = { body: completion('At last') };
const hour = 3_600_000;

function asking(maxRetries = 2): ChatRequest {
  return requestTo('http://127.0.0.1', { maxRetries, timeouts: testTimeouts });
}

/** Refused once with these headers, at some hour of the clock. */
async function waitAfter(headers: Headers, hours = 0): Promise<number | undefined> {
  const clock = testClock('pass');
  clock.set(hours * hour);
  const transport = respondWith({ status: 429, headers, body: errorBody('slow down') }, answered);
  const heard = await askAndCollect(asking(), transport, clock);
  const told = eventsOfType(heard, 'retrying').map(({ delayMs }) => delayMs);
  assert.deepEqual(clock.waits, told, 'waits as long as it tells');
  assert.equal(transport.sent.length, 1 + told.length);
  return told[0];
}

describe('The delay before a retry', () => {
  const backoff = 500;
  const header: readonly (readonly [string, number | undefined])[] = [
    ['0', 0],
    ['1', 1000],
    ['1.5', 1500],
    [' 2 ', 2000],
    ['60', 60_000],
    ['90', 90_000],
    ['600', 600_000],
    ['601', undefined],
    ['86400', undefined],
    ['-1', backoff],
    ['NaN', backoff],
    ['Infinity', backoff],
    ['1e999', backoff],
    ['soon', backoff],
    ['', backoff],
    [' ', backoff],
    ['Thu, 01 Jan 1970 05:00:45 GMT', 45_000],
    ['Thu, 01 Jan 1970 05:00:00 GMT', 0],
    ['Thu, 01 Jan 1970 04:59:59 GMT', backoff],
    ['Fri, 02 Jan 1970 05:00:00 GMT', undefined],
  ];
  for (const [value, wait] of header) {
    const what = wait === undefined ? 'not waited for' : `${wait} ms`;
    it(`is ${what} at the word "${value}" in retry-after`, async () => {
      assert.equal(await waitAfter({ 'retry-after': value }, 5), wait);
    });
  }

  const precise: readonly (readonly [string, Headers, number | undefined])[] = [
    ['in milliseconds', { 'retry-after-ms': '250' }, 250],
    ['in milliseconds before seconds', { 'retry-after-ms': '1250', 'retry-after': '7' }, 1250],
    ['in no milliseconds at all', { 'retry-after-ms': '0', 'retry-after': '7' }, 0],
    [
      'in seconds where the milliseconds are no number',
      { 'retry-after-ms': 'soon', 'retry-after': '7' },
      7000,
    ],
    ['in seconds where the milliseconds are empty', { 'retry-after-ms': '', 'retry-after': '7' }, 7000],
    ['in too many milliseconds', { 'retry-after-ms': '86400000' }, undefined],
  ];
  for (const [what, headers, wait] of precise) {
    it(`is as the service says ${what}`, async () => {
      assert.equal(await waitAfter(headers), wait);
    });
  }

  it('doubles from half a second up to eight if the service does not specify it', async () => {
    const clock = testClock('pass');
    const transport = respondWith({ status: 503, body: errorBody('busy') });
    errorOf(await askAndCollect(asking(8), transport, clock));
    assert.deepEqual(clock.waits, [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
    assert.equal(transport.sent.length, 9);
  });

  it('is randomly reduced by up to a quarter, and never increased', async () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(chance, { minLength: 6, maxLength: 6 }), async (chances) => {
        const clock = testClock('pass');
        let turn = 0;
        const random = (): number => chances[turn++ % chances.length] ?? 0;
        await askAndCollect(asking(6), respondWith({ status: 503, body: '' }), clock, { random });
        for (const [index, wait] of clock.waits.entries()) {
          const longest = Math.min(500 * 2 ** index, 8000);
          assert.ok(wait <= longest && wait >= longest * 0.75, `${wait} of ${longest}`);
        }
      }),
    );
  });

  it('differs between clients that failed together', async () => {
    const waits = [0, 0.5, 0.999].map(async (chance) => {
      const clock = testClock('pass');
      await askAndCollect(asking(1), respondWith({ status: 503, body: '' }), clock, { random: () => chance });
      return clock.waits[0];
    });
    assert.deepEqual(await Promise.all(waits), [500, 437.5, 375.125]);
  });

  it('is not reduced if the service specified it', async () => {
    const clock = testClock('pass');
    const transport = respondWith({ status: 429, headers: { 'retry-after': '90' }, body: '' }, answered);
    await askAndCollect(asking(), transport, clock, { random: () => 0.99 });
    assert.deepEqual(clock.waits, [90_000]);
  });

  it('is reported when it begins, so that it can be counted down', async () => {
    const clock = testClock('hold');
    const transport = respondWith(
      { status: 429, headers: { 'retry-after': '90' }, body: errorBody('slow') },
      answered,
    );
    const told: (readonly [number, number])[] = [];
    const heard = askAndCollect(asking(), transport, clock, {
      onEvent: (event) => {
        if (event.type === 'retrying') told.push([event.delayMs, clock.running()]);
      },
    });
    await clock.reached(90_000);
    await new Promise(setImmediate);
    assert.deepEqual(told, [[90_000, 1]]);
    clock.advance(90_000);
    assert.deepEqual((await heard).outcome, { kind: 'complete' });
  });

  for (const hours of [-5, 5]) {
    it(`lasts as long though the clock is set by ${hours} hours meanwhile`, async () => {
      const clock = testClock('hold');
      const transport = respondWith({ status: 503, headers: { 'retry-after': '30' }, body: '' }, answered);
      const heard = askAndCollect(asking(), transport, clock);
      await clock.reached(30_000);
      clock.set(hours * hour);
      clock.advance(29_999);
      assert.equal(transport.sent.length, 1);
      clock.advance(1);
      assert.deepEqual((await heard).outcome, { kind: 'complete' });
      assert.equal(transport.sent.length, 2);
      assert.equal(clock.running(), 0);
    });
  }

  it('is never endless, for any headers and any clock', async () => {
    const value = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      fc.constantFrom('soon', '0x7fffffff', '1,5', '2e3', '+5', '--1', '٣'),
    );
    const headers = fc.record({ 'retry-after': value, 'retry-after-ms': value }, { requiredKeys: [] });
    const hours = fc.integer({ min: -500_000, max: 500_000 });
    await fc.assert(
      fc.asyncProperty(headers, hours, async (said, at) => {
        const wait = await waitAfter(said, at);
        assert.ok(wait === undefined || (wait >= 0 && wait <= 600_000), String(wait));
      }),
      { numRuns: 500 },
    );
  });
});

describe('A question that is stopped before a retry', () => {
  let clock: TestClock;
  let transport: RecordingTransport;
  let stop: AbortController;

  beforeEach(() => {
    clock = testClock('hold');
    transport = respondWith({ status: 429, headers: { 'retry-after': '90' }, body: errorBody('slow down') });
    stop = new AbortController();
  });

  const ask = (onEvent?: (type: string) => void): Promise<CollectedAnswer> =>
    askAndCollect(asking(), transport, clock, {
      signal: stop.signal,
      onEvent: ({ type }) => onEvent?.(type),
    });

  it('ends immediately, without timers or further requests', async () => {
    const heard = ask();
    await clock.reached(90_000);
    stop.abort();
    assert.deepEqual((await heard).outcome, { kind: 'stopped' });
    assert.equal(clock.running(), 0);
    clock.advance(hour);
    assert.equal(transport.sent.length, 1);
  });

  it('does not wait if it is stopped when the retry is reported', async () => {
    const { outcome } = await ask((type) => {
      if (type === 'retrying') stop.abort();
    });
    assert.deepEqual(outcome, { kind: 'stopped' });
    assert.deepEqual([clock.running(), transport.sent.length], [0, 1]);
  });
});
