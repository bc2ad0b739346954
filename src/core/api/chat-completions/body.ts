import type { Corrections } from '../compatibility';
import type { ChatParameters, ChatRequest } from '../request';

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

type BodyContent = Pick<ChatRequest, 'parameters' | 'instructions' | 'messages'>;

/**
 * What is sent for a question, with what the service is known to want otherwise. Only one of the two limits
 * is ever sent, as OpenAI refuses both together; what equals the service's own default is left out.
 */
export function buildChatBody(question: BodyContent, learned: Corrections): ChatBody {
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
  { parameters, instructions, messages }: BodyContent,
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
/**
 * Families of models that are known to take a system message. o1-mini and o1-preview refuse it, and so may
 * whatever is not known here: their way, the instructions in the first question, is understood by all.
 */
const SYSTEM_ROLE_MODELS =
  /^(gpt-|chatgpt|o1(-pro)?(-\d|$)|o[3-9]|claude|gemini|grok|deepseek|mistral|ministral|magistral|codestral|llama|meta-llama|qwen|command)/i;

/** Whether a model, named with or without its maker ("openai/o3"), takes a system message. */
function takesSystemRole(model: string): boolean {
  return SYSTEM_ROLE_MODELS.test(model.slice(model.lastIndexOf('/') + 1));
}
