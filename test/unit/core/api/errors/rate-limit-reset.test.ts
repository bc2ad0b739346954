import assert from 'node:assert/strict';
import { rateLimitReset } from '../../../../../src/core/api/errors/rate-limit-reset';
import { askForResponse, errorOf } from '../client-builders';

const now = Date.UTC(2026, 11, 1);

/** The headers of a rate limit, with the time until it is reset, in ms. */
const limits: readonly (readonly [headers: Readonly<Record<string, string>>, wait: number | undefined])[] = [
  [{ 'retry-after': '30s' }, 30_000],
  [{ 'retry-after': '1m30s' }, 90_000],
  [{ 'retry-after': '250ms' }, 250],
  [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s' }, 360_000],
  [{ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '7.66s' }, 7660],
  [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1h2m3s' }, 3_723_000],
  // Of two limits, only the one of which nothing is left matters, and both must be reset.
  [
    {
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '2s',
      'x-ratelimit-remaining-tokens': '500',
      'x-ratelimit-reset-tokens': '1d',
    },
    2000,
  ],
  [
    {
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '2s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '120ms',
    },
    2000,
  ],
  [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now + 5000) }, 5000],
  [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 60) }, 60_000],
  [{ 'ratelimit-remaining': '0', 'ratelimit-reset': '12' }, 12_000],
  [
    {
      'anthropic-ratelimit-tokens-remaining': '0',
      'anthropic-ratelimit-tokens-reset': new Date(now + 9000).toISOString(),
    },
    9000,
  ],
  [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now - 5000) }, undefined],
  [{ 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '60' }, undefined],
  [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }, undefined],
  [{ 'x-ratelimit-remaining': '0' }, undefined],
  [{ 'retry-after': '9'.repeat(100_000) + 'x' }, undefined],
  [{}, undefined],
];

describe('The time until a rate limit is reset', () => {
  for (const [headers, wait] of limits) {
    it(`is read from the headers of any service: ${JSON.stringify(headers).slice(0, 120)}`, () => {
      assert.equal(
        rateLimitReset((name) => headers[name], now),
        wait,
      );
    });
  }

  it('is shown if the wait is too long for a retry', async () => {
    const headers = { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1h0m0s' };
    const error = errorOf(await askForResponse({ status: 429, headers, body: '{"message":"Slow down"}' }));
    assert.ok(error.kind === 'rate-limited');
    assert.equal(error.retryAfter, 3600);
  });

  it('matters less than the seconds of a `retry-after`', async () => {
    const headers = { 'retry-after': '7', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3600' };
    const error = errorOf(await askForResponse({ status: 429, headers, body: '{"message":"Slow down"}' }));
    assert.ok(error.kind === 'rate-limited');
    assert.equal(error.retryAfter, 7);
  });
});
