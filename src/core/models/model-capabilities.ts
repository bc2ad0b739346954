import {
  OMITTING_CORRECTIONS,
  type Correction,
  type Corrections,
} from '../api/corrections/learned-corrections';
import { knownModel } from './built-in-models';
import type { Price } from '../tokens/price';
import type { ModelInfo, Retirement } from './model-parser';
import { acceptedValues, parameterValues, type ValueParameter } from './parameter-values';

/**
 * Where a fact about a model comes from, in the order of trust: the built-in data of o1-mini, the list of the service, an
 * error of the service, the settings.
 */
export type FactSource = 'built-in' | 'list' | 'rejection' | 'setting';

export interface Fact<T> {
  readonly value: T;
  readonly source: FactSource;
}

/** The known properties of a model at an address. A field is absent if its value is not known. */
export interface ModelCapabilities {
  readonly price?: Fact<Price>;
  /** The context window in tokens: prompt and answer together. */
  readonly context?: Fact<number>;
  /** The longest answer in tokens, including the reasoning. */
  readonly maxOutput?: Fact<number>;
  /** The values that the model accepts; empty if it does not have the parameter. */
  readonly reasoningEffort?: Fact<readonly string[]>;
  readonly verbosity?: Fact<readonly string[]>;
  /** Values of these parameters that the model rejected. */
  readonly rejectedValues?: Partial<Readonly<Record<ValueParameter, readonly string[]>>>;
  readonly reasoning?: Fact<boolean>;
  readonly vision?: Fact<boolean>;
  readonly tools?: Fact<boolean>;
  readonly retirement?: Fact<Retirement>;
  /** Changes that the service requires, so that requests differ from the settings. */
  readonly corrections: readonly Correction[];
  /** When the list was read, and when an error last changed the record, in ms since 1970. */
  readonly listedAt?: number;
  readonly learnedAt?: number;
}

/** The sources of a record. */
export interface CapabilitySources {
  readonly model: string;
  /** The entry of the list. */
  readonly listed?: ModelInfo | undefined;
  readonly listedAt?: number | undefined;
  readonly learned: Corrections;
  readonly learnedAt?: number | undefined;
  /** The prices in the settings, in US dollars per million tokens. */
  readonly prices: { readonly input: number | null; readonly output: number | null };
}

/** Merges the sources: each fact is that of the most trusted source that has it. */
export function mergeCapabilities(sources: CapabilitySources): ModelCapabilities {
  const { model, listed, learned, listedAt, learnedAt } = sources;
  const builtIn = knownModel(model);
  const named = learned.properties;
  return withoutAbsent({
    price: priceOf(sources),
    context: fact(['rejection', named?.context], ['list', listed?.context], ['built-in', builtIn?.context]),
    maxOutput: fact(
      ['rejection', named?.maxOutput],
      ['list', listed?.maxOutput],
      ['built-in', builtIn?.maxOutput],
    ),
    reasoningEffort: valuesOf('reasoningEffort', sources),
    verbosity: valuesOf('verbosity', sources),
    rejectedValues: rejectedValues(named),
    reasoning: fact(['list', listed?.reasoning], ['built-in', builtIn && true]),
    vision: fact(['list', listed?.vision], ['built-in', builtIn && false]),
    tools: fact(['list', listed?.tools], ['built-in', builtIn && false]),
    retirement: fact(['list', listed?.retirement]),
    corrections: [...learned],
    listedAt: listed && listedAt,
    learnedAt,
  });
}

function rejectedValues(named: Corrections['properties']): ModelCapabilities['rejectedValues'] {
  const [efforts, verbosities] = [named?.reasoningEffort?.rejected, named?.verbosity?.rejected];
  if (!efforts && !verbosities) return undefined;
  return { ...(efforts && { reasoningEffort: efforts }), ...(verbosities && { verbosity: verbosities }) };
}

/** The first value that is known. */
function fact<T>(...candidates: readonly (readonly [FactSource, T | undefined])[]): Fact<T> | undefined {
  for (const [source, value] of candidates) if (value !== undefined) return { value, source };
  return undefined;
}

/** Values that an error lists replace those of the list; a value that was rejected is removed from either. */
function valuesOf(
  parameter: ValueParameter,
  { model, listed, learned }: CapabilitySources,
): Fact<readonly string[]> | undefined {
  if (knownModel(model)) return { value: [], source: 'built-in' };
  if (learned.has(OMITTING_CORRECTIONS[parameter])) return { value: [], source: 'rejection' };
  const rules = learned.properties?.[parameter];
  const accepted = rules && acceptedValues(rules);
  if (accepted) return { value: accepted, source: 'rejection' };
  const efforts = listedValues(parameter, listed);
  if (!efforts) return undefined;
  const remaining = parameterValues(efforts.filter((value) => rules?.rejected?.includes(value) !== true));
  return { value: remaining, source: remaining.length < efforts.length ? 'rejection' : 'list' };
}

/** The values of a list, which says of the verbosity only whether the model has it. */
function listedValues(
  parameter: ValueParameter,
  listed: ModelInfo | undefined,
): readonly string[] | undefined {
  if (parameter === 'reasoningEffort') return listed?.efforts;
  return listed?.verbosity === false ? [] : undefined;
}

/** The prices of prompt and answer may have different sources; the more trusted one is named. */
function priceOf({ model, listed, prices }: CapabilitySources): Fact<Price> | undefined {
  const builtIn = knownModel(model)?.price;
  const base = fact(['list', listed?.price], ['built-in', builtIn]);
  const input = prices.input ?? base?.value.input;
  const output = prices.output ?? base?.value.output;
  if (input === undefined || output === undefined) return undefined;
  const isSet = prices.input !== null || prices.output !== null;
  // With another price of the prompt, the listed prices of the cache are not right.
  const value = { ...(prices.input === null && base?.value), input, output };
  return { value, source: isSet ? 'setting' : (base?.source ?? 'setting') };
}

type Present<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

function withoutAbsent<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>;
}
