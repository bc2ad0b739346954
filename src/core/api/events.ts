import type { Correction } from './corrections/learned-corrections';
import type { ChatError } from './errors/chat-error';
import type { ReasoningItems } from './responses/reasoning-items';
import type { ToolCall } from './tools';
import type { EnumParameter } from '../models/parameter-values';

/** The values that a request was sent with. */
export type SentValues = Partial<Readonly<Record<EnumParameter, string>>>;

export type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: ChatError };

/** The events of a question. `requestIndex` numbers its requests from 0; usually there is one. */
export type ChatEvent =
  /** The request was sent, with this seed and these values of parameters; the model is thinking. */
  | ({ readonly type: 'sent'; readonly requestIndex: number; readonly seed: number | null } & SentValues)
  /** The service answered with a success status. The request IDs help its support to find the request. */
  | {
      readonly type: 'accepted';
      readonly requestIndex: number;
      readonly status: number;
      readonly requestIds: readonly string[];
    }
  /** After the success status, the service reported an error in place of an answer; nothing is billed. */
  | { readonly type: 'rejected'; readonly requestIndex: number }
  | Exclude<AnswerPart, MetadataPart | ReasoningItemsPart>
  | (ReasoningItemsPart & Pick<ReasoningItems, 'source'>)
  | (MetadataPart & { readonly requestIndex: number })
  /** The service rejected a parameter; the request is corrected, and later requests are corrected in advance. */
  | { readonly type: 'corrected'; readonly correction: Correction; readonly because: string }
  /** The model does not accept the value of a parameter; another one is sent, or none. */
  | {
      readonly type: 'valueRejected';
      readonly parameter: EnumParameter;
      readonly value: string;
      readonly because: string;
    }
  /** The model gives fewer tokens than the limit, so the request is sent again with this limit. */
  | {
      readonly type: 'limitLowered';
      readonly requestIndex: number;
      readonly limit: number;
      /** The longest answer of the model, or its context window, in tokens, as the service named it. */
      readonly known: KnownLimit;
      readonly because: string;
    }
  /** The answer is longer than its limit, so the service did not read the parameter; `next` is sent from now on. */
  | {
      readonly type: 'limitIgnored';
      readonly requestIndex: number;
      readonly parameter: string;
      readonly next?: string;
    }
  /** The request failed before its answer began and is sent again after the delay. */
  | {
      readonly type: 'retrying';
      readonly requestIndex: number;
      /** Counted from 1. */
      readonly attempt: number;
      readonly maxAttempts: number;
      readonly delayMs: number;
      readonly error: ChatError;
    }
  /** Always the last event; there is exactly one. */
  | { readonly type: 'ended'; readonly outcome: Outcome };

/** A limit of a model that a service named in an error, in tokens. */
export type KnownLimit = { readonly maxOutput: number } | { readonly context: number };

/** The identity of a response, for the support of the service and to tell two builds of a model apart. */
export interface ResponseIdentity {
  readonly id?: string;
  /** The model that answered, by the name that the service uses. */
  readonly model?: string;
  readonly fingerprint?: string;
}

/** A part of an answer. `index` is the choice that it belongs to. */
export type AnswerPart =
  | TextPart
  /** The text so far was reasoning: a closing think tag arrived whose opening tag was missing. */
  | { readonly type: 'reclassifiedAsReasoning'; readonly index: number }
  | ReasoningItemsPart
  /** A complete tool call. The model can call tools only if the request offers some. */
  | { readonly type: 'toolCall'; readonly index: number; readonly toolCall: ToolCall }
  | { readonly type: 'annotated'; readonly index: number; readonly annotations: readonly unknown[] }
  | { readonly type: 'finished'; readonly index: number; readonly reason: string }
  | MetadataPart;

export interface TextPart {
  readonly type: 'reasoning' | 'text' | 'refusal';
  readonly index: number;
  readonly text: string;
}

/** The items of reasoning that are sent back with the answer. */
interface ReasoningItemsPart extends Pick<ReasoningItems, 'items'> {
  readonly type: 'reasoningItems';
  readonly index: number;
}

/** Metadata of the request as a whole. */
type MetadataPart =
  | { readonly type: 'identified'; readonly identity: ResponseIdentity }
  | { readonly type: 'usage'; readonly usage: Usage }
  /**
   * The cost in US dollars, as the service reports it. `scaledCounts`: the service scales its token counts for billing, so
   * they say nothing about the length of the answer.
   */
  | { readonly type: 'billed'; readonly usd: number; readonly scaledCounts?: true };

/**
 * Token counts as the service reports them. Some services scale them for billing, so only a price is derived from
 * them.
 */
export interface Usage {
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly totalTokens?: number;
  readonly cachedTokens?: number;
  /** Prompt tokens that were written to the cache of the service. Some services bill them at a higher price. */
  readonly cacheWriteTokens?: number;
  readonly reasoningTokens?: number;
  /** All other counts that are not 0. */
  readonly others?: readonly OtherCount[];
}

interface OtherCount {
  /** The path in the JSON, such as `prompt_tokens_details.audio_tokens`. */
  readonly name: string;
  readonly tokens: number;
}
