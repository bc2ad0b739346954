import * as v from 'valibot';
import { chatId, count, upTo, type DeepReadonly } from './schema-helpers';

/** Longest title or search text, in UTF-16 units. */
const MAX_LINE_LENGTH = 500;

const line = upTo(MAX_LINE_LENGTH);
const id = v.pipe(v.string(), v.regex(chatId));

/** Requests of the chat list in a webview. */
export const historyRequest = v.variant('kind', [
  v.object({ kind: v.picklist(['list', 'import', 'showLog', 'showDamaged']) }),
  /** Searches the texts of the chats, and ends the search before; `query` may be empty, which only ends it. */
  v.object({ kind: v.literal('search'), search: count, query: line }),
  v.object({
    kind: v.picklist(['open', 'openInEditor', 'export', 'delete', 'restore', 'deletePermanently']),
    chat: id,
  }),
  /** Continues with a draft of a closed window, or removes it. */
  v.object({ kind: v.picklist(['openDraft', 'removeDraft']), draft: id }),
  /** An empty title restores the one that is derived from the first question. */
  v.object({ kind: v.literal('rename'), chat: id, title: line }),
  v.object({ kind: v.literal('pin'), chat: id, pinned: v.boolean() }),
]);

export type HistoryRequest = DeepReadonly<v.InferOutput<typeof historyRequest>>;
