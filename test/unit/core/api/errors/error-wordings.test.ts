import assert from 'node:assert/strict';
import { errorBody } from '../client-builders';
import { errorKind } from './error-kind';

/** Errors that their status or their code does not explain. */
const errors: readonly (readonly [kind: string, source: string, status: number, body: string])[] = [
  [
    'unauthorized',
    'Gemini without a key',
    403,
    `[${errorBody("Method doesn't allow unregistered callers. Use an API key.", { code: 403 })}]`,
  ],
  ['unauthorized', 'Gemini', 400, `[${errorBody('Missing or invalid Authorization header.')}]`],
  [
    'unauthorized',
    'LiteLLM',
    400,
    errorBody('Authentication Error, LiteLLM Virtual Key expected.', { type: 'auth_error', code: '400' }),
  ],
  [
    'unauthorized',
    'Cloudflare',
    403,
    '{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}',
  ],
  ['no-credit', 'Anthropic', 400, errorBody('You have reached your specified API usage limits.')],
  ['no-credit', 'Groq', 400, errorBody('Your organization has reached its spend limit')],
  ['no-credit', 'AI/ML API', 403, '{"message":"Complete verification to using the API: https://a.example"}'],
  ['rate-limited', 'Bedrock', 400, '{"message":"Too many requests, please wait before trying again."}'],
  ['forbidden content', 'Bedrock', 400, '{"message":"Guardrail intervened: content blocked"}'],
  [
    'forbidden content',
    'Cloudflare AI Gateway',
    424,
    '{"success":false,"error":[{"code":2016,"message":"Prompt blocked due to security configurations"}]}',
  ],
  ['forbidden blocked', 'a challenge', 503, '<!DOCTYPE html><title>Just a moment...</title>'],
  ['server', 'a lock', 423, '{"message":"The resource is locked"}'],
  ['bad-request', 'large headers', 431, '<html><title>431 Request Header Fields Too Large</title></html>'],
  [
    'wrong-address',
    'a version',
    400,
    '{"error":{"code":"BadRequest","message":"API version not supported"}}',
  ],
  ['server', 'an outage', 503, '<html><title>503 Service Unavailable</title></html>'],
  ['server', 'a busy model', 503, '{"message":"Just a moment, the model is loading"}'],
  ['bad-request', 'a parameter', 400, errorBody('max_tokens: authentication is not the problem')],
];

describe('The words of an error', () => {
  for (const [kind, source, status, body] of errors) {
    it(`identify it as ${kind} where its status does not: ${source}, ${status}`, () =>
      assert.equal(errorKind(status, body), kind));
  }
});
