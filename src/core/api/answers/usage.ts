import { field, isObject, numberField } from '../../json';
import type { AnswerPart, Usage } from '../events';

/** Where each count may stand: in a chat completion, and in a response of the Responses API. */
const USAGE_PATHS = {
  promptTokens: ['prompt_tokens', 'input_tokens'],
  completionTokens: ['completion_tokens', 'output_tokens'],
  totalTokens: ['total_tokens'],
  cachedTokens: [
    'prompt_tokens_details.cached_tokens',
    'input_tokens_details.cached_tokens',
    'prompt_cache_hit_tokens',
    'cached_tokens',
  ],
  cacheWriteTokens: ['prompt_tokens_details.cache_write_tokens', 'input_tokens_details.cache_write_tokens'],
  reasoningTokens: ['completion_tokens_details.reasoning_tokens', 'output_tokens_details.reasoning_tokens'],
} as const satisfies Readonly<Record<keyof Omit<Usage, 'others'>, readonly string[]>>;

/** Number of other counts that are kept, as the server is not trusted. */
const MAX_OTHER_COUNTS = 40;

const MAX_COUNT_NAME_LENGTH = 80;

/** Largest credible count. */
const MAX_TOKENS = 1e12;

/** Amounts of money and times, and counts that can be computed from others. */
const OTHER_NUMBERS =
  /^prompt_cache_miss_tokens$|(?:^|[._])(?:cost|duration|latency|ms|seconds|time)(?:[._]|$)/;

/**
 * Adds the counts of tokens, and the cost in US dollars that OpenRouter and Perplexity report with them. An empty usage
 * object must not replace an earlier one that is not empty.
 */
export function addUsage(parts: AnswerPart[], json: unknown): void {
  const usage = readUsage(json);
  if (Object.keys(usage).length > 0) parts.push({ type: 'usage', usage });
  // If the user's own provider key is used (`is_byok`), this cost is only the fee of the service.
  if (field(json, 'is_byok') !== true) {
    addBill(parts, numberField(json, 'cost') ?? numberField(field(json, 'cost'), 'total_cost'), {});
  }
}

/** Largest cost of one request in US dollars; larger values are not credible. */
const MAX_COST_DOLLARS = 10_000;

/** @param meta of a chunk or a response of AI/ML API, which holds the bill */
export function addCost(parts: AnswerPart[], meta: unknown): void {
  addBill(parts, numberField(field(meta, 'usage'), 'usd_spent'), { scaledCounts: true });
}

function addBill(
  parts: AnswerPart[],
  usd: number | undefined,
  counts: Pick<Extract<AnswerPart, { type: 'billed' }>, 'scaledCounts'>,
): void {
  if (usd !== undefined && usd >= 0 && usd <= MAX_COST_DOLLARS)
    parts.push({ type: 'billed', usd, ...counts });
}

function readUsage(json: unknown): Usage {
  const counts = new Map(numbersIn(json, ''));
  const known = Object.entries(USAGE_PATHS).flatMap(([name, paths]) => {
    const [count] = paths.flatMap((path) => counts.get(path) ?? []);
    for (const path of paths) counts.delete(path);
    return count === undefined ? [] : [[name, count] as const];
  });
  const others = [...counts]
    .filter(([name, tokens]) => tokens !== 0 && name.length <= MAX_COUNT_NAME_LENGTH)
    .filter(([name, tokens]) => Number.isInteger(tokens) && !OTHER_NUMBERS.test(name))
    .map(([name, tokens]) => ({ name, tokens }));
  return {
    ...Object.fromEntries(known),
    ...(others.length > 0 && { others: others.slice(0, MAX_OTHER_COUNTS) }),
  };
}

function numbersIn(json: unknown, prefix: string): readonly (readonly [string, number])[] {
  if (!isObject(json)) return [];
  return Object.keys(json).flatMap((name) => {
    const count = numberField(json, name);
    if (count !== undefined) return count < 0 || count > MAX_TOKENS ? [] : [[prefix + name, count] as const];
    return prefix === '' ? numbersIn(field(json, name), `${name}.`) : [];
  });
}
