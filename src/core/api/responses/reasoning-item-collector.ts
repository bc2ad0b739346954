import { fieldsOf, isObject, stringField } from '../../json';
import type { AnswerPart } from '../events';
import type { ReasoningItem } from './reasoning-items';

/** Longest JSON of all items of one answer, in characters. Longer ones are not kept, as they are sent with each question. */
const MAX_ITEMS_LENGTH = 512 * 1024;

/** Collects the items of reasoning of one response. */
export interface ReasoningItemCollector {
  /** Must be called with each completed item. An item is added only once. */
  add(item: unknown): void;
  /** Adds the items that belong to the answer, if there are any, to the parts of its last batch. */
  addTo(parts: AnswerPart[]): void;
}

/** Maximum number of items of one answer. If there are more, no item is kept. */
const MAX_ITEMS = 1000;

export function createReasoningItemCollector(): ReasoningItemCollector {
  const known = new Set<string>();
  let items: ReasoningItem[] = [];
  let length = 0;
  return {
    add(item) {
      const { type, phase } = fieldsOf(item);
      const id = stringField(item, 'id') ?? `${known.size}`;
      if (known.has(id)) return;
      known.add(id);
      // The API requires that each item is followed by its message. Commentary is not sent back, so the items before
      // it are dropped, too.
      if (type === 'message' && phase === 'commentary') [items, length] = [[], 0];
      const isKept = length <= MAX_ITEMS_LENGTH && known.size <= MAX_ITEMS;
      if (!isReasoningItem(item) || !isKept) return;
      const sent = withoutNull(item);
      length += JSON.stringify(sent).length;
      items.push(sent);
    },
    addTo(parts) {
      if (items.length > 0 && length <= MAX_ITEMS_LENGTH && known.size <= MAX_ITEMS)
        parts.push({ type: 'reasoningItems', index: 0, items });
    },
  };
}

/** Services send fields that are null, and some reject them in a request. */
function withoutNull(item: ReasoningItem): ReasoningItem {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null)) as ReasoningItem;
}

function isReasoningItem(item: unknown): item is ReasoningItem {
  return isObject(item) && item['type'] === 'reasoning' && Boolean(stringField(item, 'encrypted_content'));
}
