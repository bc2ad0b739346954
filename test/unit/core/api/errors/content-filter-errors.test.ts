import assert from 'node:assert/strict';
import { errorBody } from '../client-builders';
import { errorKind } from './error-kind';

const errors: readonly (readonly [source: string, status: number, body: string])[] = [
  ['DeepSeek', 400, errorBody('Content Exists Risk')],
  [
    'xAI',
    403,
    '{"code":"The caller does not have permission","error":"Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO"}',
  ],
  [
    'Ark',
    400,
    errorBody('The request failed because the input may contain sensitive information.', {
      code: 'SensitiveContentDetected',
    }),
  ],
  ['Ark by its code', 400, errorBody('Failed', { code: 'InputTextSensitiveContentDetected' })],
  ['Zhipu', 400, errorBody('系统检测到输入或生成内容可能包含不安全或敏感内容', { code: '1301' })],
  [
    'OpenRouter',
    403,
    '{"error":{"code":403,"message":"Refused","metadata":{"reasons":["violence"],"flagged_input":"…"}}}',
  ],
  ['LiteLLM', 400, '{"detail":"Violated guardrail policy"}'],
];

const others: readonly (readonly [kind: string, status: number, body: string])[] = [
  ['bad-request', 400, errorBody("'messages[0].content' violates the minimum length")],
  ['bad-request', 400, errorBody('Parameter names are case-sensitive')],
  ['forbidden permission', 403, errorBody('You may not use this content type')],
];

describe('A question that the content filter of a service rejects', () => {
  for (const [source, status, body] of errors) {
    it(`is told from a wrong setting and a missing permission: ${source}, ${status}`, () =>
      assert.equal(errorKind(status, body), 'forbidden content'));
  }

  for (const [kind, status, body] of others) {
    it(`is not assumed for ${status} ${body}`, () => assert.equal(errorKind(status, body), kind));
  }
});
