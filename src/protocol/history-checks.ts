import * as v from 'valibot';
import type { ChatView, DraftView, HistoryNews, HistoryRequest } from './history';
import { chatId, count, upTo } from './values';

/** Longest title or search text, in UTF-16 units. */
const MAX_LINE_LENGTH = 500;

const line = upTo(MAX_LINE_LENGTH);
const id = v.pipe(v.string(), v.regex(chatId));

export const historyRequest: v.GenericSchema<unknown, HistoryRequest> = v.variant('kind', [
  v.object({ kind: v.picklist(['list', 'import', 'showLog', 'showDamaged']) }),
  v.object({ kind: v.literal('search'), search: count, query: line }),
  v.object({
    kind: v.picklist(['open', 'openInEditor', 'export', 'delete', 'restore', 'deletePermanently']),
    chat: id,
  }),
  v.object({ kind: v.picklist(['openDraft', 'removeDraft']), draft: id }),
  v.object({ kind: v.literal('rename'), chat: id, title: line }),
  v.object({ kind: v.literal('pin'), chat: id, pinned: v.boolean() }),
]);

const chatView: v.GenericSchema<unknown, ChatView> = v.object({
  id: v.string(),
  title: v.string(),
  pinned: v.boolean(),
  date: v.number(),
  running: v.boolean(),
  shown: v.boolean(),
  here: v.boolean(),
  workspace: v.exactOptional(v.string()),
  deletedAt: v.exactOptional(v.number()),
});

const draftView: v.GenericSchema<unknown, DraftView> = v.object({
  id: v.string(),
  text: v.string(),
  date: v.number(),
});

const hit = v.object({
  id: v.string(),
  snippet: v.object({ before: v.string(), found: v.string(), after: v.string() }),
});

export const historyNews: v.GenericSchema<unknown, HistoryNews> = v.variant('kind', [
  v.object({ kind: v.picklist(['show', 'opened']) }),
  v.object({
    kind: v.literal('list'),
    chats: v.array(chatView),
    drafts: v.array(draftView),
    workspace: v.exactOptional(v.string()),
  }),
  v.object({
    kind: v.literal('checked'),
    problems: v.object({ damaged: count, laterVersion: count, unreadable: count }),
  }),
  v.object({ kind: v.literal('put'), chats: v.array(chatView) }),
  v.object({ kind: v.literal('gone'), ids: v.array(v.string()) }),
  v.object({ kind: v.literal('deleted'), chat: v.string(), title: v.string() }),
  v.object({ kind: v.literal('found'), search: count, hits: v.array(hit), done: v.boolean() }),
]);
