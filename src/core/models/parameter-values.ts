/**
 * Parameters whose values differ between models: how much a model reasons, and how much it writes. New models bring new
 * values, so any word may be one.
 */
export const ENUM_PARAMETERS = ['reasoningEffort', 'verbosity'] as const;

export type EnumParameter = (typeof ENUM_PARAMETERS)[number];

/** Values that replace those of the settings. `default` leaves the value to the model. */
export type SelectedValues = Readonly<Partial<Record<EnumParameter, string>>>;

/** The known values of a parameter of a model. */
export interface ValueRules {
  /** All values that the model accepts, in the order of the service. Absent if they are not known. */
  readonly accepted?: readonly string[];
  /** Values that the model rejected. */
  readonly rejected?: readonly string[];
}

/** The values of most models, from least to most. */
export const RANKED_VALUES: readonly string[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/**
 * The values to offer if the service does not list those that the model accepts. Most models that have the parameter
 * accept these.
 */
const UNLISTED_VALUES: readonly string[] = ['low', 'medium', 'high'];

/** This value turns reasoning off, so it must never be sent in place of another value. */
const OFF = 'none';

/** Largest number of values that are kept for a parameter. No model has that many. */
const MAX_VALUES = 20;

/** Whether a value can be sent: a short word in lower case. */
export function isParameterValue(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9_-]{0,31}$/.test(value);
}

/**
 * For each parameter, the value of the first source that has one. Chats may be edited or imported, so values that cannot
 * be sent are left out.
 */
export function mergeSelectedValues(...sources: readonly SelectedValues[]): SelectedValues {
  const entries = ENUM_PARAMETERS.map(
    (parameter) => [parameter, sources.map((source) => source[parameter]).find(isParameterValue)] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The usable values of an untrusted list, each once. */
export function parameterValues(list: readonly unknown[]): readonly string[] {
  return [...new Set(list.filter(isParameterValue))].slice(0, MAX_VALUES);
}

/** The values that a model accepts; undefined if they are not known. */
export function acceptedValues({ accepted, rejected = [] }: ValueRules): readonly string[] | undefined {
  return accepted?.filter((value) => !rejected.includes(value));
}

/** The values to choose from: those that the model accepts, or else usual ones that it has not rejected. */
export function offeredValues(
  accepted: readonly string[] | undefined,
  rejected: readonly string[],
): readonly string[] {
  return accepted ?? UNLISTED_VALUES.filter((value) => !rejected.includes(value));
}

/**
 * The value to send in place of the wanted one: the value itself if the model may accept it, else the nearest that it
 * accepts. Of two that are equally near, it is the lower one, which costs less.
 *
 * @returns undefined if the parameter must be left out
 */
export function permittedValue(wanted: string, rules: ValueRules): string | undefined {
  const accepted = acceptedValues(rules);
  if (!accepted) return rules.rejected?.includes(wanted) === true ? undefined : wanted;
  if (accepted.includes(wanted)) return wanted;
  const wantedRank = RANKED_VALUES.indexOf(wanted);
  if (wantedRank < 0) return undefined;
  return ranked(accepted)
    .filter(({ value }) => value !== OFF)
    .sort((a, b) => Math.abs(a.rank - wantedRank) - Math.abs(b.rank - wantedRank) || a.rank - b.rank)[0]
    ?.value;
}

/**
 * The values with their ranks. A value that is not one of `RANKED_VALUES` ranks directly after the value that the
 * service lists before it.
 */
function ranked(values: readonly string[]): { readonly value: string; readonly rank: number }[] {
  let last = -1;
  return values.map((value) => {
    const index = RANKED_VALUES.indexOf(value);
    last = index < 0 ? last + 0.5 : index;
    return { value, rank: last };
  });
}

/**
 * Merges the rules of two sources. The accepted values of the newer source replace those of the older one; the
 * rejected values are combined.
 */
export function mergeRules(older: ValueRules | undefined, newer: ValueRules | undefined): ValueRules {
  const accepted = newer?.accepted ?? older?.accepted;
  const rejected = [...new Set([...(older?.rejected ?? []), ...(newer?.rejected ?? [])])].slice(-MAX_VALUES);
  return { ...(accepted && { accepted }), ...(rejected.length > 0 && { rejected }) };
}
