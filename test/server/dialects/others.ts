import { event } from '../wire';
import type { Dialect } from './dialect';
import { openAiError, errorReply } from './vendors';

const model = { object: 'model', created: 1_750_000_000 };

export const deepSeek: Dialect = {
  model: 'deepseek-reasoner',
  status: 200,
  rejectedParameters: new Set(),
  shape: {
    before: () => ': keep-alive\n\n'.repeat(3),
    fields: () => ({ system_fingerprint: 'fp_393bca965e' }),
    choice: { logprobs: null },
    reasoning: (text) => ({ reasoning_content: text, content: null }),
    finish: 'separate',
    usage: 'with the finish',
    counts: ({ promptTokens }) => ({ prompt_cache_hit_tokens: 0, prompt_cache_miss_tokens: promptTokens }),
  },
  reject: (rejection) => {
    const code = 'invalid_request_error';
    if (rejection.kind === 'model') return errorReply(400, 'Model Not Exist', { code });
    if (rejection.kind !== 'key') return openAiError(rejection);
    const message = 'Authentication Fails, Your api key: ****rong is invalid';
    return errorReply(401, message, { type: 'authentication_error', code });
  },
  streamError: (message) => event({ error: { message, type: 'server_error' } }),
  listModels: () => ({
    object: 'list',
    data: [{ id: 'deepseek-reasoner', object: 'model', owned_by: 'deepseek' }],
  }),
};

export const mistral: Dialect = {
  model: 'magistral-medium-latest',
  status: 200,
  rejectedParameters: new Set(['max_completion_tokens', 'stream_options', 'seed']),
  shape: {
    reasoning: (text) => ({ content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] }),
    content: (text, reasoning) => [
      { type: 'thinking', thinking: [{ type: 'text', text: reasoning }] },
      { type: 'text', text },
    ],
    finish: 'with the last text',
    usage: 'with the finish',
  },
  reject: (rejection) => {
    const object = 'error';
    const type = 'invalid_request_error';
    switch (rejection.kind) {
      case 'key':
        return { status: 401, body: { detail: 'Unauthorized' } };
      case 'model': {
        const message = `Invalid model: ${rejection.model}`;
        return { status: 400, body: { object, message, type: 'invalid_model', param: null, code: '1500' } };
      }
      case 'parameter': {
        const { name, value: input } = rejection;
        const detail = [
          { type: 'extra_forbidden', loc: ['body', name], msg: 'Extra inputs are not permitted', input },
        ];
        return { status: 422, body: { object, message: { detail }, type, param: null, code: null } };
      }
      default:
        return openAiError(rejection);
    }
  },
  streamError: (message) =>
    event({ object: 'error', error: { message, type: 'internal_server_error', code: '1000' } }),
  listModels: () => ({
    object: 'list',
    data: [
      {
        ...model,
        id: 'magistral-medium-latest',
        owned_by: 'mistralai',
        capabilities: { completion_chat: true },
        max_context_length: 40_000,
        aliases: ['magistral-medium-2506'],
      },
    ],
  }),
};

export const xAi: Dialect = {
  model: 'grok-3-mini',
  status: 200,
  rejectedParameters: new Set(),
  shape: {
    fields: () => ({ system_fingerprint: 'fp_84ff176447' }),
    delta: { role: 'assistant' },
    reasoning: (text) => ({ reasoning_content: text, content: '' }),
    finish: 'separate',
    usage: 'on each chunk',
    counts: () => ({ num_sources_used: 0 }),
  },
  reject: (rejection) => {
    const invalid = 'Client specified an invalid argument';
    switch (rejection.kind) {
      case 'key': {
        const error =
          'Incorrect API key provided: xa***ng. You can obtain an API key from https://console.x.ai.';
        return { status: 400, body: { code: invalid, error } };
      }
      case 'model': {
        const error = `The model ${rejection.model} does not exist or your team does not have access to it.`;
        const code = 'Some requested entity was not found';
        return { status: 404, body: { code, error } };
      }
      default:
        return openAiError(rejection);
    }
  },
  streamError: (message) => event({ code: 'The service is currently unavailable', error: message }),
  listModels: () => ({ object: 'list', data: [{ ...model, id: 'grok-3-mini', owned_by: 'xai' }] }),
};
