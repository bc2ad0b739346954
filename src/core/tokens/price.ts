import type { Usage } from '../api/events';

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** Of prompt tokens that were read from the cache of the service; billed like others if absent. */
  readonly cachedInput?: number;
  /** Of prompt tokens that were written to the cache; billed like others if absent. */
  readonly cacheWrite?: number;
}

/**
 * The highest possible cost of a question in US dollars: its prompt, and every answer up to the limit. A service
 * bills the prompt once for `n` answers, but with each answer if they are requested separately, so it is counted for
 * each.
 */
export function maxCost(price: Price, promptTokens: number, limit: number, n: number): number {
  return n * usdOf(price, promptTokens, limit);
}

/**
 * The cost of an answer in US dollars by its reported tokens; undefined if the prompt or the answer was not counted. The
 * completion tokens include the reasoning, and the prompt tokens include those of the cache.
 */
export function costOf(price: Price, usage: Usage): number | undefined {
  const { totalTokens: total = NaN, cachedTokens = 0, cacheWriteTokens = 0 } = usage;
  // A service may report the sum and one of the two.
  const prompt = usage.promptTokens ?? total - (usage.completionTokens ?? NaN);
  const rest = total - prompt;
  // Some services leave the reasoning out of the completion tokens, but not out of the sum.
  const completion = Math.max(usage.completionTokens ?? rest, rest >= 0 ? rest : -Infinity);
  if (!(prompt >= 0 && completion >= 0)) return undefined;
  const cached = Math.min(cachedTokens, prompt);
  const written = Math.min(cacheWriteTokens, prompt - cached);
  const { input, cachedInput = input, cacheWrite = input } = price;
  const ofCache = (cached * cachedInput + written * cacheWrite) / 1e6;
  return ofCache + usdOf(price, prompt - cached - written, completion);
}

function usdOf({ input, output }: Price, promptTokens: number, answerTokens: number): number {
  return (promptTokens * input + answerTokens * output) / 1e6;
}

/** Formats an amount in full cents, and below one dollar in hundredths of a cent if they are not zero. */
export function formatUsdIn(usd: number, language: string): string {
  if (usd > 0 && usd < 0.0001) return `<${formatUsdIn(0.0001, language)}`;
  return usd.toLocaleString(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: usd >= 1 ? 2 : 4,
  });
}
