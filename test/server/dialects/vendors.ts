import type { Completion } from '../completion';
import { deprecations } from '../model-catalog';
import { costChunk, event } from '../wire';
import type { Dialect, ErrorReply, Rejection } from './dialect';

/** Shape C of `src/core/api/README.md`, "Errors". */
export function errorReply(status: number, message: string, fields: object = {}): ErrorReply {
  return {
    status,
    body: { error: { message, type: 'invalid_request_error', param: null, code: null, ...fields } },
  };
}

function list(model: string, fields: object): object {
  return { object: 'list', data: [{ id: model, object: 'model', created: 1_726_000_000, ...fields }] };
}

/** The error messages of OpenAI, which many servers have adopted. */
export function openAiError(rejection: Rejection): ErrorReply {
  switch (rejection.kind) {
    case 'key':
      return errorReply(401, 'Incorrect API key provided: sk-wr***ng.', { code: 'invalid_api_key' });
    case 'model': {
      const message = `The model \`${rejection.model}\` does not exist or you do not have access to it.`;
      return errorReply(404, message, { code: 'model_not_found' });
    }
    case 'system': {
      const message = `Unsupported value: '${rejection.path}' does not support 'system' with this model.`;
      return errorReply(400, message, { param: rejection.path, code: 'unsupported_value' });
    }
    case 'parameter':
      return errorReply(400, unsupported(rejection.name), {
        param: rejection.name,
        code: 'unsupported_parameter',
      });
    case 'value':
      return errorReply(400, rejection.message, { param: rejection.param });
    case 'effort':
      return effortError(rejection.value, rejection.api, ['low', 'medium', 'high']);
    case 'window': {
      const { prompt, limit, window } = rejection;
      const message = `This model's maximum context length is ${window} tokens. However, you requested ${prompt + limit} tokens (${prompt} in the messages, ${limit} in the completion). Please reduce the length of the messages or completion.`;
      return errorReply(400, message, { param: 'messages', code: 'context_length_exceeded' });
    }
  }
}

/** The two APIs of OpenAI use different words. */
export function effortError(
  value: string,
  api: 'chat' | 'responses',
  efforts: readonly string[],
): ErrorReply {
  const values = new Intl.ListFormat('en').format(efforts.map((effort) => `'${effort}'`));
  const [message, param] =
    api === 'chat'
      ? [`'reasoning_effort' does not support '${value}' with this model.`, 'reasoning_effort']
      : [`'${value}' is not supported with this model.`, 'reasoning.effort'];
  const text = `Unsupported value: ${message} Supported values are: ${values}.`;
  return errorReply(400, text, { param, code: 'unsupported_value' });
}

function unsupported(name: string): string {
  const advice = name === 'max_tokens' ? " Use 'max_completion_tokens' instead." : '';
  return `Unsupported parameter: '${name}' is not supported with this model.${advice}`;
}

export const openAi: Dialect = {
  model: 'o1-mini',
  status: 200,
  rejectedParameters: new Set(['system', 'max_tokens']),
  shape: {
    // Padding that hides the length of the text.
    fields: () => ({ system_fingerprint: 'fp_44709d6fcb', service_tier: 'default', obfuscation: 'x7Qa' }),
    choice: { logprobs: null },
    finish: 'separate',
    usage: 'on request',
  },
  reject: openAiError,
  streamError: (message) => event({ error: { message, type: 'server_error', param: null, code: null } }),
  listModels: () => list('o1-mini', { owned_by: 'system' }),
};

const harmless = { hate: { filtered: false, severity: 'safe' } };

