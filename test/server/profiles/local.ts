import type { Dialect } from '../dialects/dialect';
import { llamaCpp, lmStudio, ollama, vLlm } from '../dialects/local';
import { errorReply, openAiError } from '../dialects/vendors';
import type { Profile } from './profile';

/** Version 0.16 and later, with another name of the reasoning, and a context window that includes the token limit. */
const vLlmNext: Dialect = {
  ...vLlm,
  window: { tokens: 40_960, countsLimit: true },
  shape: { ...vLlm.shape, reasoning: (text) => ({ reasoning: text }) },
  reject: (rejection) => {
    if (rejection.kind !== 'window') return vLlm.reject(rejection);
    const { prompt, limit, window } = rejection;
    const message = `This model's maximum context length is ${window} tokens. However, you requested ${limit} output tokens and your prompt contains at least ${prompt} input tokens, for a total of at least ${prompt + limit} tokens. Please reduce the length of the input prompt or the number of requested output tokens.`;
    return {
      status: 400,
      body: { error: { message, type: 'BadRequestError', param: 'input_tokens', code: 400 } },
    };
  },
};

const sgLang: Dialect = {
  ...vLlmNext,
  model: 'openai/gpt-oss-120b',
  efforts: ['low', 'medium', 'high'],
  reject: (rejection) => {
    if (rejection.kind !== 'effort') return vLlmNext.reject(rejection);
    const message = `1 validation error:\n  {'type': 'literal_error', 'loc': ('body', 'reasoning_effort'), 'msg': "Input should be 'low', 'medium' or 'high'", 'input': '${rejection.value}'}`;
    return {
      status: 400,
      body: { object: 'error', message, type: 'Bad Request', param: null, code: 400 },
    };
  },
  listModels: () => ({
    object: 'list',
    data: [{ id: 'openai/gpt-oss-120b', object: 'model', owned_by: 'sglang', max_model_len: 131_072 }],
  }),
};

const ollamaNext: Dialect = {
  ...ollama,
  ignoredParameters: new Set(['max_completion_tokens']),
  efforts: ['none', 'low', 'high'],
  reject: (rejection) =>
    rejection.kind === 'effort'
      ? errorReply(400, `think value "${rejection.value}" is not supported for this model`, {
          type: 'api_error',
        })
      : ollama.reject(rejection),
};

const lmStudioSmall: Dialect = {
  ...lmStudio,
  window: { tokens: 4096, countsLimit: false },
  details: {
    '/api/v1/models': {
      models: [
        {
          type: 'llm',
          key: lmStudio.model,
          max_context_length: 131_072,
          loaded_instances: [{ id: lmStudio.model, config: { context_length: 4096 } }],
        },
      ],
    },
  },
  reject: (rejection) => {
    if (rejection.kind !== 'window') return lmStudio.reject(rejection);
    const message = `Trying to keep the first ${rejection.prompt} tokens when context the overflows. However, the model is loaded with context length of only ${rejection.window} tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input`;
    return { status: 400, body: { error: message } };
  },
};

const llamaCppSmall: Dialect = {
  ...llamaCpp,
  window: { tokens: 4096, countsLimit: false },
  reject: (rejection) => {
    if (rejection.kind !== 'window') return llamaCpp.reject(rejection);
    const { prompt, window } = rejection;
    return errorReply(400, 'the request exceeds the available context size, try increasing it', {
      type: 'exceed_context_size_error',
      code: 400,
      n_prompt_tokens: prompt,
      n_ctx: window,
    });
  },
};

/** A model without reasoning. */
const ollamaPlain: Dialect = {
  ...ollama,
  efforts: [],
  reject: (rejection) =>
    rejection.kind === 'effort'
      ? errorReply(400, `"${ollama.model}" does not support thinking`, { type: 'api_error' })
      : ollama.reject(rejection),
};

/** A server that does not support the effort. */
const strictServer: Dialect = {
  ...vLlm,
  model: 'local/plain',
  reject: openAiError,
  listModels: () => strictList,
};
const strictList = { object: 'list', data: [{ id: 'local/plain', object: 'model' }] };

export const local = {
  vLLM: { dialect: vLlmNext, settings: { maxCompletionTokens: 65_535 } },
  SGLang: { dialect: sgLang, settings: { reasoningEffort: 'xhigh' } },
  Ollama: { dialect: ollamaNext, settings: { reasoningEffort: 'medium', maxCompletionTokens: 40 } },
  'Ollama, a model without reasoning': { dialect: ollamaPlain, settings: { reasoningEffort: 'high' } },
  'LM Studio': { dialect: lmStudioSmall, earlierWords: 4000 },
  'llama.cpp': { dialect: llamaCppSmall, earlierWords: 4000 },
  'A server with Chat Completions only': { dialect: vLlm, settings: { reasoningSummary: 'auto' } },
  'A server without reasoning effort': { dialect: strictServer, settings: { reasoningEffort: 'low' } },
} as const satisfies Readonly<Record<string, Profile>>;
