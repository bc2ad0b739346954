import {
  effortError,
  aimlapi,
  azure,
  openAi,
  openAiError,
  openRouter,
  errorReply,
} from '../dialects/vendors';
import { deepSeek, mistral } from '../dialects/others';
import type { Dialect } from '../dialects/dialect';
import type { Deprecation } from '../model-catalog';
import type { Profile } from './profile';

const withdrawn: Deprecation = {
  id: 'o1-mini',
  aliases: ['o1-mini-2024-09-12', 'openai/o1-mini'],
  status: 'withdrawn',
  deprecated_at: '2025-04-28',
  shutdown_at: '2025-10-27',
  replaced_by: 'openai/next-mini',
  reason: 'provider_deprecated',
};

function listOf(...models: readonly object[]): object {
  return { object: 'list', data: models.map((model) => ({ object: 'model', created: 1, ...model })) };
}

const nextMini = { id: 'openai/next-mini', type: 'openai/chat-completions', aliases: ['next-mini'] };

/** The reseller after o1-mini was retired, which names its replacement. */
const aimlapiNext: Dialect = {
  ...aimlapi,
  model: 'openai/next-mini',
  status: 201,
  // Its schema has one name of the token limit for all models.
  rejectedParameters: new Set(['system', 'max_completion_tokens']),
  efforts: ['low', 'medium', 'high'],
  deprecations: [withdrawn],
  listModels: () => listOf(nextMini),
};

const openAiNext: Dialect = {
  ...openAi,
  model: 'next-mini',
  rejectedParameters: new Set(['max_tokens', 'seed']),
  efforts: ['none', 'low', 'medium', 'high', 'xhigh'],
  reject: (rejection) =>
    rejection.kind === 'effort'
      ? effortError(rejection.value, rejection.api, ['none', 'low', 'medium', 'high', 'xhigh'])
      : openAiError(rejection),
  listModels: () => listOf({ id: 'next-mini', owned_by: 'system' }, { id: 'gpt-5', owned_by: 'system' }),
};

/** A model that is only available in the Responses API. */
const openAiPro: Dialect = {
  ...openAiNext,
  model: 'next-pro',
  apis: 'responses',
  efforts: ['medium', 'high', 'xhigh'],
  reject: (rejection) =>
    rejection.kind === 'effort'
      ? effortError(rejection.value, rejection.api, ['medium', 'high', 'xhigh'])
      : openAiError(rejection),
  listModels: () => listOf({ id: 'next-pro', owned_by: 'system' }, { id: 'gpt-5', owned_by: 'system' }),
};

const qwenCloud: Dialect = {
  ...deepSeek,
  model: 'qwen-thinker',
  streamOnly: true,
  reject: (rejection) => {
    if (rejection.kind !== 'parameter') return openAiError(rejection);
    const message = 'parameter.enable_thinking must be set to false for non-streaming calls';
    return errorReply(400, message, { code: 'invalid_parameter_error' });
  },
  listModels: () =>
    listOf({ id: 'qwen-thinker', owned_by: 'system' }, { id: 'qwen-writer', owned_by: 'system' }),
};

/** Accepts the token limit under both names, but ignores the newer one. */
const deepSeekNext: Dialect = {
  ...deepSeek,
  model: 'deepseek-next',
  ignoredParameters: new Set(['max_completion_tokens']),
  efforts: ['low', 'high', 'max'],
  reject: (rejection) =>
    rejection.kind === 'effort'
      ? errorReply(
          400,
          `reasoning_effort: invalid option "${rejection.value}", expected one of low, high, max`,
        )
      : deepSeek.reject(rejection),
  listModels: () =>
    listOf({ id: 'deepseek-next', owned_by: 'deepseek' }, { id: 'deepseek-chat', owned_by: 'deepseek' }),
};

const openRouterNext: Dialect = {
  ...openRouter,
  efforts: ['low', 'medium', 'high'],
  reject: (rejection) => {
    if (rejection.kind !== 'effort') return openRouter.reject(rejection);
    const message = 'Reasoning is mandatory for this endpoint and cannot be disabled.';
    return { status: 400, body: { error: { message, code: 400 } } };
  },
};

/** The list with another model, which is not similar to o1-mini: such a service has many. */
function withAnotherModel(dialect: Dialect): Dialect {
  const { data } = dialect.listModels() as { readonly data: readonly object[] };
  return {
    ...dialect,
    listModels: () => ({ object: 'list', data: [...data, { ...data[0], id: 'writer' }] }),
  };
}

export const hosted = {
  'AI/ML API, successor named': { dialect: aimlapiNext },
  'OpenAI, no successor named': { dialect: openAiNext },
  'OpenAI, effort refused': { dialect: openAiNext, settings: { reasoningEffort: 'minimal' } },
  'OpenAI, Responses API only': { dialect: openAiPro, settings: { reasoningEffort: 'low' } },
  'Azure OpenAI': { dialect: { ...azure, efforts: ['low', 'medium', 'high'] } },
  OpenRouter: { dialect: withAnotherModel(openRouterNext), settings: { reasoningEffort: 'none' } },
  Mistral: { dialect: withAnotherModel(mistral) },
  DeepSeek: { dialect: deepSeekNext, settings: { reasoningEffort: 'medium', maxCompletionTokens: 40 } },
  'Qwen cloud': { dialect: qwenCloud, settings: { stream: false } },
} as const satisfies Readonly<Record<string, Profile>>;
