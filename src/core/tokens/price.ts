import type { Usage } from '../api';

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

export interface KnownModel {
  readonly price: Price;
  /** Tokens of prompt and answer together. */
  readonly context: number;
  /** Tokens of one answer, its reasoning included. */
  readonly maxOutput: number;
}

/** o1-mini's public list price and sizes, for when no server says otherwise. */
const O1_MINI: KnownModel = { price: { input: 1.1, output: 4.4 }, context: 128_000, maxOutput: 65_536 };

/** The built-in prices of a model. The name may have a date at its end and a vendor at its beginning. */
export function knownModel(model: string): KnownModel | undefined {
  return /^(?:.+\/)?o1-mini(?:-\d{4}-\d{2}-\d{2})?$/.test(model) ? O1_MINI : undefined;
}

/**
 * The most that a question may cost in US dollars: its prompt, and every answer up to its limit. A service
 * bills the prompt of `n` answers once; where they are asked for one by one it is billed with each, so each
 * is counted.
 */
export function maxCost(price: Price, promptTokens: number, limit: number, n: number): number {
  return n * usdOf(price, promptTokens, limit);
}

/**
 * What an answer cost in US dollars, by the tokens that the service reported; undefined where it reported
 * none. The tokens of the answer include those of its reasoning.
 */
export function costOf(price: Price, { promptTokens, completionTokens }: Usage): number | undefined {
  if (promptTokens === undefined && completionTokens === undefined) return undefined;
  return usdOf(price, promptTokens ?? 0, completionTokens ?? 0);
}

function usdOf({ input, output }: Price, promptTokens: number, answerTokens: number): number {
  return (promptTokens * input + answerTokens * output) / 1e6;
}

/** Dollars in full cents, and below one dollar in hundredths of a cent, where these are not zero. */
export function formatUsd(usd: number, language: string): string {
  if (usd > 0 && usd < 0.0001) return `<${formatUsd(0.0001, language)}`;
  return usd.toLocaleString(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: usd >= 1 ? 2 : 4,
  });
}
