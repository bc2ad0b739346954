import type { PostMessage } from '../../src/protocol/messages';
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Conversation } from '../../src/core/chat/conversation';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import type { ChatWorkspace } from '../../src/core/chat/stored-chat';
import { createHistory, type History } from '../../src/host/history/history';
import { serializeStored } from '../../src/host/storage/chats/chat-format';
import { createChatStore, type ChatStore } from '../../src/host/storage/chats/chat-store';
import type { DraftStore } from '../../src/host/storage/drafts/draft-store';
import type { OrphanedDraft } from '../../src/host/storage/drafts/draft';
import { createVscodeFileFolder } from '../../src/host/storage/vscode-file-folder';
import { nodeTransport } from '../../src/platform/node/transport';
import type { HistoryRequest } from '../../src/protocol/history';
import type { ChatListItem, HistoryUpdate } from '../../src/protocol/history';
import { manualClock, clientServicesOver } from '../support/wire';
import { scratchFolder } from '../support/scratch-folder';
import { recordingLog } from './recording-log';
import { turn, inMemoryDraft } from './builders';

/** A folder of chats, and a window that lists them. */
export interface HistoryTestContext {
  readonly folder: string;
  readonly sessions: Sessions;
  readonly store: ChatStore;
  /** The updates that the webview has received, including those for all webviews. */
  readonly updates: HistoryUpdate[];
  readonly orphans: OrphanedDraft[];
  file(id: string): string;
  files(): string[];
  put(...chats: readonly Conversation[]): void;
  /** Puts chats of another workspace into the folder. */
  putElsewhere(...chats: readonly Conversation[]): void;
  /** Another window on the same folder. */
  otherWindow(): History;
  /** Handles a request of the webview, or of another; resolves with the last update. */
  handle(request: HistoryRequest, from?: PostMessage): Promise<HistoryUpdate | undefined>;
  /** All chats in the order of their IDs. */
  list(from?: History): Promise<readonly ChatListItem[]>;
  titles(from?: History): Promise<readonly string[]>;
  /** The IDs of the chats that were found. */
  hits(): readonly string[];
}

const here: ChatWorkspace = { id: 'here', name: 'here', folders: ['file:///here'] };
const elsewhere: ChatWorkspace = { id: 'elsewhere', name: 'elsewhere', folders: ['file:///elsewhere'] };

/** The folder is written through the file system of VS Code, as in a browser. */
export function createHistoryTestContext(): HistoryTestContext {
  const folder = scratchFolder();
  const updates: HistoryUpdate[] = [];
  const orphans: OrphanedDraft[] = [];
  const webview = historyWebview((update) => updates.push(update));
  const open = (): { history: History; sessions: Sessions; store: ChatStore } =>
    openList(folder, orphans, (update) => updates.push(update));
  const { history, sessions, store } = open();
  const file = (id: string): string => join(folder, `${id}.json`);

  function putIn(workspace: ChatWorkspace, chats: readonly Conversation[]): void {
    for (const conversation of chats)
      writeFileSync(file(conversation.id), serializeStored({ conversation, workspace }));
  }

  async function list(from = history): Promise<readonly ChatListItem[]> {
    const chats = new Map<string, ChatListItem>();
    const before = updates.length;
    await from.receive(
      { kind: 'list' },
      historyWebview((update) => updates.push(update)),
    );
    for (const update of updates.slice(before)) {
      if (update.kind === 'list' || update.kind === 'changed')
        for (const chat of update.chats) chats.set(chat.id, chat);
      if (update.kind === 'removed') for (const id of update.ids) chats.delete(id);
    }
    return [...chats.values()].toSorted((a, b) => a.id.localeCompare(b.id));
  }

  return {
    folder,
    sessions,
    store,
    updates,
    orphans,
    file,
    list,
    files: () => readdirSync(folder).filter((name) => name.endsWith('.json')),
    put: (...chats) => putIn(here, chats),
    putElsewhere: (...chats) => putIn(elsewhere, chats),
    otherWindow: () => open().history,
    async handle(request, from = webview) {
      await history.receive(request, from);
      return updates.at(-1);
    },
    titles: async (from) => (await list(from)).map(({ title }) => title),
    hits: () =>
      updates.flatMap((update) => (update.kind === 'searchResults' ? update.hits.map(({ id }) => id) : [])),
  };
}

function openList(
  path: string,
  orphans: OrphanedDraft[],
  postAll: (update: HistoryUpdate) => void,
): { history: History; sessions: Sessions; store: ChatStore } {
  const sessions = createSessions({ ...clientServicesOver(nodeTransport), newId: () => crypto.randomUUID() });
  const chatFolder = createVscodeFileFolder(vscode.Uri.file(path));
  const { log } = recordingLog();
  const store = createChatStore({
    folder: chatFolder,
    clock: manualClock(),
    log,
    workspace: here,
    isOpen: (id) => sessions.find(id) !== undefined,
    events: { adopt: () => undefined, damaged: () => undefined, unsavedChanged: () => undefined },
  });
  sessions.onChange(({ conversation }) => store.save(conversation));
  const drafts = {
    ...inMemoryDraft(),
    orphans: () => Promise.resolve(orphans),
    open: (id: string) => Promise.resolve(orphans.some((orphan) => orphan.id === id)),
    remove: () => Promise.resolve(),
  } as unknown as DraftStore;
  const history = createHistory({
    sessions,
    chats: store,
    chatFolder,
    drafts,
    log,
    workspace: here,
    postAll: historyWebview(postAll),
    bringToFront: () => Promise.resolve(),
    platform: { homeFolder: '/home/me' },
  });
  return { history, sessions, store };
}

/** A webview whose updates of the history are passed to `onUpdate`. */
export function historyWebview(onUpdate: (update: HistoryUpdate) => unknown): PostMessage {
  return (message) => {
    if (message.type === 'history') {
      assert.ok(message.update);
      onUpdate(message.update);
    }
  };
}

/** A chat of one turn. */
export function singleTurnChat(id: string, question: string, answer = 'Because.'): Conversation {
  return { id, turns: [{ ...turn(question, answer), askedAt: 1000 }] };
}
