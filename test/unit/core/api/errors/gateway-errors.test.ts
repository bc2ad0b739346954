import assert from 'node:assert/strict';
import { parseErrorResponse } from '../../../../../src/core/api/errors/error-response';
import { errorBody } from '../client-builders';

const target = { model: 'm', url: 'https://a.example/v1/chat/completions', alternative: 'https://a.example' };

/** Error responses of services and gateways, with the expected kind and a part of the expected message. */
const errors: readonly (readonly [
  source: string,
  status: number,
  body: string,
  kind: string,
  contains: string,
])[] = [
  [
    'OpenAI',
    429,
    errorBody('Request too large for m on tokens per min (TPM): Limit 30000, Requested 45000.'),
    'too-large',
    '45000',
  ],
  [
    'OpenAI',
    400,
    errorBody('Invalid prompt: your prompt was flagged as violating our usage policy.', {
      code: 'invalid_prompt',
    }),
    'forbidden content',
    'flagged',
  ],
  [
    'Azure',
    400,
    errorBody("The prompt triggered Azure OpenAI's content management policy.", { code: 'content_filter' }),
    'forbidden content',
    'policy',
  ],
  [
    'Azure API Management',
    403,
    '{"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in 12:00:00."}',
    'rate-limited',
    'quota',
  ],
  [
    'Gemini',
    429,
    `[${errorBody('You exceeded your current quota, please check your plan and billing details.\nPlease retry in 32.9s.', { code: 429 })}]`,
    'rate-limited',
    'You exceeded',
  ],
  [
    'Gemini',
    400,
    `[${errorBody('User location is not supported for the API use.', { code: 400 })}]`,
    'forbidden region',
    'User location',
  ],
  [
    'Gemini',
    400,
    `[${errorBody('API key not valid. Please pass a valid API key.', { code: 400 })}]`,
    'unauthorized',
    'API key',
  ],
  [
    'Gemini',
    404,
    `[${errorBody('models/m is not found for API version v1main, or is not supported.', { code: 404 })}]`,
    'model-not-found',
    'models/m',
  ],
  [
    'Vertex',
    404,
    errorBody(
      'Publisher Model `projects/p/locations/l/models/m` was not found or your project does not have access to it.',
      { code: 404 },
    ),
    'model-not-found',
    'Publisher',
  ],
  [
    'Vertex',
    403,
    errorBody('Your API key was reported as leaked. Please use another API key.', { code: 403 }),
    'unauthorized',
    'leaked',
  ],
  ['Anthropic', 400, errorBody('Your credit balance is too low to access the API.'), 'no-credit', 'balance'],
  [
    'Groq',
    400,
    errorBody('The model `m` has been decommissioned and is no longer supported.', {
      code: 'model_decommissioned',
    }),
    'model-not-found',
    'decommissioned',
  ],
  ['Groq', 498, errorBody('Flex tier capacity exceeded'), 'rate-limited', 'Flex'],
  [
    'Fireworks',
    412,
    errorBody('Account x is suspended, possibly due to reaching the monthly spending limit.'),
    'no-credit',
    'suspended',
  ],
  [
    'Together',
    403,
    errorBody('Input token count + max_tokens parameter must be less than the context length of the model.'),
    'context-too-long',
    'Input',
  ],
  [
    'Together',
    404,
    errorBody('Unable to access model a/b. Please visit https://a.example/models'),
    'model-not-found',
    'a/b',
  ],
  [
    'OpenRouter',
    403,
    errorBody('Your input was flagged for "violence". No credits were charged.', { code: 403 }),
    'forbidden content',
    'flagged',
  ],
  ['OpenRouter', 404, errorBody('No endpoints found for a/b:free.', { code: 404 }), 'model-not-found', 'a/b'],
  [
    'OpenRouter',
    429,
    JSON.stringify({
      error: {
        code: 429,
        message: 'Provider returned error',
        metadata: { raw: 'a/b is temporarily rate-limited upstream.' },
      },
    }),
    'rate-limited',
    'upstream',
  ],
  [
    'LiteLLM',
    400,
    errorBody('Budget has been exceeded! Current cost: 10.2, Max budget: 10.0', { code: '400' }),
    'no-credit',
    'Budget',
  ],
  [
    'LiteLLM',
    400,
    errorBody(`litellm.BadRequestError: OpenAIException - ${errorBody('Unknown parameter: x')}`, {
      code: '400',
    }),
    'bad-request',
    'Unknown',
  ],
  [
    'Cloudflare',
    401,
    '{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}',
    'unauthorized',
    'Authentication',
  ],
  [
    'Cloudflare',
    401,
    '{"success":false,"error":[{"code":2009,"message":"Unauthorized"}]}',
    'unauthorized',
    'Unauthorized',
  ],
  [
    'nginx',
    400,
    '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>',
    'forbidden blocked',
    '400 The plain',
  ],
  ['Kong', 417, '{"message":"Request size limit exceeded"}', 'too-large', 'Request'],
  [
    'AWS',
    403,
    '{"Message":"User x is not authorized to perform: bedrock:InvokeModel"}',
    'forbidden permission',
    'User x',
  ],
  [
    'xAI',
    429,
    '{"code":"Some resource has been exhausted","error":"Your team has reached its monthly spending limit."}',
    'no-credit',
    'Your team',
  ],
  [
    'Hugging Face',
    400,
    errorBody("The requested model 'a/b' is not supported by any provider.", { code: 'model_not_supported' }),
    'model-not-found',
    'a/b',
  ],
  [
    'Hugging Face',
    410,
    '{"error":"https://old.example is no longer supported. Please use https://new.example."}',
    'wrong-address',
    'new.example',
  ],
  [
    'Ollama',
    404,
    errorBody('model "hf.co/a/b:Q4" not found, try pulling it first'),
    'model-not-found',
    'pulling',
  ],
  [
    'LM Studio',
    400,
    '{"error":"No models loaded. Please load a model in the developer page."}',
    'model-not-found',
    'No models',
  ],
  [
    'watsonx',
    401,
    '{"errors":[{"code":"token_expired","message":"Failed to authenticate"}],"status_code":401}',
    'unauthorized',
    'Failed',
  ],
  [
    'MiniMax',
    401,
    '{"base_resp":{"status_code":1004,"status_msg":"login fail"}}',
    'unauthorized',
    'login fail',
  ],
  [
    'DashScope',
    400,
    errorBody('Access denied, please make sure your account is in good standing.', { code: 'Arrearage' }),
    'no-credit',
    'standing',
  ],
  ['a filter', 451, errorBody('Unavailable For Legal Reasons'), 'forbidden region', 'Legal'],
  ['a hotel', 511, '<html><title>Sign in</title>', 'forbidden blocked', 'Sign in'],
  ['a gateway', 424, errorBody('Failed dependency'), 'server', 'dependency'],
];

