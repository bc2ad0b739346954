import type { Corrections } from '../corrections/learned-corrections';
import { acceptsSystemRole, withInstructions } from '../system-role';
import type { ChatMessage, ChatRequest } from '../request';

/** A message in the JSON of `POST {baseUrl}/chat/completions`. */
export interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  /** Null in a message of the model that contains only tool calls. */
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
  if (acceptsSystemRole(parameters.model) && !corrections.has('no-system-role')) {
    const rest = messages.map((message) => wireMessage(message, areNamed));
    return [{ role: 'system', content: instructions }, ...rest];
  }
  return withInstructions(messages, instructions).map((message) => wireMessage(message, areNamed));
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
