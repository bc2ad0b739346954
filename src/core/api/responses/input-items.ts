import type { ChatMessage } from '../request';

/** An item of the `input` of `POST {baseUrl}/responses`. */
export type InputItem =
  | { readonly role: 'user' | 'assistant'; readonly content: string | readonly InputPart[] }
  | {
      readonly type: 'function_call';
      readonly call_id: string;
      readonly name: string;
      readonly arguments: string;
    }
  | { readonly type: 'function_call_output'; readonly call_id: string; readonly output: string };

type InputPart =
  | { readonly type: 'input_text'; readonly text: string }
  | { readonly type: 'input_image'; readonly image_url: string };

/** The items of a message: its content, and each call of a tool as an item of its own. */
export function inputItems(message: ChatMessage): readonly InputItem[] {
  if (message.role === 'tool') {
    return [{ type: 'function_call_output', call_id: message.callId, output: message.content }];
  }
  const { role, content, images, toolCalls = [] } = message;
  const text = images
    ? [
        ...(content === '' ? [] : [{ type: 'input_text', text: content } as const]),
        ...images.map((url) => ({ type: 'input_image', image_url: url }) as const),
      ]
    : content;
  return [
    ...(content === '' && !images && toolCalls.length > 0 ? [] : [{ role, content: text }]),
    ...toolCalls.map(
      ({ id, name, arguments: json }) =>
        ({ type: 'function_call', call_id: id, name, arguments: json }) as const,
    ),
  ];
}
