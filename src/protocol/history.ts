import * as v from 'valibot';
import { count, type DeepReadonly } from './schema-helpers';

/** A chat in the list. */
const chatListItem = v.object({
  id: v.string(),
  /** Empty if it has none. */
  title: v.string(),
  pinned: v.boolean(),
  /** When the last question of the chat was sent, in ms since 1970; 0 if that is not known. */
  date: v.number(),
  /** True while an answer of the chat is running. */
  running: v.boolean(),
  /** True if the webviews show the chat. */
  shown: v.boolean(),
  /** True if it belongs to the workspace of this window. */
  here: v.boolean(),
  /** The name of the workspace of the chat; absent for a chat of a window without a folder. */
  workspace: v.exactOptional(v.string()),
  /** When it was moved to Recently Deleted, in ms since 1970; absent if it was not. */
  deletedAt: v.exactOptional(v.number()),
});

/** A question that was written and not sent, in a window that was closed. */
const draftView = v.object({
  id: v.string(),
  text: v.string(),
  /** In ms since 1970. */
  date: v.number(),
});

/** The text around a match, in one line. */
const snippet = v.object({ before: v.string(), found: v.string(), after: v.string() });

const hit = v.object({ id: v.string(), snippet });

/** The number of files that cannot be listed, by reason. */
const fileProblems = v.object({ damaged: count, laterVersion: count, unreadable: count });

/** Messages of the host about the chat list. */
export const historyUpdate = v.variant('kind', [
  /** The user wants to see the list. */
  v.object({ kind: v.literal('show') }),
  /** A chat was opened, and the list is closed. */
  v.object({ kind: v.literal('opened') }),
  /**
   * All chats that are known, in no order; `checked` follows when they were compared with their files.
   * `workspace`: the name of the workspace of this window; absent without one.
   */
  v.object({
    kind: v.literal('list'),
    chats: v.array(chatListItem),
    drafts: v.array(draftView),
    workspace: v.exactOptional(v.string()),
  }),
  /** All files were compared. */
  v.object({ kind: v.literal('verified'), problems: fileProblems }),
  /** Chats that have changed or are new. */
  v.object({ kind: v.literal('changed'), chats: v.array(chatListItem) }),
  /** The IDs of chats or drafts that no longer exist. */
  v.object({ kind: v.literal('removed'), ids: v.array(v.string()) }),
  /** Posted to the webview that has moved a chat to Recently Deleted, where it can be restored. */
  v.object({ kind: v.literal('deleted'), chat: v.string(), title: v.string() }),
  /** More chats that match the search. */
  v.object({ kind: v.literal('searchResults'), search: count, hits: v.array(hit), done: v.boolean() }),
]);

export type { HistoryRequest } from './history-requests';
export type HistoryUpdate = DeepReadonly<v.InferOutput<typeof historyUpdate>>;
export type ChatListItem = DeepReadonly<v.InferOutput<typeof chatListItem>>;
export type DraftView = DeepReadonly<v.InferOutput<typeof draftView>>;
export type SnippetView = DeepReadonly<v.InferOutput<typeof snippet>>;
export type HitView = DeepReadonly<v.InferOutput<typeof hit>>;
export type FileProblemsView = DeepReadonly<v.InferOutput<typeof fileProblems>>;
