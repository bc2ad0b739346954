import type { ChatError, Identity, Usage } from '../api';
import type { Price } from '../tokens/price';

export interface Answer {
  readonly status: AnswerStatus;
  /** By the index of the choice. Asked for one answer, the service may still send none. */
  readonly choices: readonly Choice[];
  /** The index of the choice that is shown, and that goes with later questions. */
  readonly chosen: number;
  /** One for each time it was worked at: once, and again for each Continue. None where nothing could be sent. */
  readonly runs: readonly Run[];
}

export interface Choice {
  readonly text: string;
  /** Why the model would not answer, in its words. */
  readonly refusal: string;
  /** Thoughts, where a server shows them. */
  readonly reasoning: string;
  /** Why the model ended: `stop`, `length`, `content_filter` or a server's own word. */
  readonly finishReason?: string;
  /** Sources and the like, as the service sent them. */
  readonly annotations?: readonly unknown[];
  /** The beginning of a continuation, until it is known where it joins the text. */
  readonly seam?: string;
}

/** The terms of a request, which determine its price. */
export interface Terms {
  readonly origin: string;
  readonly model: string;
  /** Tokens for each answer, the reasoning included. */
  readonly limit: number;
  readonly n: number;
  /** Tokens of the prompt, as we count them. */
  readonly promptTokens: number;
  /** The price at that time, where it was known. */
  readonly price?: Price;
  /** The most tokens that an answer of this model may have, where that was known. */
  readonly maxOutput?: number;
  /** The parts that did not fit into the context window of the model. */
  readonly omitted?: { readonly turns: number; readonly context: boolean };
}

/** One piece of work at an answer. Times are milliseconds of the clock that `Session` was given. */
export interface Run {
  readonly terms: Terms;
  readonly askedAt: number;
  readonly sentAt?: number;
  readonly firstWordAt?: number;
  readonly endedAt?: number;
  readonly seed: number | null;
  /** The index of the choice that it continues; absent where it began the answer. */
  readonly continues?: number;
  /** One for each request it took: several where alternatives were asked for one by one. */
  readonly receipts: readonly RequestUsage[];
}

/** The metadata that the service reports about one request. */
export interface RequestUsage extends Identity {
  /** The HTTP status of the answer; absent where there was none, or a refusal. */
  readonly status?: number;
  /** It was refused, or never arrived: nobody is paid for it. */
  readonly unbilled?: true;
  readonly requestIds: readonly string[];
  readonly usage?: Usage;
  /** US dollars that it says it took. */
  readonly usd?: number;
}

export type AnswerStatus = RunningStatus | EndedStatus;

type RunningStatus =
  | { readonly kind: 'waiting' | 'thinking' | 'answering'; readonly since: number }
  /** It failed before its answer began, and is sent again at the end of the wait. */
  | {
      readonly kind: 'retrying';
      readonly since: number;
      readonly until: number;
      readonly attempt: number;
      readonly of: number;
      readonly error: ChatError;
    };

export type EndedStatus =
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  /** It broke; what had come is here, and is not the whole. */
  | { readonly kind: 'incomplete'; readonly error: ChatError }
  | { readonly kind: 'failed'; readonly error: ChatError };

export const emptyChoice: Choice = { text: '', refusal: '', reasoning: '' };

/** The choice that is shown. */
export function shownChoice({ choices, chosen }: Answer): Choice {
  return choices[chosen] ?? emptyChoice;
}

export function isRunning({ kind }: AnswerStatus): boolean {
  return kind === 'waiting' || kind === 'thinking' || kind === 'answering' || kind === 'retrying';
}

/** Whether the model could go on with it: it has a beginning, and no end. */
export function canContinue(answer: Answer): boolean {
  const { text, finishReason } = shownChoice(answer);
  if (text === '' || isRunning(answer.status)) return false;
  if (finishReason === 'length') return true;
  // Stopped, or broken, when nothing more was to come.
  const whole = finishReason === 'stop' || finishReason === 'content_filter';
  return !whole && answer.status.kind !== 'done';
}

/** Whether the thinking ate the limit, so that nothing is left to read. */
export function usedAllTokensForReasoning(answer: Answer): boolean {
  const { text, refusal, finishReason } = shownChoice(answer);
  return finishReason === 'length' && text + refusal === '';
}

/** Twice the limit of its last run, or what the model can give at most; undefined where that is no more. */
export function doubledLimit({ runs }: Answer): number | undefined {
  const terms = runs.at(-1)?.terms;
  if (!terms) return undefined;
  const doubled = Math.min(2 * terms.limit, terms.maxOutput ?? Infinity);
  return doubled > terms.limit ? doubled : undefined;
}
