import { event } from '../wire';
import type { Dialect } from './dialect';
import { openAiError, errorReply } from './vendors';

const model = { object: 'model', created: 1_750_000_000 };

export const llamaCpp: Dialect = {
  model: 'qwen3-8b-q4_k_m.gguf',
  status: 200,
  // It has loaded one model, and answers with it.
  anyModel: true,
  refuses: new Set(['n']),
  shape: {
    fields: () => ({
      system_fingerprint: 'b6000-abcdef12',
      timings: { prompt_n: 12, prompt_ms: 80.1, predicted_n: 40, predicted_per_second: 31.4 },
    }),
    reasoning: (text) => ({ reasoning_content: text }),
    finish: 'apart',
    usage: 'when asked',
  },
  say: (trouble) => {
    switch (trouble.kind) {
      case 'key':
        return errorReply(401, 'Invalid API Key', { type: 'authentication_error', code: 401 });
      case 'parameter':
        return errorReply(400, 'Only one completion choice is allowed', { code: 400 });
      default:
        return openAiError(trouble);
    }
  },
  // A field of the stream itself, in place of data.
  breakOff: (message) => `error: ${JSON.stringify({ code: 500, message, type: 'server_error' })}\n\n`,
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
  refuses: new Set(),
  shape: {
    choice: { logprobs: null, stop_reason: null },
    reasoning: (text) => ({ reasoning_content: text }),
    finish: 'with the last text',
    usage: 'on each chunk',
    counts: () => ({ prompt_tokens_details: null }),
  },
  say: (trouble) => {
    const flat = (status: number, type: string, message: string): ReturnType<Dialect['say']> => ({
      status,
      body: { object: 'error', message, type, param: null, code: status },
    });
    switch (trouble.kind) {
      case 'key':
        return { status: 401, body: { error: 'Unauthorized' } };
      case 'model':
        return flat(404, 'NotFoundError', `The model \`${trouble.model}\` does not exist.`);
      case 'value':
        return flat(400, 'BadRequestError', trouble.message);
      default:
        return openAiError(trouble);
    }
  },
  breakOff: (message) =>
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
  refuses: new Set(),
  shape: {
    fields: () => ({ system_fingerprint: 'openai/gpt-oss-20b' }),
    choice: { logprobs: null },
    delta: { role: 'assistant' },
    reasoning: (text) => ({ reasoning: text }),
    finish: 'apart',
    usage: 'when asked',
    counts: () => ({ stats: {} }),
  },
  say: (trouble) => {
    if (trouble.kind !== 'model') return openAiError(trouble);
    const message = `Invalid model identifier "${trouble.model}". Please specify a valid downloaded model (e.g., openai/gpt-oss-20b).`;
    return errorReply(400, message, { param: 'model', code: 'model_not_found' });
  },
  breakOff: (message) => `event: error\n${event({ error: { message }, message })}`,
  listModels: () => ({
    object: 'list',
    data: [{ id: 'openai/gpt-oss-20b', object: 'model', owned_by: 'organization_owner' }],
  }),
};

export const ollama: Dialect = {
  model: 'deepseek-r1:8b',
  status: 200,
  refuses: new Set(),
  shape: {
    fields: () => ({ system_fingerprint: 'fp_ollama' }),
    delta: { role: 'assistant' },
    reasoning: (text) => ({ content: '', reasoning: text }),
    finish: 'apart',
    usage: 'when asked',
  },
  say: (trouble) => {
    if (trouble.kind === 'key') return { status: 401, body: { error: 'unauthorized' } };
    if (trouble.kind !== 'model') return openAiError(trouble);
    const message = `model "${trouble.model}" not found, try pulling it first`;
    return errorReply(404, message, { type: 'not_found_error' });
  },
  breakOff: (message) => event({ error: { message, type: 'api_error', param: null, code: null } }),
  listModels: () => ({ object: 'list', data: [{ ...model, id: 'deepseek-r1:8b', owned_by: 'library' }] }),
};
