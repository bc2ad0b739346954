import { arrayField, field, stringField } from '../api/json';
import type { Price } from '../tokens/price';

const million = 1_000_000;
/** US dollars per million tokens that a price may be; more is none. */
const mostDollars = 100_000;

/**
 * A price in any of its dialects: AI/ML API's units, dollars per million tokens as `input` and `output`, or
 * OpenRouter's dollars per token as `prompt` and `completion`. Half a price is none.
 */
export function priceOf(pricing: unknown): Price | undefined {
  const input =
    unitPrice(pricing, 'provided') ??
    dollars(field(pricing, 'input'), 1) ??
    dollars(field(pricing, 'prompt'), million);
  const output =
    unitPrice(pricing, 'generated') ??
    dollars(field(pricing, 'output'), 1) ??
    dollars(field(pricing, 'completion'), million);
  return input !== undefined && output !== undefined ? { input, output } : undefined;
}

/** Units differ in how many tokens they are the price of, so one that does not say it is no price. */
function unitPrice(pricing: unknown, origin: string): number | undefined {
  const unit = arrayField(pricing, 'units').find(
    (candidate) =>
      stringField(candidate, 'name') === 'token' &&
      (stringField(candidate, 'content') ?? 'text') === 'text' &&
      stringField(candidate, 'origin') === origin,
  );
  const per = field(unit, 'per');
  return typeof per === 'number' && per > 0 ? dollars(field(unit, 'price'), million / per) : undefined;
}

/** Negative is how OpenRouter says that a price depends. */
function dollars(value: unknown, factor: number): number | undefined {
  const written = typeof value === 'string' && /^\d*\.?\d+(?:e[-+]?\d+)?$/i.test(value);
  const amount = written ? Number(value) : value;
  if (typeof amount !== 'number' || !(amount >= 0 && amount * factor <= mostDollars)) return undefined;
  // 0.0000011 times a million is not quite 1.1; and no price is minus zero.
  return Math.max(0, Number((amount * factor).toPrecision(12)));
}
