import type { Usage } from '../api';

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

export interface KnownModel {
  readonly price: Price;
  /** The context window in tokens: prompt and answer together. */
  readonly context: number;
  /** The longest answer in tokens, including the reasoning. */
  readonly maxOutput: number;
}

/** The public list price and limits of o1-mini, used if the service does not report them. */
const O1_MINI: KnownModel = { price: { input: 1.1, output: 4.4 }, context: 128_000, maxOutput: 65_536 };

/** The built-in data of a model. The name may begin with a vendor and end with a date. */
export function knownModel(model: string): KnownModel | undefined {
  return /^(?:.+\/)?o1-mini(?:-\d{4}-\d{2}-\d{2})?$/.test(model) ? O1_MINI : undefined;
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
 * The cost of an answer in US dollars by its reported tokens; undefined if none were reported. The completion tokens
 * include the reasoning.
 */
export function costOf(price: Price, { promptTokens, completionTokens }: Usage): number | undefined {
  if (promptTokens === undefined && completionTokens === undefined) return undefined;
  return usdOf(price, promptTokens ?? 0, completionTokens ?? 0);
}

function usdOf({ input, output }: Price, promptTokens: number, answerTokens: number): number {
  return (promptTokens * input + answerTokens * output) / 1e6;
}

/** Formats an amount in full cents, and below one dollar in hundredths of a cent if they are not zero. */
export function formatUsd(usd: number, language: string): string {
  if (usd > 0 && usd < 0.0001) return `<${formatUsd(0.0001, language)}`;
  return usd.toLocaleString(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: usd >= 1 ? 2 : 4,
  });
}
