import { arrayField, field, stringField } from '../json';
import type { Price } from '../tokens/price';

const MILLION = 1_000_000;

/** Largest credible price in US dollars per million tokens. */
const MAX_DOLLARS_PER_MILLION = 100_000;

/** Where one price of a model may stand. */
interface PriceNames {
  /** The `origin` of a unit of AI/ML API. */
  readonly origin: RegExp;
  /** Fields in dollars per million tokens. */
  readonly perMillion: readonly string[];
  /** Fields in dollars per token. */
  readonly perToken: readonly string[];
}

const PRICE_NAMES: Readonly<Record<keyof Price, PriceNames>> = {
  input: { origin: /^provided$/, perMillion: ['input'], perToken: ['prompt'] },
  output: { origin: /^generated$/, perMillion: ['output'], perToken: ['completion'] },
  cachedInput: {
    origin: /^cached?(?:[ _-]?read)?$/,
    perMillion: ['cachedInput', 'cached_input', 'cache_read'],
    perToken: ['input_cache_read'],
  },
  cacheWrite: {
    origin: /^cached?[ _-]?(?:write|written|creation)$/,
    perMillion: ['cacheWrite', 'cache_write'],
    perToken: ['input_cache_write'],
  },
};

/**
 * A price in any format: the units of AI/ML API, dollars per million tokens, or dollars per token (OpenRouter).
 * Undefined if the price of the prompt or of the answer is missing.
 */
export function parsePrice(pricing: unknown): Price | undefined {
  const input = priceOf(pricing, PRICE_NAMES.input);
  const output = priceOf(pricing, PRICE_NAMES.output);
  if (input === undefined || output === undefined) return undefined;
  const cachedInput = priceOf(pricing, PRICE_NAMES.cachedInput);
  const cacheWrite = priceOf(pricing, PRICE_NAMES.cacheWrite);
  return {
    input,
    output,
    ...(cachedInput !== undefined && { cachedInput }),
    ...(cacheWrite !== undefined && { cacheWrite }),
  };
}

function priceOf(pricing: unknown, { origin, perMillion, perToken }: PriceNames): number | undefined {
  return [
    unitPrice(pricing, origin),
    ...perMillion.map((name) => dollars(field(pricing, name), 1)),
    ...perToken.map((name) => dollars(field(pricing, name), MILLION)),
  ].find((price) => price !== undefined);
}

/** A unit states the number of tokens that its price is for; without it, the price is unknown. */
function unitPrice(pricing: unknown, origin: RegExp): number | undefined {
  const unit = arrayField(pricing, 'units').find(
    (candidate) =>
      stringField(candidate, 'name') === 'token' &&
      (stringField(candidate, 'content') ?? 'text') === 'text' &&
      origin.test(stringField(candidate, 'origin') ?? ''),
  );
  const per = field(unit, 'per');
  return typeof per === 'number' && per > 0 ? dollars(field(unit, 'price'), MILLION / per) : undefined;
}

/** OpenRouter uses negative prices for "it depends". */
function dollars(value: unknown, factor: number): number | undefined {
  const written = typeof value === 'string' && /^\d*\.?\d+(?:e[-+]?\d+)?$/i.test(value);
  const amount = written ? Number(value) : value;
  if (typeof amount !== 'number' || !(amount >= 0 && amount * factor <= MAX_DOLLARS_PER_MILLION))
    return undefined;
  // Rounded, because 0.0000011 times a million is not exactly 1.1; `Math.max` also turns -0 into 0.
  return Math.max(0, Number((amount * factor).toPrecision(12)));
}
