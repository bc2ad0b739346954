import { createTimeLimitedWorker } from '../rendering/time-limited-worker';
import { expressionOf, matchesIn, type FindQuery } from './find-query';
import type { MatchRequest, MatchResult } from './match-worker';

const worker = createTimeLimitedWorker<MatchRequest, MatchResult>(() => import('./match-worker?worker'));

/** The matches in each of the texts; undefined if the search took too long or was cancelled. */
export async function findInTexts(
  query: FindQuery,
  texts: readonly string[],
): Promise<MatchResult | undefined> {
  const expression = expressionOf(query);
  if (!expression) return texts.map(() => []);
  return query.regex ? worker.run({ expression, texts }) : texts.map((text) => matchesIn(text, expression));
}

/** Cancels the searches that are not completed. */
export function cancelSearches(): void {
  worker.cancel();
}
