import assert from 'node:assert/strict';
import { reportedStatus } from '../../../../../src/core/api/errors/reported-status';
import { errorBody } from '../client-builders';
import { errorFor } from './error-kind';

describe('An error response with status 403', () => {
  const creditErrors = [
    '{"statusCode":403,"message":"Run out of credits"}',
    '{"message":"You have no credits left. Top up your balance."}',
    '{"error":{"message":"Please verify your account to use this model"}}',
    '{"error":{"message":"Your account is not verified"}}',
    errorBody('Your quota has been exceeded', { code: 'insufficient_quota' }),
    errorBody('Billing is not active', { code: 'billing_not_active' }),
    '{"error":{"message":"Insufficient balance"}}',
    '{"detail":"Payment required for this model"}',
    errorBody(
      'The free tier of the model has been exhausted. To continue access on a paid basis, disable it.',
      {
        code: 'AllocationQuota.FreeTierOnly',
      },
    ),
  ];
  for (const body of creditErrors) {
    it(`is about missing credit if its message says so: ${body}`, () =>
      assert.equal(errorFor(403, body).kind, 'no-credit'));
  }

  const keyErrors = [
    errorBody('Your token has expired', { code: 'token_expired' }),
    '{"error":{"message":"Invalid API key"}}',
    '{"message":"The API key has been revoked"}',
    '{"error":{"message":"Expired access token"}}',
  ];
  for (const body of keyErrors) {
    it(`is about the API key if its message says so: ${body}`, () =>
      assert.equal(errorFor(403, body).kind, 'unauthorized'));
  }

  const otherErrors: readonly (readonly [string, string])[] = [
    [
      'region',
      errorBody('Country, region, or territory not supported', {
        code: 'unsupported_country_region_territory',
      }),
    ],
    ['region', '{"error":{"message":"User location is not supported for the API use."}}'],
    ['permission', errorBody('You are not allowed to sample from this model', { code: 'permission_denied' })],
    ['permission', '{"error":{"message":"Project does not have access to model gpt-5"}}'],
    ['region', '{"message":"This model is not available in your location."}'],
    ['permission', '{"message":"This API key is restricted to other IP locations"}'],
    ['permission', '{}'],
    ['permission', '{"message":"Forbidden"}'],
    [
      'blocked',
      '<html><head><title>Access Denied</title></head><body>Blocked by corporate proxy</body></html>',
    ],
    ['blocked', '<title>Attention Required! | Cloudflare</title>'],
    ['blocked', 'error code: 1020'],
    ['blocked', ''],
  ];
  for (const [reason, body] of otherErrors) {
    it(`has the reason ${reason}: ${body.slice(0, 60)}`, () => {
      const error = errorFor(403, body);
      assert.ok(error.kind === 'forbidden', error.kind);
      assert.equal(error.reason, reason);
    });
  }
});

describe('The status of an error that is reported with a success status', () => {
  const reports: readonly (readonly [unknown, number | undefined])[] = [
    [{ error: { message: 'x', code: 503 } }, 503],
    [{ error: { message: 'x', code: '429' } }, 429],
    [
      {
        error: {
          message: 'Incorrect API key provided',
          type: 'invalid_request_error',
          code: 'invalid_api_key',
        },
      },
      401,
    ],
    [{ error: { message: 'slow', type: 'requests', code: 'rate_limit_exceeded' } }, 429],
    [{ error: { message: 'x', type: 'rate_limit_error' } }, 429],
    [{ error: { message: 'x', type: 'insufficient_quota' } }, 402],
    [{ error: { message: 'x', type: 'overloaded_error' } }, 503],
    [{ error: { message: 'x', type: 'server_error' } }, 500],
    [{ error: { message: 'x', code: 'context_length_exceeded' } }, 400],
    [{ error: { code: 7, message: 'x', status: 'PERMISSION_DENIED' } }, 403],
    [{ error: { message: 'x', status: 'RESOURCE_EXHAUSTED' } }, 429],
    [{ error: { message: 'No such model', code: 'model_not_found' } }, 404],
    [{ message: 'x', statusCode: 502 }, 502],
    [{ type: 'error', code: 'rate_limit_exceeded', message: 'x' }, 429],
    ['{"error":{"code":504}}', 504],
    [{ error: 'Too many requests, wait a bit' }, 429],
    [{ error: { message: 'The engine is currently overloaded' } }, 503],
    [{ base_resp: { status_code: 1004, status_msg: 'login fail: Please carry the key' } }, 401],
    [{ base_resp: { status_code: 1039, status_msg: 'token limit exceeded' } }, 429],
    [{ base_resp: { status_code: 9999, status_msg: 'odd' } }, undefined],
    [{ error: { message: 'Something odd' } }, undefined],
    [{ error: { code: 1, message: '' } }, undefined],
    ['no JSON', undefined],
    [null, undefined],
  ];
  for (const [body, status] of reports) {
    it(`is ${status ?? 'unknown'} for ${JSON.stringify(body)}`, () =>
      assert.equal(reportedStatus(body), status));
  }
});
