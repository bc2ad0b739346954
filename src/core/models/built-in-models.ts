import type { Price } from '../tokens/price';

export interface BuiltInModel {
  readonly price: Price;
  /** The context window in tokens: prompt and answer together. */
  readonly context: number;
  /** The longest answer in tokens, including the reasoning. */
  readonly maxOutput: number;
}

/** The public list price and limits of o1-mini, used if the service does not report them. */
const O1_MINI: BuiltInModel = {
  price: { input: 1.1, output: 4.4, cachedInput: 0.55 },
  context: 128_000,
  maxOutput: 65_536,
};

/** The built-in data of a model. The name may begin with a vendor and end with a date. */
export function builtInModel(model: string): BuiltInModel | undefined {
  return /^(?:.+\/)?o1-mini(?:-\d{4}-\d{2}-\d{2})?$/.test(model) ? O1_MINI : undefined;
}
