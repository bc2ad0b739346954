import { arrayField, field, stringField } from '../json';
import type { Price } from '../tokens/price';

const MILLION = 1_000_000;

const WRITTEN_NUMBER = /^\d*\.?\d+(?:e[-+]?\d+)?$/i;

/**
 * Credible prices in US dollars per million tokens, except 0. A price for one token is below the smallest of them, even
 * that of the most expensive model, so the amounts themselves show their unit.
 */
const MIN_DOLLARS = 0.001;
const MAX_DOLLARS = 100_000;

/** Where one price of a model may stand. */
interface PriceNames {
  /** The `origin` of a unit of AI/ML API. */
  readonly origin: RegExp;
  /** The names of its field. Services use the same ones for prices per token and per million tokens. */
  readonly fields: readonly string[];
}

const PRICE_NAMES: Readonly<Record<keyof Price, PriceNames>> = {
  input: { origin: /^provided$/, fields: ['input', 'prompt'] },
  output: { origin: /^generated$/, fields: ['output', 'completion'] },
  cachedInput: {
    origin: /^cached?(?:[ _-]?read)?$/,
    fields: ['cachedInput', 'cached_input', 'cache_read', 'input_cache_read'],
  },
  cacheWrite: {
    origin: /^cached?[ _-]?(?:write|written|creation)$/,
    fields: ['cacheWrite', 'cache_write', 'input_cache_write'],
  },
};

/**
 * A price in any format: the units of AI/ML API, dollars per million tokens, or dollars per token (OpenRouter, Vercel).
 * Undefined if the price of the prompt or of the answer is missing or not credible.
 */
export function parsePrice(pricing: unknown): Price | undefined {
  const factor = factorOf(pricing);
  const priceOf = (names: PriceNames): number | undefined =>
    unitPrice(pricing, names.origin) ?? dollars(amountOf(pricing, names), factor);
  const input = priceOf(PRICE_NAMES.input);
  const output = priceOf(PRICE_NAMES.output);
  if (input === undefined || output === undefined) return undefined;
  const cachedInput = priceOf(PRICE_NAMES.cachedInput);
  const cacheWrite = priceOf(PRICE_NAMES.cacheWrite);
  return {
    input,
    output,
    ...(cachedInput !== undefined && { cachedInput }),
    ...(cacheWrite !== undefined && { cacheWrite }),
  };
}

/**
 * Turns the amounts of one model into dollars per million tokens. All of them have the same unit. It is decided by the
 * higher price, because that of the prompt may be 0, and a price of the cache may be very low.
 */
function factorOf(pricing: unknown): number {
  const { input, output } = PRICE_NAMES;
  const highest = Math.max(amountOf(pricing, input) ?? 0, amountOf(pricing, output) ?? 0);
  return highest < MIN_DOLLARS ? MILLION : 1;
}

/** The amount in the first field that has a valid one. OpenRouter uses negative prices for "it depends". */
function amountOf(pricing: unknown, { fields }: PriceNames): number | undefined {
  return fields
    .map((name) => field(pricing, name))
    .map((value) => (typeof value === 'string' && WRITTEN_NUMBER.test(value) ? Number(value) : value))
    .find((amount): amount is number => typeof amount === 'number' && amount >= 0);
}

/** A unit states the number of tokens that its price is for; without it, the price is unknown. */
function unitPrice(pricing: unknown, origin: RegExp): number | undefined {
  const unit = arrayField(pricing, 'units').find(
    (candidate) =>
      stringField(candidate, 'name') === 'token' &&
      (stringField(candidate, 'content') ?? 'text') === 'text' &&
      origin.test(stringField(candidate, 'origin') ?? ''),
  );
  const [price, per] = [field(unit, 'price'), field(unit, 'per')];
  if (typeof price !== 'number' || typeof per !== 'number' || per <= 0) return undefined;
  return dollars(price, MILLION / per);
}

function dollars(amount: number | undefined, factor: number): number | undefined {
  if (amount === undefined) return undefined;
  // Rounded, because 0.0000011 times a million is not exactly 1.1.
  const perMillion = Number((amount * factor).toPrecision(12));
  // The result may be -0, which is stored as 0.
  if (perMillion === 0) return 0;
  return perMillion >= MIN_DOLLARS && perMillion <= MAX_DOLLARS ? perMillion : undefined;
}
