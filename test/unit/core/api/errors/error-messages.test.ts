import assert from 'node:assert/strict';
import { parseErrorResponse } from '../../../../../src/core/api/errors/error-response';

const target = { model: 'm', url: 'https://a.example/v1/chat/completions', alternative: 'https://a.example' };
const error = { message: 'Wrong input', code: 'wrong' };

const bodies: readonly (readonly [source: string, body: unknown, message: string, code?: string])[] = [
  ['OpenAI', { error }, 'Wrong input', 'wrong'],
  ['TabbyAPI', { detail: { error } }, 'Wrong input', 'wrong'],
  ['KoboldCpp', { detail: { msg: 'Busy' } }, 'Busy'],
  ['a server with FastAPI', { detail: { message: 'Wrong input' } }, 'Wrong input'],
  ['a server with FastAPI, as text', { detail: { error: 'Wrong input' } }, 'Wrong input'],
  ['a proxy that wraps the error', { error: { error } }, 'Wrong input', 'wrong'],
  [
    'a proxy that adds its code',
    { error: { code: 'upstream', error: { message: 'Bad' } } },
    'Bad',
    'upstream',
  ],
  ['Apigee', { fault: { faultstring: 'Invalid request', detail: { errorcode: 'x' } } }, 'Invalid request'],
  [
    'Databricks',
    { external_model_provider: 'x', external_model_error: { message: 'Wrong input' } },
    'Wrong input',
  ],
  [
    'Rails',
    { errors: { model: ['is invalid', 'is old'], n: ['is 2'] } },
    'model: is invalid; model: is old; n: is 2',
  ],
  [
    'ASP.NET',
    { title: 'One or more errors.', status: 400, errors: { Model: ['It is required.'] } },
    'Model: It is required.',
  ],
  ['a list of texts', { errors: ['Wrong input', 'Wrong too'] }, 'Wrong input'],
  ['NestJS', { statusCode: 400, message: 'Wrong input', error: 'Bad Request' }, 'Wrong input'],
  ['a server with only a code', { error: { code: 'too_old' } }, 'too_old', 'too_old'],
  ['a response that failed without a reason', { error: { code: 'failed' } }, '', 'failed'],
];

describe('The message of an error', () => {
  for (const [source, body, message, code] of bodies) {
    it(`is in the words of the service, wherever they are in its JSON: ${source}`, () => {
      const parsed = parseErrorResponse(400, JSON.stringify(body), undefined, target);
      assert.ok('message' in parsed.error);
      assert.deepEqual([parsed.error.message, parsed.code], [message, code]);
    });
  }
});
