/** The worker that searches with a regular expression, which can take exponential time. */
import { matchesIn, type Match } from './find-query';

/** Texts to search. */
export interface MatchRequest {
  readonly expression: RegExp;
  readonly texts: readonly string[];
}

/** The matches in each of the texts. */
export type MatchResult = readonly (readonly Match[])[];

addEventListener('message', ({ data: { expression, texts } }: MessageEvent<MatchRequest>) => {
  postMessage(texts.map((text) => matchesIn(text, expression)));
});
