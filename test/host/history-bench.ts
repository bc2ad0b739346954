import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Conversation } from '../../src/core/chat/conversation';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { createHistory, type History } from '../../src/host/history/history';
import type { Reply } from '../../src/host/chat/request';
import { serializeChat } from '../../src/host/storage/chat-format';
import { createChatStore } from '../../src/host/storage/chats';
import { nodeTransport } from '../../src/platform/node/transport';
import type { ChatView, HistoryNews, HistoryRequest } from '../../src/protocol/history';
import { manualClock, portsOver } from '../support/wire';
import { countingFs } from './counting-fs';
import { listeningLog } from './listening-log';
import { turn } from './made';

/** A folder of chats, and a window with its list of them. */
export interface HistoryBench {
  readonly folder: string;
  readonly sessions: Sessions;
  /** What the page was told since, with what all pages were. */
  readonly said: HistoryNews[];
  /** What of the file system was used since. */
  readonly asked: string[];
  readonly fs: vscode.FileSystem;
  readonly log: vscode.LogOutputChannel;
  readonly written: ReturnType<typeof listeningLog>['written'];
  file(id: string): string;
  files(): string[];
  put(...chats: readonly Conversation[]): void;
  /** Another window on the same folder. */
  otherWindow(): History;
  /** Asks as the page, or as another; resolves with what was said last when it is done. */
  ask(request: HistoryRequest, from?: Reply): Promise<HistoryNews | undefined>;
  /** All chats, by their names. */
  list(from?: History): Promise<readonly ChatView[]>;
  titles(from?: History): Promise<readonly string[]>;
  /** The chats in which something was found since. */
  hits(): readonly string[];
}

export function openHistoryBench(): HistoryBench {
  const folder = mkdtempSync(join(tmpdir(), 'o1mini-history-'));
  const { fs, asked } = countingFs();
  const { log, written } = listeningLog();
  const said: HistoryNews[] = [];
  const sessions = newSessions();
  const thePage = page((news) => said.push(news));

  function open(its: Sessions): History {
    const at = { uri: vscode.Uri.file(folder), fs, log };
    const store = createChatStore(at, manualClock());
    its.onChange(({ conversation }) => store.save(conversation));
    const tellAll = (news: HistoryNews): void => void said.push(news);
    return createHistory({ folder: at, sessions: its, store, tellAll, front: () => Promise.resolve() });
  }
  const history = open(sessions);

  const file = (id: string): string => join(folder, `${id}.json`);

  async function list(from = history): Promise<readonly ChatView[]> {
    const heard: HistoryNews[] = [];
    const its = page((news) => heard.push(news));
    await from.receive({ kind: 'list' }, its);
    const news = heard.at(-1);
    assert.ok(news?.kind === 'list' && !news.reading);
    said.push(news);
    return news.chats.toSorted((a, b) => a.id.localeCompare(b.id));
  }

  return {
    ...{ folder, sessions, said, asked, fs, log, written, file, list },
    files: () => readdirSync(folder).filter((name) => name.endsWith('.json')),
    put(...chats) {
      for (const chat of chats) writeFileSync(file(chat.id), serializeChat(chat));
    },
    otherWindow: () => open(newSessions()),
    async ask(request, from = thePage) {
      await history.receive(request, from);
      return said.at(-1);
    },
    titles: async (from) => (await list(from)).map(({ title }) => title),
    hits: () => said.flatMap((news) => (news.kind === 'found' ? news.hits.map(({ id }) => id) : [])),
  };
}

/** A page, of which this hears what it alone is told. */
export function page(hear: (news: HistoryNews) => void): Reply {
  return (message) => {
    if (message.type === 'history') hear(message.news);
  };
}

export function made(id: string, question: string, answer = 'Because.'): Conversation {
  return { id, turns: [{ ...turn(question, answer), askedAt: 1000 }] };
}

function newSessions(): Sessions {
  return createSessions({ ...portsOver(nodeTransport), newId: () => crypto.randomUUID() });
}
