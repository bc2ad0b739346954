import type { WireRequest } from '../api-selection';
import type { ChatEvent } from '../events';

/** Tokens by which a count may exceed the limit, such as the one that ends the answer. */
const COUNT_TOLERANCE = 8;

/** More characters than a token of any text has on average. */
const MAX_CHARACTERS_PER_TOKEN = 10;

/** The length of the answers to one request, as the service counts it, and as it was received. */
export interface AnswerLength {
  add(event: ChatEvent): void;
  /** Whether the answers are certainly longer than the limit that was sent. */
  exceedsLimitOf(wire: WireRequest): boolean;
  /** Whether the prompt was certainly longer than a context window, which is then a wrong one. */
  exceedsContext(context: number): boolean;
}

export function createAnswerLength(): AnswerLength {
  let counted: number | undefined;
  let promptTokens: number | undefined;
  /** Counts that are scaled for the bill say nothing about the length. */
  let isScaled = false;
  let characters = 0;
  return {
    add(event) {
      if (event.type === 'text' || event.type === 'reasoning') characters += event.text.length;
      else if (event.type === 'usage') ({ completionTokens: counted, promptTokens } = event.usage);
      else if (event.type === 'billed') isScaled ||= event.scaledCounts === true;
    },
    exceedsLimitOf(wire) {
      const answers = wire.api === 'chat' ? (wire.body.n ?? 1) : 1;
      const received = Math.floor(characters / MAX_CHARACTERS_PER_TOKEN);
      const tokens = isScaled ? received : Math.max(received, counted ?? 0);
      return tokens > answers * (limitOf(wire) + COUNT_TOLERANCE);
    },
    exceedsContext: (context) => !isScaled && (promptTokens ?? 0) > context,
  };
}

/** The token limit of a request. */
export function limitOf(wire: WireRequest): number {
  if (wire.api === 'responses') return wire.body.max_output_tokens;
  return wire.body.max_completion_tokens ?? wire.body.max_tokens ?? Infinity;
}
