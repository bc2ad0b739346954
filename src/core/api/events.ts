import type { Correction } from './compatibility';
import type { ChatError } from './errors';

export type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: ChatError };

/** The events of a question. `call` numbers its requests from 0; usually there is one. */
export type ChatEvent =
  /** The question has left, with this seed: the model is at work. */
  | { readonly type: 'sent'; readonly call: number; readonly seed: number | null }
  /** The service took it; its ids help its support to find the request. */
  | {
      readonly type: 'accepted';
      readonly call: number;
      readonly status: number;
      readonly requestIds: readonly string[];
    }
  /** It had taken it, and then reported an error in the place of an answer: nothing is billed. */
  | { readonly type: 'rejected'; readonly call: number }
  | Exclude<AnswerPart, MetadataPart>
  | (MetadataPart & { readonly call: number })
  /** The service refused a parameter; it is asked again without, now and from now on. */
  | { readonly type: 'corrected'; readonly correction: Correction; readonly because: string }
  /** It failed before its answer began, and is sent again when this wait is over. */
  | {
      readonly type: 'retrying';
      readonly call: number;
      /** Counted from 1. */
      readonly attempt: number;
      readonly of: number;
      /** Milliseconds. */
      readonly delayMs: number;
      readonly error: ChatError;
    }
  /** Always the last event, and there is always one. */
  | { readonly type: 'ended'; readonly outcome: Outcome };

/** How the service names an answer: for its support, and to tell two builds of a model apart. */
export interface Identity {
  readonly id?: string;
  /** The model that answers, as it calls itself. */
  readonly model?: string;
  readonly fingerprint?: string;
}

/** A piece of an answer. `index` tells the alternatives of `n` apart. */
export type AnswerPart =
  | TextPart
  /** The text so far was thought: a closing tag came whose opening one was missing. */
  | { readonly type: 'textWasReasoning'; readonly index: number }
  | { readonly type: 'annotated'; readonly index: number; readonly annotations: readonly unknown[] }
  | { readonly type: 'finished'; readonly index: number; readonly reason: string }
  | MetadataPart;

export interface TextPart {
  readonly type: 'reasoning' | 'text' | 'refusal';
  readonly index: number;
  readonly text: string;
}

/** Events about the request as a whole. */
type MetadataPart =
  | { readonly type: 'identified'; readonly identity: Identity }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** US dollars that the service says it took. */
  | { readonly type: 'billed'; readonly usd: number };

/** Tokens as the service counts them; it scales them for billing, so nothing is derived from them but a price. */
export interface Usage {
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly totalTokens?: number;
  readonly cachedTokens?: number;
  readonly reasoningTokens?: number;
  /** Whatever else was counted and is not 0. */
  readonly others?: readonly OtherCount[];
}

interface OtherCount {
  /** Its path, such as `prompt_tokens_details.audio_tokens`. */
  readonly name: string;
  readonly tokens: number;
}