describe('The error of a service or a gateway', () => {
  for (const [source, status, body, kind, contains] of errors) {
    it(`is identified as ${kind}: ${source}, ${contains}`, () => {
      const { error } = parseErrorResponse(status, body, undefined, target);
      assert.equal('reason' in error ? `${error.kind} ${error.reason}` : error.kind, kind);
      assert.ok('message' in error && error.message.includes(contains), JSON.stringify(error));
      assert.doesNotMatch(error.message, /[{[<]/);
    });
  }

  it('names the parameter that the service behind a gateway rejected', () => {
    const raw = JSON.stringify({
      error: { message: 'Unsupported parameter', param: 'max_tokens', code: 'unsupported_parameter' },
    });
    const { param, code } = parseErrorResponse(
      400,
      JSON.stringify({ error: { code: 400, message: 'Provider returned error', metadata: { raw } } }),
      undefined,
      target,
    );
    assert.deepEqual({ param, code }, { param: 'max_tokens', code: 'unsupported_parameter' });
  });

  for (const [message, limit, tokens] of [
    ['Request body too large for m model. Max size: 8000 tokens.', 8000, undefined],
    ['prompt token count of 130000 exceeds the limit of 128000', 128_000, 130_000],
    ['The decoder prompt (length 5000) is longer than the maximum model length of 4096.', 4096, 5000],
    ["The input (5000 tokens) is longer than the model's context length (4096 tokens).", 4096, 5000],
    ['Input validation error: `inputs` must have less than 4095 tokens. Given: 5000', 4095, 5000],
    ['Please reduce the length of the messages. Current length is 9000 while limit is 8192', 8192, 9000],
    ['Input exceeds the maximum token limit of 128000', 128_000, undefined],
    ['Your request exceeded model token limit: 8192', 8192, undefined],
    ['Token limit exceeded: 140000 > 131072', 131_072, 140_000],
    ['Prompt has 40,000 tokens, but the configured context size is 32,768', 32_768, 40_000],
    ['Your request has 40000 tokens which exceeds the 32768-token context', 32_768, 40_000],
    ['Input too long. Max 32768 tokens.', 32_768, undefined],
    ['conversation history is too long, please start a new conversation', undefined, undefined],
    ['prompt too long; exceeded max context length by 1234 tokens', undefined, undefined],
    ['上下文长度超过限制', undefined, undefined],
  ] as const) {
    it(`contains the token counts of a prompt that is too long: ${message}`, () => {
      const { error } = parseErrorResponse(400, errorBody(message), undefined, target);
      assert.ok(error.kind === 'context-too-long', error.kind);
      assert.deepEqual([error.limit, error.tokens], [limit, tokens]);
    });
  }
});
