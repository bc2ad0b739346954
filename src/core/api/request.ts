import type { Corrections } from './corrections';
import type { Endpoint } from './endpoint';
import { takesSystemRole } from './profile';
import type { Timeouts } from './watchdog';

export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly name?: string;
}

/** Parameters of a request, with the ranges that the service allows (README.md, "Requests"). */
export interface ChatParameters {
  readonly model: string;
  /** Tokens, the reasoning included: a limit below the reasoning gives an empty answer. */
  readonly maxCompletionTokens: number;
  readonly tokenLimitParameter: 'max_completion_tokens' | 'max_tokens';
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** How many answers; each is billed. */
  readonly n: number;
  readonly seed: number | null;
}

export interface ChatRequest {
  readonly endpoint: Endpoint;
  /** Absent for a loopback server. */
  readonly apiKey?: string;
  readonly parameters: ChatParameters;
  /** The user's standing wishes; empty for none. */
  readonly instructions: string;
  readonly messages: readonly ChatMessage[];
  readonly timeouts: Timeouts;
  /** How often a request that failed before its answer began is sent again. */
  readonly maxRetries: number;
}

interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  readonly name?: string;
}

/** The JSON of `POST /v1/chat/completions`. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly WireMessage[];
  readonly max_completion_tokens?: number;
  readonly max_tokens?: number;
  readonly stream: boolean;
  readonly stream_options?: { readonly include_usage: true };
  readonly n?: number;
  readonly seed?: number;
}

type Question = Pick<ChatRequest, 'parameters' | 'instructions' | 'messages'>;

/**
 * What is sent for a question, with what the service is known to want otherwise. Only one of the two limits
 * is ever sent, as OpenAI refuses both together; what equals the service's own default is left out.
 */
export function chatBody(question: Question, learned: Corrections): ChatBody {
  const { parameters } = question;
  const { model, n, seed } = parameters;
  const stream = parameters.stream && !learned.has('no-stream');
  return {
    model,
    messages: wireMessages(question, learned),
    [limitParameter(parameters, learned)]: parameters.maxCompletionTokens,
    stream,
    ...(stream &&
      parameters.includeUsage &&
      !learned.has('no-stream-options') && { stream_options: { include_usage: true } }),
    ...(n > 1 && !learned.has('single-answers') && { n }),
    ...(seed !== null && !learned.has('no-seed') && { seed }),
  };
}

function limitParameter(
  { tokenLimitParameter }: ChatParameters,
  learned: Corrections,
): ChatParameters['tokenLimitParameter'] {
  // Where a service refused both names in turn, the first correction was the wrong one.
  if (learned.has('max-tokens') === learned.has('max-completion-tokens')) return tokenLimitParameter;
  return learned.has('max-tokens') ? 'max_tokens' : 'max_completion_tokens';
}

/** The instructions are a system message where the model takes one; else they open the first question. */
function wireMessages(
  { parameters, instructions, messages }: Question,
  learned: Corrections,
): readonly WireMessage[] {
  const named = learned.has('no-name') ? messages.map(({ role, content }) => ({ role, content })) : messages;
  if (instructions === '') return named;
  if (takesSystemRole(parameters.model) && !learned.has('no-system-role')) {
    return [{ role: 'system', content: instructions }, ...named];
  }
  return named.map((message, index) =>
    index === 0 ? { ...message, content: `${instructions}\n\n${message.content}` } : message,
  );
}
