import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChatRequest } from '../../../../src/core/api';
import { requestTo, type CollectedAnswer } from '../../../support/wire';
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
const HOUR_MS = 3_600_000;

function requestWith(maxRetries = 2): ChatRequest {
  return requestTo('http://127.0.0.1', { maxRetries, timeouts: testTimeouts });
}

/** The delay after a response with status 429, at this hour of the clock; undefined if there is no retry. */
async function delayAfter(headers: Headers, hours = 0, message = 'slow down'): Promise<number | undefined> {
  const clock = testClock('pass');
  clock.set(hours * HOUR_MS);
  const transport = respondWith({ status: 429, headers, body: errorBody(message) }, answered);
  const answer = await askAndCollect(requestWith(), transport, clock);
  const reported = eventsOfType(answer, 'retrying').map(({ delayMs }) => delayMs);
  assert.deepEqual(clock.waits, reported, 'the reported delay is the real one');
  assert.equal(transport.sent.length, 1 + reported.length);
  return reported[0];
}

describe('The delay before a retry', () => {
  const backoff = 500;
  const retryAfterValues: readonly (readonly [string, number | undefined])[] = [
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
  for (const [value, delay] of retryAfterValues) {
    const expected = delay === undefined ? 'too long to retry' : `${delay} ms`;
    it(`is ${expected} for retry-after: "${value}"`, async () => {
      assert.equal(await delayAfter({ 'retry-after': value }, 5), delay);
    });
  }

  const messages: Readonly<Record<string, number | undefined>> = {
    'Rate limit reached. Please try again in 20s. Need more? Upgrade.': 20_000,
    'Please try again in 858ms.': 858,
    'Please try again in 1m12.5s.': 72_500,
    'You exceeded your current quota.\nPlease retry in 13.297785898s.': 13_298,
    'Please retry after 6 seconds.': 6000,
    'Rate limit of 50 per 60s exceeded. Please wait 43 seconds before retrying.': 43_000,
    'Too many requests, please try again in 1 minute': 60_000,
    'Please try again in 7h12m': undefined,
    'Rate limit of 50 per 60s exceeded': backoff,
    'Please try again in a moment': backoff,
    'Please wait 20 tokens': backoff,
  };
  for (const [message, delay] of Object.entries(messages)) {
    const expected = delay === undefined ? 'too long to retry' : `${delay} ms`;
    it(`is ${expected} for the message "${message}", without a header`, async () => {
      assert.equal(await delayAfter({}, 0, message), delay);
      assert.equal(await delayAfter({ 'retry-after': '7' }, 0, message), 7000);
    });
  }

  const headerCombinations: readonly (readonly [string, Headers, number | undefined])[] = [
    ['in milliseconds', { 'retry-after-ms': '250' }, 250],
    ['in milliseconds in preference to seconds', { 'retry-after-ms': '1250', 'retry-after': '7' }, 1250],
    ['in milliseconds, which may be 0', { 'retry-after-ms': '0', 'retry-after': '7' }, 0],
    [
      'in seconds if the milliseconds are not a number',
      { 'retry-after-ms': 'soon', 'retry-after': '7' },
      7000,
    ],
    ['in seconds if the milliseconds are empty', { 'retry-after-ms': '', 'retry-after': '7' }, 7000],
    ['in milliseconds, which are too many to retry', { 'retry-after-ms': '86400000' }, undefined],
  ];
  for (const [form, headers, delay] of headerCombinations) {
    it(`is read ${form}`, async () => {
      assert.equal(await delayAfter(headers), delay);
    });
  }

  it('doubles from half a second up to eight if the service does not specify it', async () => {
    const clock = testClock('pass');
    const transport = respondWith({ status: 503, body: errorBody('busy') });
    errorOf(await askAndCollect(requestWith(8), transport, clock));
    assert.deepEqual(clock.waits, [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
    assert.equal(transport.sent.length, 9);
  });

  it('is randomly reduced by up to a quarter, and never increased', async () => {
    const anyChance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(anyChance, { minLength: 6, maxLength: 6 }), async (chances) => {
        const clock = testClock('pass');
        let turn = 0;
        const random = (): number => chances[turn++ % chances.length] ?? 0;
        await askAndCollect(requestWith(6), respondWith({ status: 503, body: '' }), clock, { random });
        for (const [index, wait] of clock.waits.entries()) {
          const maxDelay = Math.min(500 * 2 ** index, 8000);
          assert.ok(wait <= maxDelay && wait >= maxDelay * 0.75, `${wait} of ${maxDelay}`);
        }
      }),
    );
  });

  it('differs between clients that failed together', async () => {
    const waits = [0, 0.5, 0.999].map(async (chance) => {
      const clock = testClock('pass');
      await askAndCollect(requestWith(1), respondWith({ status: 503, body: '' }), clock, {
        random: () => chance,
      });
      return clock.waits[0];
    });
    assert.deepEqual(await Promise.all(waits), [500, 437.5, 375.125]);
  });

  it('is not reduced if the service specified it', async () => {
    const clock = testClock('pass');
    const transport = respondWith({ status: 429, headers: { 'retry-after': '90' }, body: '' }, answered);
    await askAndCollect(requestWith(), transport, clock, { random: () => 0.99 });
    assert.deepEqual(clock.waits, [90_000]);
  });

  it('is reported when it begins, so that it can be counted down', async () => {
    const clock = testClock('hold');
    const transport = respondWith(
      { status: 429, headers: { 'retry-after': '90' }, body: errorBody('slow') },
      answered,
    );
    const reported: (readonly [number, number])[] = [];
    const answer = askAndCollect(requestWith(), transport, clock, {
      onEvent: (event) => {
        if (event.type === 'retrying') reported.push([event.delayMs, clock.running()]);
      },
    });
    await clock.reached(90_000);
    await new Promise(setImmediate);
    assert.deepEqual(reported, [[90_000, 1]]);
    clock.advance(90_000);
    assert.deepEqual((await answer).outcome, { kind: 'complete' });
  });

  for (const hours of [-5, 5]) {
    it(`does not change if the clock is set by ${hours} hours in the meantime`, async () => {
      const clock = testClock('hold');
      const transport = respondWith({ status: 503, headers: { 'retry-after': '30' }, body: '' }, answered);
      const answer = askAndCollect(requestWith(), transport, clock);
      await clock.reached(30_000);
      clock.set(hours * HOUR_MS);
      clock.advance(29_999);
      assert.equal(transport.sent.length, 1);
      clock.advance(1);
      assert.deepEqual((await answer).outcome, { kind: 'complete' });
      assert.equal(transport.sent.length, 2);
      assert.equal(clock.running(), 0);
    });
  }

  it('is never endless, for any headers and any clock', async () => {
    const anyValue = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      fc.constantFrom('soon', '0x7fffffff', '1,5', '2e3', '+5', '--1', '٣'),
    );
    const anyHeaders = fc.record(
      { 'retry-after': anyValue, 'retry-after-ms': anyValue },
      { requiredKeys: [] },
    );
    const anyHour = fc.integer({ min: -500_000, max: 500_000 });
    await fc.assert(
      fc.asyncProperty(anyHeaders, anyHour, async (headers, hours) => {
        const delay = await delayAfter(headers, hours);
        assert.ok(delay === undefined || (delay >= 0 && delay <= 600_000), String(delay));
      }),
      { numRuns: 500 },
    );
  });
});

describe('A question that is stopped before a retry', () => {
  let clock: TestClock;
  let transport: RecordingTransport;
  let abortController: AbortController;

  beforeEach(() => {
    clock = testClock('hold');
    transport = respondWith({ status: 429, headers: { 'retry-after': '90' }, body: errorBody('slow down') });
    abortController = new AbortController();
  });

  const ask = (onEvent?: (type: string) => void): Promise<CollectedAnswer> =>
    askAndCollect(requestWith(), transport, clock, {
      signal: abortController.signal,
      onEvent: ({ type }) => onEvent?.(type),
    });

  it('ends immediately, without timers or further requests', async () => {
    const answer = ask();
    await clock.reached(90_000);
    abortController.abort();
    assert.deepEqual((await answer).outcome, { kind: 'stopped' });
    assert.equal(clock.running(), 0);
    clock.advance(HOUR_MS);
    assert.equal(transport.sent.length, 1);
  });

  it('does not wait if it is stopped when the retry is reported', async () => {
    const { outcome } = await ask((type) => {
      if (type === 'retrying') abortController.abort();
    });
    assert.deepEqual(outcome, { kind: 'stopped' });
    assert.deepEqual([clock.running(), transport.sent.length], [0, 1]);
  });
});
