import { event } from '../wire';
import type { Dialect } from './dialect';
import { openAiError, errorReply } from './vendors';

const model = { object: 'model', created: 1_750_000_000 };

export const llamaCpp: Dialect = {
  model: 'qwen3-8b-q4_k_m.gguf',
  status: 200,
  // It answers with the loaded model, whatever the request names.
  anyModel: true,
  rejectedParameters: new Set(['n']),
  shape: {
    fields: () => ({
      system_fingerprint: 'b6000-abcdef12',
      timings: { prompt_n: 12, prompt_ms: 80.1, predicted_n: 40, predicted_per_second: 31.4 },
    }),
    reasoning: (text) => ({ reasoning_content: text }),
    finish: 'separate',
    usage: 'on request',
  },
  reject: (rejection) => {
    switch (rejection.kind) {
      case 'key':
        return errorReply(401, 'Invalid API Key', { type: 'authentication_error', code: 401 });
      case 'parameter':
        return errorReply(400, 'Only one completion choice is allowed', { code: 400 });
      default:
        return openAiError(rejection);
    }
  },
  // An event field named error instead of data.
  streamError: (message) => `error: ${JSON.stringify({ code: 500, message, type: 'server_error' })}\n\n`,
  listModels: () => {
    const id = 'qwen3-8b-q4_k_m.gguf';
    const meta = { vocab_type: 2, n_vocab: 151_936, n_ctx_train: 40_960, n_embd: 4096, size: 5_027_783_488 };
    return {
      object: 'list',
      data: [{ ...model, id, owned_by: 'llamacpp', meta }],
      models: [{ name: id, model: id }],
    };
  },
};

export const vLlm: Dialect = {
  model: 'Qwen/Qwen3-8B',
  status: 200,
  rejectedParameters: new Set(),
  shape: {
    choice: { logprobs: null, stop_reason: null },
    reasoning: (text) => ({ reasoning_content: text }),
    finish: 'with the last text',
    usage: 'on each chunk',
    counts: () => ({ prompt_tokens_details: null }),
  },
  reject: (rejection) => {
    const flat = (status: number, type: string, message: string): ReturnType<Dialect['reject']> => ({
      status,
      body: { object: 'error', message, type, param: null, code: status },
    });
    switch (rejection.kind) {
      case 'key':
        return { status: 401, body: { error: 'Unauthorized' } };
      case 'model':
        return flat(404, 'NotFoundError', `The model \`${rejection.model}\` does not exist.`);
      case 'value':
        return flat(400, 'BadRequestError', rejection.message);
      default:
        return openAiError(rejection);
    }
  },
  streamError: (message) =>
    event({ error: { object: 'error', message, type: 'InternalServerError', param: null, code: 500 } }),
  listModels: () => {
    const root = 'Qwen/Qwen3-8B';
    return {
      object: 'list',
      data: [
        { ...model, id: root, owned_by: 'vllm', root, parent: null, max_model_len: 40_960, permission: [] },
      ],
    };
  },
};

export const lmStudio: Dialect = {
  model: 'openai/gpt-oss-20b',
  status: 200,
  rejectedParameters: new Set(),
  shape: {
    fields: () => ({ system_fingerprint: 'openai/gpt-oss-20b' }),
    choice: { logprobs: null },
    delta: { role: 'assistant' },
    reasoning: (text) => ({ reasoning: text }),
    finish: 'separate',
    usage: 'on request',
    counts: () => ({ stats: {} }),
  },
  reject: (rejection) => {
    if (rejection.kind !== 'model') return openAiError(rejection);
    const message = `Invalid model identifier "${rejection.model}". Please specify a valid downloaded model (e.g., openai/gpt-oss-20b).`;
    return errorReply(400, message, { param: 'model', code: 'model_not_found' });
  },
  streamError: (message) => `event: error\n${event({ error: { message }, message })}`,
  listModels: () => ({
    object: 'list',
    data: [{ id: 'openai/gpt-oss-20b', object: 'model', owned_by: 'organization_owner' }],
  }),
};

export const ollama: Dialect = {
  model: 'deepseek-r1:8b',
  status: 200,
  rejectedParameters: new Set(),
  shape: {
    fields: () => ({ system_fingerprint: 'fp_ollama' }),
    delta: { role: 'assistant' },
    reasoning: (text) => ({ content: '', reasoning: text }),
    finish: 'separate',
    usage: 'on request',
  },
  reject: (rejection) => {
    if (rejection.kind === 'key') return { status: 401, body: { error: 'unauthorized' } };
    if (rejection.kind !== 'model') return openAiError(rejection);
    const message = `model "${rejection.model}" not found, try pulling it first`;
    return errorReply(404, message, { type: 'not_found_error' });
  },
  streamError: (message) => event({ error: { message, type: 'api_error', param: null, code: null } }),
  listModels: () => ({ object: 'list', data: [{ ...model, id: 'deepseek-r1:8b', owned_by: 'library' }] }),
};
