import type { ChatError, ResponseIdentity, ReasoningItems, Usage } from '../api';
import type { LoweredLimit } from '../prompt/answer-limit';
import type { Price } from '../tokens/price';

export interface Answer {
  readonly status: AnswerStatus;
  /** The choices by index. A service may send fewer choices than requested, or none. */
  readonly choices: readonly Choice[];
  /** The index of the choice that is shown and sent with later questions. */
  readonly chosen: number;
  /** One for the first request and one for each continuation. Empty if nothing could be sent. */
  readonly runs: readonly Run[];
}

export interface Choice {
  readonly text: string;
  /** The message in which the model declines to answer; empty if it does not. */
  readonly refusal: string;
  /** The reasoning, if the server sends it. */
  readonly reasoning: string;
  /** Sent back to the model that sent them; absent if there are none. */
  readonly reasoningItems?: ReasoningItems;
  /** The finish reason: `stop`, `length`, `content_filter` or another string of the server. */
  readonly finishReason?: string;
  /** Annotations such as sources, as the service sent them. */
  readonly annotations?: readonly unknown[];
  /**
   * The beginning of a continuation that is held back until it is known where it joins the text. The name is part of
   * the chat files.
   */
  readonly seam?: string;
}

/** The parameters of a request that determine its price. */
export interface RequestTerms {
  readonly origin: string;
  readonly model: string;
  /** The token limit of each answer, including its reasoning. */
  readonly limit: number;
  /** Set if the limit in the settings was higher than the model allows. */
  readonly lowered?: LoweredLimit;
  readonly n: number;
  /** Size of the prompt in tokens, by our own count. */
  readonly promptTokens: number;
  /** The price at that time, if known. */
  readonly price?: Price;
  /** The longest answer of the model in tokens, if known. */
  readonly maxOutput?: number;
  /** The wanted values of these parameters; absent for the defaults of the model. */
  readonly reasoningEffort?: string;
  readonly verbosity?: string;
  /** The parts that were left out because the context window was too small. */
  readonly omitted?: { readonly turns: number; readonly context: boolean };
}

/** One request for an answer, or for a continuation of it. Times are in ms of the session's clock. */
export interface Run {
  readonly terms: RequestTerms;
  readonly askedAt: number;
  readonly sentAt?: number;
  readonly firstWordAt?: number;
  readonly endedAt?: number;
  readonly seed: number | null;
  /** The values that were sent; absent if none was. They differ from the wanted ones if the model rejects those. */
  readonly reasoningEffort?: string;
  readonly verbosity?: string;
  /** The index of the choice that is continued; absent for the first run. */
  readonly continues?: number;
  /**
   * The usage of each HTTP request: several if alternatives were requested separately. The name is part of the chat
   * files.
   */
  readonly receipts: readonly RequestUsage[];
}

/** The metadata that the service reports for one request. */
export interface RequestUsage extends ResponseIdentity {
  /** The HTTP status of the answer; absent if there was no answer or an error. */
  readonly status?: number;
  /** Set if the request failed in a way that is not billed. */
  readonly unbilled?: true;
  readonly requestIds: readonly string[];
  readonly usage?: Usage;
  /** The cost in US dollars, as the service reports it. */
  readonly usd?: number;
  /** Set if the answer was longer than its limit: the parameter that the service did not read, and the next one. */
  readonly ignoredLimit?: { readonly parameter: string; readonly next?: string };
}

export type AnswerStatus = RunningStatus | EndedStatus;

type RunningStatus =
  | { readonly kind: 'waiting' | 'thinking' | 'answering'; readonly since: number }
  /** The request failed before its answer began and is sent again at `until`. */
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
  /** The answer broke off; its beginning is kept. */
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

/** Whether the model can continue the answer: it has a beginning and no end. */
export function canContinue(answer: Answer): boolean {
  const { text, finishReason } = shownChoice(answer);
  if (text === '' || isRunning(answer.status)) return false;
  if (finishReason === 'length') return true;
  // An answer that was stopped or broke after its finish reason is complete.
  const isFinished = finishReason === 'stop' || finishReason === 'content_filter';
  return !isFinished && answer.status.kind !== 'done';
}

/** Whether reasoning used the whole token limit, so that the answer is empty. */
export function usedAllTokensForReasoning(answer: Answer): boolean {
  const { text, refusal, finishReason } = shownChoice(answer);
  return finishReason === 'length' && text + refusal === '';
}

/** Twice the token limit of the last run, at most what the model allows; undefined if that is not more. */
export function doubledLimit({ runs }: Answer): number | undefined {
  const terms = runs.at(-1)?.terms;
  // A limit that was lowered is the highest that the model allows.
  if (!terms || terms.lowered) return undefined;
  const doubled = Math.min(2 * terms.limit, terms.maxOutput ?? Infinity);
  return doubled > terms.limit ? doubled : undefined;
}
