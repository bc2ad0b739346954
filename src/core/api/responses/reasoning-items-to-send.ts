import type { ChatRequest } from '../request';
import { reasoningSourceOf, type ReasoningItem } from './reasoning-items';

/** Length of all items that are sent, in characters of their encrypted content. */
const MAX_SENT_LENGTH = 1024 * 1024;

/**
 * The items of reasoning of each message that the same model at the same address has sent. If all of them would be too
 * large for a request, those of the latest answers are sent.
 */
export function itemsToSend({
  endpoint,
  parameters,
  messages,
}: Pick<ChatRequest, 'endpoint' | 'parameters' | 'messages'>): readonly (readonly ReasoningItem[])[] {
  const source = reasoningSourceOf(endpoint, parameters.model);
  let length = 0;
  const latestFirst = messages.toReversed().map((message) => {
    const reasoningItems = message.role === 'tool' ? undefined : message.reasoningItems;
    if (reasoningItems?.source !== source) return [];
    const { items } = reasoningItems;
    length += items.reduce((sum, { encrypted_content: content }) => sum + content.length, 0);
    return length <= MAX_SENT_LENGTH ? items : [];
  });
  return latestFirst.toReversed();
}
