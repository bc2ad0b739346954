import type { Dialect } from './dialect';
import { llamaCpp, lmStudio, ollama, vLlm } from './local';
import { deepSeek, mistral, xAi } from './others';
import { aimlapi, aimlapiOld, azure, openAi, openRouter } from './vendors';

/** The servers that the local server can imitate, by name. */
export const dialects = {
  aimlapi,
  'aimlapi-old': aimlapiOld,
  azure,
  deepseek: deepSeek,
  'llama.cpp': llamaCpp,
  'lm-studio': lmStudio,
  mistral,
  ollama,
  openai: openAi,
  openrouter: openRouter,
  vllm: vLlm,
  xai: xAi,
} as const satisfies Readonly<Record<string, Dialect>>;

export type DialectName = keyof typeof dialects;
