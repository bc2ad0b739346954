import type { Correction } from './corrections';
import type { ChatError } from './errors';
import type { AccountPart, AnswerPart } from './parts';

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
  | { readonly type: 'refused'; readonly call: number }
  | Exclude<AnswerPart, AccountPart>
  | (AccountPart & { readonly call: number })
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
      readonly wait: number;
      readonly error: ChatError;
    }
  /** Always the last event, and there is always one. */
  | { readonly type: 'ended'; readonly outcome: Outcome };
