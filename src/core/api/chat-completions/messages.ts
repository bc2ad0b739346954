import type { Corrections } from '../corrections/learned-corrections';
import type { ChatMessage, ChatRequest } from '../request';

/** A message in the JSON of `POST {baseUrl}/chat/completions`. */
export interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  /** Null in a message of the model that has nothing but calls of tools. */
  readonly content: string | readonly ContentPart[] | null;
  readonly name?: string;
  readonly tool_calls?: readonly WireToolCall[];
  readonly tool_call_id?: string;
}

type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

interface WireToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/**
 * The instructions are sent as a system message if the model accepts it, and otherwise at the beginning of the first
 * question.
 */
export function wireMessages(
  { parameters, instructions, messages }: Pick<ChatRequest, 'parameters' | 'instructions' | 'messages'>,
  corrections: Corrections,
): readonly WireMessage[] {
  const areNamed = !corrections.has('no-name');
  if (instructions === '') return messages.map((message) => wireMessage(message, areNamed));
  if (takesSystemRole(parameters.model) && !corrections.has('no-system-role')) {
    const rest = messages.map((message) => wireMessage(message, areNamed));
    return [{ role: 'system', content: instructions }, ...rest];
  }
  return withInstructions(messages, instructions).map((message) => wireMessage(message, areNamed));
}

/** The messages with the instructions at the beginning of the first question. */
export function withInstructions(
  messages: readonly ChatMessage[],
  instructions: string,
): readonly ChatMessage[] {
  const first = messages.findIndex(({ role }) => role === 'user');
  if (first < 0) return [{ role: 'user', content: instructions }, ...messages];
  return messages.map((message, index) =>
    index === first
      ? { ...message, content: [instructions, message.content].filter((text) => text !== '').join('\n\n') }
      : message,
  );
}

function wireMessage(message: ChatMessage, isNamed: boolean): WireMessage {
  if (message.role === 'tool') {
    return { role: 'tool', tool_call_id: message.callId, content: message.content };
  }
  const { role, name, toolCalls } = message;
  return {
    role,
    content: contentOf(message),
    ...(name !== undefined && isNamed && { name }),
    ...(toolCalls && {
      tool_calls: toolCalls.map(({ id, name: tool, arguments: json }) => ({
        id,
        type: 'function',
        function: { name: tool, arguments: json },
      })),
    }),
  };
}

function contentOf({
  content,
  images,
  toolCalls,
}: Exclude<ChatMessage, { role: 'tool' }>): WireMessage['content'] {
  if (images) {
    const text = content === '' ? [] : [{ type: 'text', text: content } as const];
    return [...text, ...images.map((url) => ({ type: 'image_url', image_url: { url } }) as const)];
  }
  return content === '' && toolCalls ? null : content;
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
