import assert from 'node:assert/strict';
import { errorBody } from '../client-builders';
import { errorKind } from './error-kind';

const models =
  "key not allowed to access model. This key can only access models=['a']. Tried to access o1-mini";

const errors: readonly (readonly [source: string, status: number, body: string])[] = [
  [
    'Moonshot',
    404,
    errorBody('Not found the model o1-mini or Permission denied', { type: 'resource_not_found_error' }),
  ],
  ['Anthropic', 404, '{"type":"error","error":{"type":"not_found_error","message":"model: o1-mini"}}'],
  ['a gateway to Anthropic', 404, errorBody('model: claude-next')],
  ['a gateway that quotes the name', 404, errorBody('o1-mini: no deployment.')],
  [
    'new-api',
    503,
    errorBody('No available channel for model o1-mini under group default (distributor)', {
      code: 'model_not_found',
    }),
  ],
  ['one-api', 503, errorBody('当前分组 default 下对于模型 o1-mini 无可用渠道', { type: 'one_api_error' })],
  ['LiteLLM', 401, errorBody(models, { type: 'key_model_access_denied', code: '401' })],
  ['LiteLLM for a team', 403, errorBody(models, { type: 'team_model_access_denied', code: '403' })],
  [
    'Databricks',
    404,
    '{"error_code":"ENDPOINT_NOT_FOUND","message":"The given endpoint does not exist, please retry after checking the specified model and version deployment exists."}',
  ],
  [
    'Databricks with the name',
    404,
    '{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Endpoint o1-mini missing"}',
  ],
  ['Bedrock', 400, '{"message":"The provided model identifier is invalid."}'],
  ['Bedrock, retired', 404, '{"message":"This model version has reached the end of its life."}'],
  ['GitHub', 400, errorBody('Unavailable model: o1-mini', { code: 'unavailable_model' })],
  ['NVIDIA', 404, `{"title":"Not Found","detail":"Function '1-2': Not found for account 'a'"}`],
  ['Gemini', 400, `[${errorBody('* GenerateContentRequest.model: unexpected model name format')}]`],
  [
    'a server with Zod',
    400,
    JSON.stringify({
      error: { issues: [{ code: 'invalid_value', path: ['model'], message: "Expected 'a' | 'b'" }] },
    }),
  ],
  [
    'AI/ML API',
    400,
    JSON.stringify({
      statusCode: 400,
      message: JSON.stringify([{ path: ['model'], message: "Invalid discriminator value. Expected 'a'" }]),
    }),
  ],
  [
    'Ark',
    404,
    errorBody('Your account 1 has not activated the model m. Activate it.', { code: 'ModelNotOpen' }),
  ],
  [
    'OpenAI for a project',
    403,
    errorBody('Project `p` does not have access to model `o1-mini`', { code: 'model_not_found' }),
  ],
];

const others: readonly (readonly [kind: string, status: number, body: string])[] = [
  ['wrong-address', 404, '{"detail":"Not Found"}'],
  ['wrong-address', 404, errorBody('Cannot POST /v1/models/o1-mini/chat/completions')],
  ['wrong-address', 404, errorBody('Use o1-mini-2 at the new address')],
  ['wrong-address', 404, '<html><title>o1-mini</title></html>'],
  ['wrong-address', 405, errorBody('Method Not Allowed for o1-mini')],
  [
    'server',
    503,
    errorBody('The model is overloaded. Please try again later.', { code: 'model_not_available' }),
  ],
  ['rate-limited', 429, errorBody('This model is temporarily at capacity', { code: 'model_not_available' })],
  ['rate-limited', 429, errorBody('The model is at capacity', { code: 'model_not_available' })],
  ['no-credit', 402, errorBody('Insufficient balance for m', { code: 'model_not_available' })],
  ['server', 503, errorBody('Loading model', { type: 'unavailable_error' })],
  ['unauthorized', 401, errorBody('Incorrect API key provided', { code: 'invalid_api_key' })],
  ['bad-request', 400, errorBody('Images are not supported', { param: 'model' })],
  ['bad-request', 400, `{"error":{"issues":[{"path":["messages"],"message":"Expected array"}]}}`],
  ['forbidden permission', 403, errorBody('Permission denied', { code: 'access_denied' })],
];

describe('An error about a model that is not available', () => {
  for (const [source, status, body] of errors) {
    it(`is recognized by its code or its words, whatever its status: ${source}, ${status}`, () =>
      assert.equal(errorKind(status, body), 'model-not-found'));
  }

  for (const [kind, status, body] of others) {
    it(`is not assumed for ${status} ${body.slice(0, 80)}`, () =>
      assert.equal(errorKind(status, body), kind));
  }
});
