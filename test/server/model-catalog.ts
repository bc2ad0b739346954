/** US dollars per million tokens. */
export interface Pricing {
  readonly input: number;
  readonly cached_input: number;
  readonly output: number;
}

export interface Model {
  readonly id: string;
  readonly aliases: readonly string[];
  /** The model name in answers, for every name of the model in requests. */
  readonly snapshot: string;
  readonly name: string;
  readonly contextLength: number;
  readonly maxTokens: number;
  readonly pricing: Pricing;
  /** The values of the reasoning effort; none where the model does not have it. */
  readonly efforts?: readonly string[];
  /** The values of the verbosity, likewise. */
  readonly verbosities?: readonly string[];
}

export interface Deprecation {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly status: 'deprecated' | 'superseded' | 'withdrawn';
  readonly deprecated_at: string;
  readonly shutdown_at: string | null;
  readonly replaced_by: string | null;
  readonly reason: string;
}

export const models: readonly Model[] = [
  {
    id: 'o1-mini',
    aliases: ['o1-mini-2024-09-12', 'openai/o1-mini'],
    snapshot: 'o1-mini-2024-09-12',
    name: 'o1-mini',
    contextLength: 128_000,
    maxTokens: 65_536,
    pricing: { input: 1.1, cached_input: 0.55, output: 4.4 },
  },
  {
    id: 'o4-mini',
    aliases: ['o4-mini-2025-04-16', 'openai/o4-mini'],
    snapshot: 'o4-mini-2025-04-16',
    name: 'o4-mini',
    contextLength: 200_000,
    maxTokens: 100_000,
    pricing: { input: 1.1, cached_input: 0.275, output: 4.4 },
    efforts: ['low', 'medium', 'high'],
  },
  {
    id: 'o3',
    aliases: ['o3-2025-04-16', 'openai/o3'],
    snapshot: 'o3-2025-04-16',
    name: 'o3',
    contextLength: 200_000,
    maxTokens: 100_000,
    pricing: { input: 2, cached_input: 0.5, output: 8 },
    efforts: ['low', 'medium', 'high'],
  },
  {
    id: 'gpt-5-mini',
    aliases: ['gpt-5-mini-2025-08-07', 'openai/gpt-5-mini'],
    snapshot: 'gpt-5-mini-2025-08-07',
    name: 'GPT-5 mini',
    contextLength: 400_000,
    maxTokens: 128_000,
    pricing: { input: 0.25, cached_input: 0.025, output: 2 },
    efforts: ['minimal', 'low', 'medium', 'high'],
    verbosities: ['low', 'medium', 'high'],
  },
];

export const deprecations: readonly Deprecation[] = [
  {
    id: 'o1-mini',
    aliases: ['o1-mini-2024-09-12', 'openai/o1-mini'],
    status: 'deprecated',
    deprecated_at: '2025-04-28',
    shutdown_at: '2025-10-27',
    replaced_by: 'o4-mini',
    reason: 'provider_deprecated',
  },
  {
    id: 'o1-preview',
    aliases: ['o1-preview-2024-09-12', 'openai/o1-preview'],
    status: 'withdrawn',
    deprecated_at: '2025-04-28',
    shutdown_at: '2025-07-28',
    replaced_by: 'o3',
    reason: 'provider_delisted',
  },
];

interface Named {
  readonly id: string;
  readonly aliases: readonly string[];
}

/** Finds an entry by its ID or one of its aliases. */
export function findByName<T extends Named>(entries: readonly T[], name: string): T | undefined {
  return entries.find(({ id, aliases }) => id === name || aliases.includes(name));
}
