import type { Corrections } from '../learned-corrections';
import type { ChatParameters, ChatRequest } from '../request';

interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  readonly name?: string;
}

/** The JSON body of `POST {baseUrl}/chat/completions` (README.md, "Requests"). */
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
 * The body for a question, with the corrections that the service requires. Only one of the two token limits is sent,
 * as OpenAI rejects both together. Parameters that equal the default of the service are left out.
 */
export function buildChatBody(question: BodyContent, corrections: Corrections): ChatBody {
  const { parameters } = question;
  const { model, n, seed } = parameters;
  const stream = parameters.stream && !corrections.has('no-stream');
  return {
    model,
    messages: wireMessages(question, corrections),
    [limitParameter(parameters, corrections)]: parameters.maxCompletionTokens,
    stream,
    ...(stream &&
      parameters.includeUsage &&
      !corrections.has('no-stream-options') && { stream_options: { include_usage: true } }),
    ...(n > 1 && !corrections.has('single-answers') && { n }),
    ...(seed !== null && !corrections.has('no-seed') && { seed }),
  };
}

function limitParameter(
  { tokenLimitParameter }: ChatParameters,
  corrections: Corrections,
): ChatParameters['tokenLimitParameter'] {
  // If the service has rejected both names, the first correction was wrong.
  if (corrections.has('max-tokens') === corrections.has('max-completion-tokens')) return tokenLimitParameter;
  return corrections.has('max-tokens') ? 'max_tokens' : 'max_completion_tokens';
}

/**
 * The instructions are sent as a system message if the model accepts it, and otherwise at the beginning of the first
 * question.
 */
function wireMessages(
  { parameters, instructions, messages }: BodyContent,
  corrections: Corrections,
): readonly WireMessage[] {
  const named = corrections.has('no-name')
    ? messages.map(({ role, content }) => ({ role, content }))
    : messages;
  if (instructions === '') return named;
  if (takesSystemRole(parameters.model) && !corrections.has('no-system-role')) {
    return [{ role: 'system', content: instructions }, ...named];
  }
  return named.map((message, index) =>
    index === 0 ? { ...message, content: `${instructions}\n\n${message.content}` } : message,
  );
}
/**
 * Model families that accept a system message. o1-mini and o1-preview reject it, and so may unknown models;
 * instructions in the first question work for all of them.
 */
const SYSTEM_ROLE_MODELS =
  /^(gpt-|chatgpt|o1(-pro)?(-\d|$)|o[3-9]|claude|gemini|grok|deepseek|mistral|ministral|magistral|codestral|llama|meta-llama|qwen|command)/i;

/** Whether a model accepts a system message. The name may contain the vendor, as in "openai/o3". */
function takesSystemRole(model: string): boolean {
  return SYSTEM_ROLE_MODELS.test(model.slice(model.lastIndexOf('/') + 1));
}
