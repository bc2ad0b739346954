import type { PostMessage } from '../../src/protocol/messages';
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Conversation } from '../../src/core/chat/conversation';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import type { ChatWorkspace } from '../../src/core/chat/stored-chat';
import { createHistory, type History } from '../../src/host/history/history';
import { serializeStored } from '../../src/host/storage/chat-format';
import { createChatStore, type ChatStore } from '../../src/host/storage/chat-store';
import type { DraftStore, OrphanedDraft } from '../../src/host/storage/drafts/draft-store';
import { createVscodeFileFolder } from '../../src/host/storage/vscode-file-folder';
import { nodeTransport } from '../../src/platform/node/transport';
import type { HistoryRequest } from '../../src/protocol/history';
import type { ChatListItem, HistoryUpdate } from '../../src/protocol/history';
import { manualClock, portsOver } from '../support/wire';
import { listeningLog } from './listening-log';
import { turn, unkeptDraft } from './builders';

/** A folder of chats, and a window with its list of them. */
export interface HistoryBench {
  readonly folder: string;
  readonly sessions: Sessions;
  readonly store: ChatStore;
  /** What the page was told since, with what all pages were. */
  readonly said: HistoryUpdate[];
  readonly orphans: OrphanedDraft[];
  file(id: string): string;
  files(): string[];
  put(...chats: readonly Conversation[]): void;
  /** Puts a chat of another workspace into the folder. */
  putElsewhere(...chats: readonly Conversation[]): void;
  /** Another window on the same folder. */
  otherWindow(): History;
  /** Asks as the page, or as another; resolves with what was said last when it is done. */
  ask(request: HistoryRequest, from?: PostMessage): Promise<HistoryUpdate | undefined>;
  /** All chats, by their names. */
  list(from?: History): Promise<readonly ChatListItem[]>;
  titles(from?: History): Promise<readonly string[]>;
  /** The chats in which something was found since. */
  hits(): readonly string[];
}

const here: ChatWorkspace = { id: 'here', name: 'here', folders: ['file:///here'] };
const elsewhere: ChatWorkspace = { id: 'elsewhere', name: 'elsewhere', folders: ['file:///elsewhere'] };

/** The folder is written through VS Code, as in a browser. */
export function openHistoryBench(): HistoryBench {
  const folder = mkdtempSync(join(tmpdir(), 'o1mini-history-'));
  const said: HistoryUpdate[] = [];
  const orphans: OrphanedDraft[] = [];
  const thePage = page((update) => said.push(update));
  const open = (): { history: History; sessions: Sessions; store: ChatStore } =>
    openList(folder, orphans, (update) => said.push(update));
  const { history, sessions, store } = open();
  const file = (id: string): string => join(folder, `${id}.json`);

  function putIn(workspace: ChatWorkspace, chats: readonly Conversation[]): void {
    for (const conversation of chats)
      writeFileSync(file(conversation.id), serializeStored({ conversation, workspace }));
  }

  async function list(from = history): Promise<readonly ChatListItem[]> {
    const chats = new Map<string, ChatListItem>();
    const before = said.length;
    await from.receive(
      { kind: 'list' },
      page((update) => said.push(update)),
    );
    for (const update of said.slice(before)) {
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
    said,
    orphans,
    file,
    list,
    files: () => readdirSync(folder).filter((name) => name.endsWith('.json')),
    put: (...chats) => putIn(here, chats),
    putElsewhere: (...chats) => putIn(elsewhere, chats),
    otherWindow: () => open().history,
    async ask(request, from = thePage) {
      await history.receive(request, from);
      return said.at(-1);
    },
    titles: async (from) => (await list(from)).map(({ title }) => title),
    hits: () =>
      said.flatMap((update) => (update.kind === 'searchResults' ? update.hits.map(({ id }) => id) : [])),
  };
}

function openList(
  path: string,
  orphans: OrphanedDraft[],
  tellAll: (update: HistoryUpdate) => void,
): { history: History; sessions: Sessions; store: ChatStore } {
  const sessions = createSessions({ ...portsOver(nodeTransport), newId: () => crypto.randomUUID() });
  const chatFolder = createVscodeFileFolder(vscode.Uri.file(path));
  const { log } = listeningLog();
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
    ...unkeptDraft(),
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
    postAll: page(tellAll),
    bringToFront: () => Promise.resolve(),
  });
  return { history, sessions, store };
}

/** A page, of which this hears what it alone is told. */
export function page(hear: (update: HistoryUpdate) => unknown): PostMessage {
  return (message) => {
    if (message.type === 'history') {
      assert.ok(message.update);
      hear(message.update);
    }
  };
}

export function made(id: string, question: string, answer = 'Because.'): Conversation {
  return { id, turns: [{ ...turn(question, answer), askedAt: 1000 }] };
}
