import * as v from 'valibot';
import type { ChatView, HistoryNews, HistoryRequest } from './history';
import { chatId, count, upTo } from './values';

/** Characters of a title, or of what is searched for. */
const longestLine = 500;

const line = upTo(longestLine);
const chat = v.pipe(v.string(), v.regex(chatId));

export const historyRequest: v.GenericSchema<unknown, HistoryRequest> = v.variant('kind', [
  v.object({ kind: v.picklist(['list', 'import', 'showLog']) }),
  v.object({ kind: v.literal('search'), search: count, query: line }),
  v.object({ kind: v.picklist(['open', 'openInEditor', 'export', 'delete', 'restore']), chat }),
  v.object({ kind: v.literal('rename'), chat, title: line }),
  v.object({ kind: v.literal('pin'), chat, pinned: v.boolean() }),
]);

const chatView: v.GenericSchema<unknown, ChatView> = v.object({
  id: v.string(),
  title: v.string(),
  pinned: v.boolean(),
  date: v.number(),
  running: v.boolean(),
  shown: v.boolean(),
});

const hit = v.object({
  id: v.string(),
  snippet: v.object({ before: v.string(), found: v.string(), after: v.string() }),
});

export const historyNews: v.GenericSchema<unknown, HistoryNews> = v.variant('kind', [
  v.object({ kind: v.picklist(['show', 'opened']) }),
  v.object({ kind: v.literal('list'), chats: v.array(chatView), reading: v.boolean(), unreadable: count }),
  v.object({ kind: v.literal('put'), chat: chatView }),
  v.object({ kind: v.literal('gone'), chat: v.string() }),
  v.object({ kind: v.literal('deleted'), chat: v.string(), title: v.string() }),
  v.object({ kind: v.literal('found'), search: count, hits: v.array(hit), done: v.boolean() }),
]);
