import {
  OMITTING_CORRECTIONS,
  type Correction,
  type Corrections,
} from '../api/corrections/learned-corrections';
import { builtInModel } from './built-in-models';
import type { Price } from '../tokens/price';
import type { ListedModel, Retirement } from './model-parser';
import { acceptedValues, parameterValues, type EnumParameter } from './parameter-values';

/**
 * Where a property of a model comes from: the built-in data of o1-mini, the list of the service, an error of the service,
 * the settings.
 */
export type MetadataSource = 'built-in' | 'list' | 'rejection' | 'setting';

export interface Sourced<T> {
  readonly value: T;
  readonly source: MetadataSource;
}

/** The known properties of a model at an address. A field is absent if its value is not known. */
export interface SourcedMetadata {
  readonly price?: Sourced<Price>;
  /** The context window in tokens: prompt and answer together. */
  readonly context?: Sourced<number>;
  /** The longest answer in tokens, including the reasoning. */
  readonly maxOutput?: Sourced<number>;
  /** The values that the model accepts; empty if it does not have the parameter. */
  readonly reasoningEffort?: Sourced<readonly string[]>;
  readonly verbosity?: Sourced<readonly string[]>;
  /** Values of these parameters that the model rejected. */
  readonly rejectedValues?: Partial<Readonly<Record<EnumParameter, readonly string[]>>>;
  readonly reasoning?: Sourced<boolean>;
  readonly vision?: Sourced<boolean>;
  readonly tools?: Sourced<boolean>;
  readonly retirement?: Sourced<Retirement>;
  /** Changes that the service requires, so that requests differ from the settings. */
  readonly corrections: readonly Correction[];
  /** When the list was read, and when an error last changed the record, in ms since 1970. */
  readonly listedAt?: number;
  readonly learnedAt?: number;
}

/** The sources of a record. */
export interface MetadataSources {
  readonly model: string;
  /** The entry of the list. */
  readonly listed?: ListedModel | undefined;
  readonly listedAt?: number | undefined;
  readonly learned: Corrections;
  readonly learnedAt?: number | undefined;
  /** The prices in the settings, in US dollars per million tokens. */
  readonly prices: { readonly input: number | null; readonly output: number | null };
}

/** Merges the sources: each property is that of the most trusted source that has it. */
export function mergeMetadata(sources: MetadataSources): SourcedMetadata {
  const { model, listed, learned, listedAt, learnedAt } = sources;
  const builtIn = builtInModel(model);
  const named = learned.properties;
  return withoutAbsent({
    price: priceOf(sources),
    context: firstKnown(
      ['rejection', named?.context],
      ['list', listed?.context],
      ['built-in', builtIn?.context],
    ),
    maxOutput: firstKnown(
      ['rejection', named?.maxOutput],
      ['list', listed?.maxOutput],
      ['built-in', builtIn?.maxOutput],
    ),
    reasoningEffort: valuesOf('reasoningEffort', sources),
    verbosity: valuesOf('verbosity', sources),
    rejectedValues: rejectedValues(named),
    reasoning: firstKnown(['list', listed?.reasoning], ['built-in', builtIn && true]),
    vision: firstKnown(['list', listed?.vision], ['built-in', builtIn && false]),
    tools: firstKnown(['list', listed?.tools], ['built-in', builtIn && false]),
    retirement: firstKnown(['list', listed?.retirement]),
    corrections: [...learned],
    listedAt: listed && listedAt,
    learnedAt,
  });
}

function rejectedValues(named: Corrections['properties']): SourcedMetadata['rejectedValues'] {
  const [efforts, verbosities] = [named?.reasoningEffort?.rejected, named?.verbosity?.rejected];
  if (!efforts && !verbosities) return undefined;
  return { ...(efforts && { reasoningEffort: efforts }), ...(verbosities && { verbosity: verbosities }) };
}

/** The first value that is known. */
function firstKnown<T>(
  ...candidates: readonly (readonly [MetadataSource, T | undefined])[]
): Sourced<T> | undefined {
  for (const [source, value] of candidates) if (value !== undefined) return { value, source };
  return undefined;
}

/** Values that an error lists replace those of the list; a value that was rejected is removed from either. */
function valuesOf(
  parameter: EnumParameter,
  { model, listed, learned }: MetadataSources,
): Sourced<readonly string[]> | undefined {
  if (builtInModel(model)) return { value: [], source: 'built-in' };
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
  parameter: EnumParameter,
  listed: ListedModel | undefined,
): readonly string[] | undefined {
  if (parameter === 'reasoningEffort') return listed?.efforts;
  return listed?.verbosity === false ? [] : undefined;
}

/** The prices of prompt and answer may have different sources; the more trusted one is named. */
function priceOf({ model, listed, prices }: MetadataSources): Sourced<Price> | undefined {
  const builtIn = builtInModel(model)?.price;
  const base = firstKnown(['list', listed?.price], ['built-in', builtIn]);
  const input = prices.input ?? base?.value.input;
  const output = prices.output ?? base?.value.output;
  if (input === undefined || output === undefined) return undefined;
  const isSet = prices.input !== null || prices.output !== null;
  // If the user has set the prompt price, the listed prices of cached tokens do not apply.
  const value = { ...(prices.input === null && base?.value), input, output };
  return { value, source: isSet ? 'setting' : (base?.source ?? 'setting') };
}

type Present<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

function withoutAbsent<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>;
}
