import { field, isObject, numberField } from '../../json';
import type { Usage } from '../events';

const paths = {
  promptTokens: 'prompt_tokens',
  completionTokens: 'completion_tokens',
  totalTokens: 'total_tokens',
  cachedTokens: 'prompt_tokens_details.cached_tokens',
  reasoningTokens: 'completion_tokens_details.reasoning_tokens',
} as const;

/** Counts that are kept besides the known ones, and how long their names may be: the server is not trusted. */
const mostOthers = 40;

const longestName = 80;

/** Tokens that anything can have. */
const mostTokens = 1e12;

export function readUsage(json: unknown): Usage {
  const counts = new Map(numbersIn(json, ''));
  const known = Object.entries(paths).flatMap(([name, path]) => {
    const count = counts.get(path);
    counts.delete(path);
    return count === undefined ? [] : [[name, count] as const];
  });
  const others = [...counts]
    .filter(([name, tokens]) => tokens !== 0 && name.length <= longestName)
    .map(([name, tokens]) => ({ name, tokens }));
  return {
    ...Object.fromEntries(known),
    ...(others.length > 0 && { others: others.slice(0, mostOthers) }),
  };
}

function numbersIn(json: unknown, prefix: string): readonly (readonly [string, number])[] {
  if (!isObject(json)) return [];
  return Object.keys(json).flatMap((name) => {
    const count = numberField(json, name);
    if (count !== undefined) return count < 0 || count > mostTokens ? [] : [[prefix + name, count] as const];
    return prefix === '' ? numbersIn(field(json, name), `${name}.`) : [];
  });
}