export const azure: Dialect = {
  ...openAi,
  // On Azure, the model name is the name of the deployment.
  model: 'gpt-reasoner',
  shape: {
    before: () =>
      event({
        id: '',
        object: '',
        created: 0,
        model: '',
        choices: [],
        prompt_filter_results: [{ prompt_index: 0, content_filter_results: harmless }],
      }),
    choice: { content_filter_results: harmless },
    finish: 'separate',
    usage: 'on request',
  },
  reject: (rejection) => {
    if (rejection.kind === 'key') {
      const message = 'Access denied due to invalid subscription key or wrong API endpoint.';
      return { status: 401, body: { error: { code: '401', message } } };
    }
    if (rejection.kind !== 'model') return openAiError(rejection);
    const message = 'The API deployment for this resource does not exist. Wait a moment if it is new.';
    return { status: 404, body: { error: { code: 'DeploymentNotFound', message } } };
  },
  listModels: () => list('gpt-reasoner', { status: 'succeeded', capabilities: { chat_completion: true } }),
};

/** Shape B: a flat object whose status is a string. */
function flat(status: number, message: string): ErrorReply {
  const stamp = { requestId: 'req-1', timestamp: '2024-10-01T00:00:00Z', path: '/v1/chat/completions' };
  return { status, body: { ...stamp, statusCode: String(status), message } };
}

/** The reseller in 2024, which passed on errors within a status of 500. */
export const aimlapiOld: Dialect = {
  model: 'o1-mini',
  status: 201,
  rejectedParameters: new Set(['system', 'max_completion_tokens']),
  shape: { finish: 'separate', usage: 'on request' },
  reject: (rejection) => {
    if (rejection.kind === 'key') return flat(401, 'Unauthorized');
    if (rejection.kind === 'model') return flat(404, `No such model: ${rejection.model}`);
    return flat(500, `400 ${JSON.stringify(openAiError(rejection).body)}`);
  },
  streamError: (message) => event({ error: { message }, message }),
  listModels: () => list('o1-mini', { type: 'chat-completion', info: { name: 'o1-mini' } }),
};

export const aimlapi: Dialect = {
  ...openAi,
  deprecations,
  model: 'openai/o1-mini',
  status: 200,
  rejectedParameters: new Set(['system']),
  shape: {
    finish: 'separate',
    usage: 'on request',
    after: (completion: Completion) => event(costChunk(completion)),
  },
  reject: (rejection) => {
    if (rejection.kind !== 'key') return openAiError(rejection);
    const message = 'The API key is not valid.';
    const error = { name: 'UnauthorizedException', message };
    return { status: 401, body: { title: 'Unauthorized', status: 401, message, error } };
  },
  listModels: () => list('openai/o1-mini', { type: 'openai/chat-completions', aliases: ['o1-mini'] }),
};

export const openRouter: Dialect = {
  model: 'deepseek/deepseek-r1',
  status: 200,
  rejectedParameters: new Set(),
  shape: {
    before: () => ': OPENROUTER PROCESSING\n\n'.repeat(2),
    fields: () => ({ provider: 'Elsewhere' }),
    choice: { native_finish_reason: null, logprobs: null },
    delta: { role: 'assistant' },
    reasoning: (text) => ({
      content: '',
      reasoning: text,
      reasoning_details: [{ type: 'reasoning.text', text, format: 'unknown', index: 0 }],
    }),
    finish: 'separate',
    usage: 'on request',
    counts: ({ usd }) => ({ cost: usd, is_byok: false, cost_details: { upstream_inference_cost: null } }),
  },
  reject: (rejection) => {
    switch (rejection.kind) {
      case 'key':
        return { status: 401, body: { error: { message: 'User not found.', code: 401 } } };
      case 'model': {
        const error = { message: `${rejection.model} is not a valid model ID`, code: 400 };
        return { status: 400, body: { error, user_id: 'user_1' } };
      }
      default:
        return openAiError(rejection);
    }
  },
  streamError: (message) =>
    event({
      object: 'chat.completion.chunk',
      error: { code: 502, message, metadata: { error_type: 'provider_unavailable' } },
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    }),
  listModels: () => ({
    data: [
      {
        id: 'deepseek/deepseek-r1',
        name: 'DeepSeek: R1',
        context_length: 163_840,
        pricing: { prompt: '0.0000004', completion: '0.000002' },
        supported_parameters: ['max_tokens', 'seed'],
      },
    ],
  }),
};
