import { builtInModel } from './built-in-models';
import type { Price } from '../tokens/price';
import type { ListedModel } from './model-parser';
import { findModel, isRetiring } from './retirement';

/** A model to use in place of another one, and why it was chosen. */
export interface ModelReplacement {
  readonly model: string;
  /**
   * `named`: by the service; `alias`: a name of the same model that the service keeps up to date; `nearest`: the most
   * similar one of the list, or its only one.
   */
  readonly reason: 'named' | 'alias' | 'nearest';
}

/**
 * The model to offer in place of one that is retired or will be retired; undefined if none of the listed models is
 * similar enough.
 */
export function findReplacement(
  model: string,
  models: readonly ListedModel[],
  now: number,
): ModelReplacement | undefined {
  const named = namedReplacement(model, models);
  if (named !== undefined) return { model: named, reason: 'named' };
  const retired = findModel(models, model);
  const candidates = models.filter(
    (candidate) =>
      candidate !== retired && candidate.unlisted === undefined && !isRetiring(candidate.retirement, now),
  );
  const alias = rollingAliases(model).find((name) => findModel(candidates, name));
  if (alias !== undefined) return { model: alias, reason: 'alias' };
  // A local server often has only one model, which is then the obvious replacement.
  const isOnlyOne = models.filter(({ unlisted }) => unlisted === undefined).length === 1;
  const nearest = isOnlyOne ? candidates[0] : nearestModel(model, retired, candidates);
  return nearest && { model: nearest.id, reason: 'nearest' };
}

/**
 * Longest chain of replacements that is followed, because the replacement of a model may have been retired and
 * replaced as well.
 */
const MAX_STEPS = 10;

function namedReplacement(model: string, models: readonly ListedModel[]): string | undefined {
  let name = findModel(models, model)?.retirement?.replacedBy;
  for (let step = 0; step < MAX_STEPS && name !== undefined; step++) {
    const retirement = findModel(models, name)?.retirement;
    if (retirement?.status !== 'withdrawn') return name === model ? undefined : name;
    name = retirement.replacedBy;
  }
  return undefined;
}

/** A date or a build at the end of a name, such as `-2024-09-12`, `-20240912` and `-0912`. */
const VERSION = /-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{4})$/;

/** Names that services keep up to date: the name without its version, and with `latest`. */
function rollingAliases(model: string): readonly string[] {
  const bare = model.replace(VERSION, '').replace(/-latest$/, '');
  return [`${bare}-latest`, bare].filter((name) => name !== model);
}

/** Lowest similarity at which a model is offered. The highest possible similarity is 4. */
const MIN_SIMILARITY = 1.5;

function nearestModel(
  model: string,
  retired: ListedModel | undefined,
  candidates: readonly ListedModel[],
): ListedModel | undefined {
  const family = wordsOf(model);
  const price = retired?.price ?? builtInModel(model)?.price;
  const rated = candidates.map((candidate) => ({
    candidate,
    // The words of the name count most, because the answers of another model family differ most.
    similarity:
      2 * shared(family, wordsOf(candidate.id)) + priceSimilarity(price, candidate) + reasons(candidate),
  }));
  const [best] = rated.sort(
    (a, b) => b.similarity - a.similarity || (b.candidate.created ?? 0) - (a.candidate.created ?? 0),
  );
  return best && best.similarity >= MIN_SIMILARITY ? best.candidate : undefined;
}

/** The words of a name, without its maker and its numbers: "o" and "mini" for `openai/o1-mini`. */
function wordsOf(model: string): ReadonlySet<string> {
  const name = model.slice(model.lastIndexOf('/') + 1).replace(VERSION, '');
  return new Set(
    name
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => word !== ''),
  );
}

/** From 0 to 1. */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((word) => b.has(word)).length;
  return common === 0 ? 0 : common / (a.size + b.size - common);
}

/** 1 for the same price, less for a higher or lower one. 0 if one of the prices is unknown. */
function priceSimilarity(price: Price | undefined, { price: other }: ListedModel): number {
  if (!price || !other) return 0;
  const [before, after] = [price.input + price.output, other.input + other.output];
  return before > 0 && after > 0 ? 1 / (1 + Math.abs(Math.log(after / before))) : 0;
}

function reasons({ reasoning, efforts }: ListedModel): number {
  return reasoning === true || (efforts !== undefined && efforts.length > 0) ? 1 : 0;
}
