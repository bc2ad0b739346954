import type { ApiServer } from '../server/server';

interface ChatBody {
  readonly messages: readonly { readonly content: string }[];
}

/** The contents of the messages that were sent with the last request. */
export function lastMessages(api: ApiServer): readonly string[] {
  const body = api.requests.at(-1)?.body as ChatBody | undefined;
  return body?.messages.map(({ content }) => content) ?? [];
}

/** The last message that was sent. */
export function lastPrompt(api: ApiServer): string {
  return lastMessages(api).at(-1) ?? '';
}
