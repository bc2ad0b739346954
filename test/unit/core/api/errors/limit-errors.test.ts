import assert from 'node:assert/strict';
import { errorBody } from '../client-builders';
import { errorKind } from './error-kind';

const reached = (limit: string): string =>
  errorBody(
    `Rate limit reached for model \`m\` on ${limit} Need more tokens? Upgrade today at https://console.a.example/settings/billing`,
    { code: 'rate_limit_exceeded' },
  );
const quota = 'You exceeded your current quota, please check your plan and billing details.';

/** The errors of services for limits that end by themselves, and for limits that only a payment ends. */
const errors: readonly (readonly [kind: string, status: number, body: string])[] = [
  ['rate-limited', 429, reached('tokens per minute (TPM): Limit 6000. Please try again in 6.4s.')],
  ['rate-limited', 429, reached('tokens per day (TPD): Limit 100000. Please try again in 9m38.016s.')],
  ['rate-limited', 429, reached('requests per day (RPD): Limit 200, Used 200.')],
  [
    'rate-limited',
    429,
    errorBody('Rate limit reached for m on requests per min. Please add a payment method to increase it.'),
  ],
  ['rate-limited', 429, errorBody(`${quota} Please retry in 1h2m3.5s.`)],
  ['rate-limited', 429, errorBody(`${quota} Please try again after 1 hour 5 minutes.`)],
  ['rate-limited', 429, errorBody('Slow down: a.example/account/billing/limits')],
  [
    'rate-limited',
    429,
    errorBody('Limit reached, increase it under Billing.', { code: 'rate_limit_exceeded' }),
  ],
  [
    'rate-limited',
    429,
    errorBody('Allocated quota exceeded, please increase your quota limit.', { code: 'insufficient_quota' }),
  ],
  ['no-credit', 429, errorBody(quota, { code: 'insufficient_quota' })],
  ['no-credit', 429, errorBody(quota)],
  ['no-credit', 429, errorBody('Your team has reached its monthly spending limit.')],
  ['no-credit', 403, errorBody('The team has no credits yet. Purchase them on https://console.a.example')],
  ['forbidden permission', 403, errorBody('Denied. See https://a.example/docs/subscription/payment')],
  ['too-large', 429, errorBody('Request too large on tokens per min (TPM): Limit 30000, Requested 45000.')],
  ['rate-limited', 429, '{"message":"Too many tokens, please wait before trying again."}'],
  [
    'rate-limited',
    429,
    errorBody(
      'litellm.RateLimitError: BedrockException - {"message":"Too many tokens, please wait before trying again."}',
    ),
  ],
  ['rate-limited', 429, errorBody('Too many input tokens')],
  ['rate-limited', 429, errorBody('Prompt is too long for now, slow down')],
  [
    'context-too-long',
    429,
    errorBody('Too many tokens: 9000 exceed the maximum context length of 8192 tokens'),
  ],
  ['context-too-long', 429, errorBody('Too long', { code: 'context_length_exceeded' })],
  ['context-too-long', 400, errorBody('Too many tokens')],
];

describe('An error about a limit of the account', () => {
  for (const [kind, status, body] of errors) {
    it(`is ${kind} by what ends the limit: ${status} ${body.slice(21, 120)}`, () =>
      assert.equal(errorKind(status, body), kind));
  }
});
