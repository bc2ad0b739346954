import type { ChatRequest } from './request';

/** All texts that a request contains, without those that are empty. */
export function chatRequestTexts({
  instructions,
  messages,
  tools,
}: Pick<ChatRequest, 'instructions' | 'messages' | 'tools'>): readonly string[] {
  return [
    instructions,
    ...messages.flatMap((message) => [
      message.content,
      ...(message.role === 'tool' ? [] : (message.toolCalls ?? []).map((call) => call.arguments)),
    ]),
    ...(tools ? [JSON.stringify(tools.list)] : []),
  ].filter((text) => text !== '');
}
