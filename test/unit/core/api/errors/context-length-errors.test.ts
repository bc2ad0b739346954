import assert from 'node:assert/strict';
import type { ChatError } from '../../../../../src/core/api';
import { errorBody } from '../client-builders';
import { errorFor } from './error-kind';

describe('An error response about a prompt that is too long', () => {
  const reportedErrors: readonly (readonly [
    server: string,
    status: number,
    body: string,
    limit?: number,
    tokens?: number,
  ])[] = [
    [
      'OpenAI',
      400,
      errorBody(
        "This model's maximum context length is 128000 tokens. However, your messages resulted in 150000 tokens. Please reduce the length of the messages.",
        { code: 'context_length_exceeded' },
      ),
      128_000,
      150_000,
    ],
    [
      'OpenAI, with the limit',
      400,
      errorBody(
        "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (5000 in the messages, 4000 in the completion).",
        { code: 'context_length_exceeded' },
      ),
      8192,
      9000,
    ],
    [
      'vLLM',
      400,
      errorBody(
        "This model's maximum context length is 40960 tokens. However, you requested 65535 output tokens and your prompt contains at least 62466 input tokens, for a total of at least 128001 tokens.",
      ),
      40_960,
      128_001,
    ],
    [
      'llama.cpp',
      400,
      JSON.stringify({
        error: {
          code: 400,
          message: 'the request exceeds the available context size, try increasing it',
          type: 'exceed_context_size_error',
          n_prompt_tokens: 5321,
          n_ctx: 4096,
        },
      }),
      4096,
      5321,
    ],
    ['Anthropic', 400, errorBody('prompt is too long: 208310 tokens > 200000 maximum'), 200_000, 208_310],
    [
      'Mistral',
      400,
      '{"object":"error","message":"Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length","type":"invalid_request_error"}',
      32_768,
      40_000,
    ],
    [
      'Gemini',
      400,
      '{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}',
      1_048_576,
      1_200_000,
    ],
    [
      'xAI',
      400,
      '{"code":"Client specified an invalid argument","error":"This model\'s maximum prompt length is 131072 but the request contains 200000 tokens."}',
      131_072,
      200_000,
    ],
    [
      'Together',
      422,
      errorBody(
        '`inputs` tokens + `max_new_tokens` must be <= 8193. Given: 8000 `inputs` tokens and 1000 `max_new_tokens`',
      ),
      8193,
      9000,
    ],
    [
      'Fireworks',
      400,
      errorBody('The prompt is too long: 9000, model maximum context length: 8191'),
      8191,
      9000,
    ],
    [
      'OpenRouter',
      400,
      errorBody(
        "This endpoint's maximum context length is 8192 tokens. However, you requested about 9000 tokens (5000 of text input, 4000 in the output).",
      ),
      8192,
      9000,
    ],
    [
      'Groq',
      400,
      errorBody('Please reduce the length of the messages or completion.', {
        code: 'context_length_exceeded',
      }),
    ],
    ['DashScope', 400, errorBody('Range of input length should be [1, 30720]'), 30_720],
    [
      'LM Studio',
      400,
      '{"error":"Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough."}',
      4096,
    ],
    [
      'a wrapped response',
      500,
      '{"statusCode":"500","message":"400 {\\"error\\":{\\"message\\":\\"maximum context length is 4096 tokens, however you requested 5000 tokens\\"}}"}',
      4096,
      5000,
    ],
    ['Bedrock', 400, '{"message":"Input is too long for requested model."}'],
    [
      'Vertex AI',
      400,
      errorBody(
        'Unable to submit request because the input token count is 1251952 but model only supports up to 1048576.',
      ),
      1048576,
      1251952,
    ],
    [
      'vLLM with a pooling model',
      400,
      errorBody(
        'The prompt (total length 5000) is too long to fit into the model (maximum model length 4096).',
      ),
      4096,
      5000,
    ],
    [
      'Qwen',
      400,
      errorBody('<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 129024]'),
      129_024,
    ],
    [
      'a gateway that quotes a status',
      400,
      errorBody("Error code: 400 - {'message': 'maximum context length is 8192 tokens. Please reduce it'}"),
      8192,
    ],
    [
      'Anthropic, with the limit of the answer',
      400,
      errorBody('input length and `max_tokens` exceed context limit: 150000 + 65536 > 200000'),
      200_000,
      215_536,
    ],
    [
      'Zhipu',
      400,
      errorBody("Request 182387 input tokens exceeds the model's maximum context length 202750"),
      202_750,
    ],
    [
      'OpenAI, in characters',
      400,
      errorBody(
        "Invalid 'messages[0].content': string too long. Expected a string with maximum length 1048576, but got a string with length 1234567 instead.",
        { code: 'string_above_max_length' },
      ),
    ],
    ['LM Studio at its end', 400, errorBody('Reached context length of 4096 tokens with this model.'), 4096],
    [
      'SiliconFlow',
      400,
      errorBody('length of prompt_tokens (40000) must be less than max_seq_len (32768).'),
      32_768,
      40_000,
    ],
    ['MiniMax, with its code', 400, errorBody('invalid params, context window exceeds limit (2013)')],
    ['Bedrock, in characters', 400, errorBody('Input request: expected maxLength: 100000, actual: 120000')],
    ['Zhipu, by its number', 400, errorBody('Bad request', { code: '1261' })],
    ['Z.ai', 400, errorBody('Prompt exceeds max length')],
    ['Zhipu, in Chinese', 400, errorBody('Prompt 超长')],
    ['Ark', 400, errorBody('Input length 140000 exceeds the maximum length 131072'), 131_072, 140_000],
    ['Qianfan', 400, errorBody('prompt tokens too long, max 5120'), 5120],
    [
      'Friendli',
      400,
      errorBody("This request exceeds the model's maximum sequence length of 8192. prompt 9000"),
      8192,
      9000,
    ],
    [
      'a gateway that adds a number',
      400,
      errorBody('context length is only supported up to 8192; see error 4001'),
      8192,
    ],
    [
      'a gateway that asks to wait',
      400,
      errorBody(
        "This model's maximum context length is 128000 tokens. You requested 130000 tokens. Please wait or shorten it.",
      ),
      128_000,
      130_000,
    ],
    [
      'a gateway that asks to wait, with a code',
      403,
      errorBody('The prompt does not fit. Please wait.', { code: 'context_length_exceeded' }),
    ],
    [
      'a gateway that names the rate, with a code',
      400,
      errorBody('Too long for the tokens per minute', { code: 'context_length_exceeded' }),
    ],
    ['a gateway, in thousands', 400, errorBody('The maximum context length is 32k tokens')],
    [
      'a server that names the larger number first',
      400,
      errorBody('context length 5000 exceeds model limit 4096'),
      4096,
      5000,
    ],
  ];
  for (const [server, status, body, limit, tokens] of reportedErrors) {
    it(`is recognized with its token counts in the format of ${server}`, () => {
      const error = errorFor(status, body);
      assert.ok(error.kind === 'context-too-long', error.kind);
      assert.equal(error.limit, limit);
      assert.equal(error.tokens, tokens);
    });
  }

  const others: readonly (readonly [number, string, ChatError['kind']])[] = [
    [
      400,
      errorBody('max_tokens is too large: 100000. This model supports at most 65536 completion tokens'),
      'bad-request',
    ],
    [
      400,
      errorBody('The maximum tokens you requested exceeds the model limit of 64000. Try again.'),
      'bad-request',
    ],
    [
      429,
      errorBody('Rate limit reached for gpt-5: Limit 30000 tokens per min, Requested 40000.', {
        code: 'rate_limit_exceeded',
      }),
      'rate-limited',
    ],
    [
      413,
      errorBody(
        'Request too large for model in organization on tokens per minute (TPM): Limit 6000, Requested 7000',
        { code: 'rate_limit_exceeded', type: 'tokens' },
      ),
      'too-large',
    ],
    [413, '<html><title>413 Request Entity Too Large</title></html>', 'too-large'],
    [
      429,
      errorBody('The prompt is too long for now. Please wait.', { code: 'context_length_exceeded' }),
      'rate-limited',
    ],
    [403, errorBody('The prompt is too long for now. Please wait.'), 'forbidden'],
    [413, 'Payload Too Large', 'too-large'],
    [400, errorBody('Input exceeds the maximum size of 10 MB'), 'bad-request'],
    [400, errorBody('The prompt_cache_key is too long'), 'bad-request'],
    [400, errorBody('Your input exceeds the rate of your plan'), 'bad-request'],
    [
      400,
      errorBody("Invalid 'messages[0].content': string too long. Expected a string with maximum length 10."),
      'bad-request',
    ],
  ];
  for (const [status, body, kind] of others) {
    it(`is not assumed for ${status} ${body.slice(0, 90)}`, () =>
      assert.equal(errorFor(status, body).kind, kind));
  }
});
