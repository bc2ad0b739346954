import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Conversation } from '../../src/core/chat/conversation';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { createHistory, type History } from '../../src/host/history/history';
import type { OpenChats } from '../../src/host/history/open-chats';
import { serializeChat } from '../../src/host/storage/chat-format';
import { noteInIndex } from '../../src/host/storage/chat-index';
import { createChatStore } from '../../src/host/storage/chats';
import { openDraft } from '../../src/host/storage/draft';
import { nodeTransport } from '../../src/platform/node/transport';
import type { ChatView, HistoryNews, HistoryRequest } from '../../src/protocol/history';
import { manualClock, portsOver } from '../support/wire';
import { countingFs } from './counting-fs';
import { withDialogs } from './dialogs';
import { listeningLog, lines } from './listening-log';
import { turn } from './made';

function newSessions(): Sessions {
  return createSessions({ ...portsOver(nodeTransport), newId: () => crypto.randomUUID() });
}

type Found = Extract<HistoryNews, { kind: 'found' }>;

describe('The history of chats', () => {
  let folder: string;
  let sessions: Sessions;
  let history: History;
  let said: HistoryNews[];
  const { fs, asked } = countingFs();
  let { log, written } = listeningLog();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'o1mini-history-'));
    said = [];
    ({ log, written } = listeningLog());
    sessions = newSessions();
    history = window();
  });

  /** A window on the folder; that of the tests where no other is given. */
  function window(its = sessions): History {
    const at = { uri: vscode.Uri.file(folder), fs, log };
    const store = createChatStore(at, manualClock());
    its.onChange(({ conversation }) => store.save(conversation));
    const chats: OpenChats = {
      get shown() {
        return its.shown;
      },
      find: (id) => its.find(id),
      show: (conversation) => its.show(conversation),
      flush: () => store.flush(),
    };
    return createHistory({ folder: at, chats, tellAll: (news) => said.push(news), reveal: () => undefined });
  }

  const file = (id: string): string => join(folder, `${id}.json`);
  const files = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.json'));
  const made = (id: string, question: string, answer = 'Because.'): Conversation => ({
    id,
    turns: [{ ...turn(question, answer), askedAt: 1000 }],
  });
  function put(...chats: readonly Conversation[]): void {
    for (const chat of chats) writeFileSync(file(chat.id), serializeChat(chat));
  }
  async function ask(request: HistoryRequest): Promise<HistoryNews | undefined> {
    await history.receive(request, (news) => void said.push(news));
    return said.at(-1);
  }
  async function list(from = history): Promise<readonly ChatView[]> {
    const heard: HistoryNews[] = [];
    await from.receive({ kind: 'list' }, (news) => void heard.push(news));
    const news = heard.at(-1);
    assert.ok(news?.kind === 'list' && !news.reading);
    said.push(news);
    return news.chats.toSorted((a, b) => a.id.localeCompare(b.id));
  }
  const titles = async (from = history): Promise<readonly string[]> =>
    (await list(from)).map(({ title }) => title);
  const hits = (): readonly string[] =>
    said.flatMap((news) => (news.kind === 'found' ? news.hits.map(({ id }) => id) : []));

  it('lists what there is, with titles, dates and marks', async () => {
    put(made('a', 'Why?'), { ...made('b', 'How?'), title: 'Ways', pinned: true }, { id: 'empty', turns: [] });
    assert.deepEqual(await list(), [
      { id: 'a', title: 'Why?', pinned: false, date: 1000, running: false, shown: false },
      { id: 'b', title: 'Ways', pinned: true, date: 1000, running: false, shown: false },
    ]);
  });

  it('lists 10,000 by reading one file, once it knows them, and reads only what is new', async () => {
    const summary = { title: 'x', pinned: false, date: 1, questions: 1 };
    const ids = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
    for (const id of ids) writeFileSync(file(id), '');
    await noteInIndex(
      vscode.Uri.file(folder),
      ids.map((id) => ({ id, ...summary })),
      fs,
    );
    asked.splice(0);
    assert.equal((await list()).length, 10_000);
    assert.deepEqual(asked.filter((name) => name.startsWith('read')).sort(), ['readDirectory', 'readFile']);
    put(made('new', 'New?'));
    asked.splice(0);
    assert.equal((await list()).length, 10_001);
    assert.ok(asked.length < 12, asked.join(' '));
  });

  it('tells of those it knows at once, and then of those that it must read', async () => {
    put(made('a', 'Why?'));
    await list();
    put(made('b', 'How?'));
    said = [];
    await ask({ kind: 'list' });
    const told = said.map((news) => news.kind === 'list' && [news.chats.length, news.reading]);
    assert.deepEqual(told, [
      [1, true],
      [2, false],
    ]);
  });

  it('drops what is gone from the folder', async () => {
    put(made('a', 'Why?'), made('b', 'How?'));
    await list();
    await vscode.workspace.fs.delete(vscode.Uri.file(file('a')));
    assert.deepEqual(await titles(), ['How?']);
  });

  for (const garbage of ['', '{', '[]', '{"version":1,"chats":[{}]}', '{"version":2,"chats":[]}', '\0\0']) {
    it(`needs no index: makes it anew where it is ${JSON.stringify(garbage)}`, async () => {
      put(made('a', 'Why?'), made('b', 'How?'));
      writeFileSync(join(folder, 'index.cache'), garbage);
      assert.deepEqual(await titles(), ['Why?', 'How?']);
      asked.splice(0);
      await list();
      assert.equal(asked.filter((name) => name === 'readFile').length, 1);
    });
  }

  it('sets aside and names what is no chat, and leaves what a later version wrote', async () => {
    put(made('a', 'Why?'));
    writeFileSync(file('bad'), '{"version":3');
    writeFileSync(file('later'), '{"version":4}');
    assert.deepEqual(await titles(), ['Why?']);
    assert.equal((said.at(-1) as { unreadable: number }).unreadable, 2);
    assert.equal(readFileSync(join(folder, 'unreadable', 'bad.json'), 'utf8'), '{"version":3');
    assert.deepEqual(files().sort(), ['a.json', 'later.json']);
    assert.ok(lines(written).some((line) => line.includes('bad')));
    await list();
    assert.equal((said.at(-1) as { unreadable: number }).unreadable, 2, 'named each time');
  });

  it('leaves what else is kept in the folder: the draft, and what the user has put there', async () => {
    const draft = await openDraft({ uri: vscode.Uri.file(folder), fs, log }, manualClock());
    draft.text = 'Not yet asked';
    await draft.flush();
    writeFileSync(file('a copy'), serializeChat(made('a', 'Why?')));
    const before = readdirSync(folder);
    await list();
    assert.equal((said.at(-1) as { unreadable: number }).unreadable, 0);
    assert.deepEqual(readdirSync(folder), before);
  });

  it('keeps the chats of two windows that note theirs at the same time', async () => {
    const other = window(newSessions());
    const names = Array.from({ length: 20 }, (_, index) => `c${String(index).padStart(2, '0')}`);
    await Promise.all(
      names.map(async (name, index) => {
        put(made(name, name));
        await list(index % 2 ? history : other);
      }),
    );
    assert.deepEqual(await titles(), names);
    assert.deepEqual(await titles(other), names);
    const index = readFileSync(join(folder, 'index.cache'), 'utf8');
    for (const name of names) assert.ok(index.includes(`"${name}"`), name);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('loses nothing of what another window notes while the list is made', async () => {
    put(made('a', 'Why?'), made('b', 'How?'));
    await list();
    put(made('c', 'Who?'));
    const noted = { id: 'a', title: 'Noted', pinned: false, date: 1, questions: 1 };
    let noting: Promise<void> | undefined;
    await history.receive({ kind: 'list' }, () => {
      noting ??= noteInIndex(vscode.Uri.file(folder), [noted], fs);
    });
    await noting;
    asked.splice(0);
    assert.deepEqual(await titles(), ['Noted', 'How?', 'Who?']);
    assert.equal(asked.filter((name) => name === 'readFile').length, 1, 'all are in the index');
  });

  it('shows a chat that is open as it is now, and what another window noted of the others', async () => {
    sessions.show(made('a', 'Why?'));
    put(made('b', 'How?'));
    await list();
    sessions.shown.change({ type: 'renamed', title: 'Reasons' });
    const noted = { id: 'b', title: 'Ways', pinned: false, date: 1, questions: 1 };
    await noteInIndex(vscode.Uri.file(folder), [noted], fs);
    const chats = await list();
    assert.deepEqual(
      chats.map(({ title, shown }) => [title, shown]),
      [
        ['Reasons', true],
        ['Ways', false],
      ],
    );
  });

  it('renames and pins a chat in its file, whether it is open or not', async () => {
    sessions.show(made('a', 'Why?'));
    put(made('b', 'How?'));
    await list();
    for (const chat of ['a', 'b']) {
      await ask({ kind: 'rename', chat, title: ' New \n name ' });
      const news = await ask({ kind: 'pin', chat, pinned: true });
      assert.ok(news?.kind === 'put');
      assert.deepEqual([news.chat.title, news.chat.pinned], ['New name', true]);
    }
    await list();
    for (const chat of ['a', 'b']) {
      const { conversation } = JSON.parse(readFileSync(file(chat), 'utf8')) as { conversation: Conversation };
      assert.deepEqual([conversation.title, conversation.pinned], ['New name', true]);
      assert.equal(conversation.turns.length, 1);
    }
    await ask({ kind: 'rename', chat: 'b', title: '' });
    assert.deepEqual(await titles(), ['New name', 'How?']);
  });

  it('opens a chat, and says so when it is there', async () => {
    put(made('a', 'Why?'));
    assert.deepEqual(await ask({ kind: 'open', chat: 'a' }), { kind: 'opened' });
    assert.equal(sessions.shown.conversation.turns[0]?.question.text, 'Why?');
  });

  it('says in words what cannot be done', async () => {
    await withDialogs(
      () => undefined,
      async (shown) => {
        for (const kind of ['open', 'export', 'delete', 'restore'] as const)
          await ask({ kind, chat: 'none' });
        assert.equal(shown.length, 4);
        assert.match(shown[0]?.message ?? '', /^That did not work: /);
        assert.deepEqual(said, []);
      },
    );
  });

  it('deletes a chat and restores it, whole', async () => {
    put(made('a', 'Why?'), made('b', 'How?'));
    const before = readFileSync(file('a'), 'utf8');
    assert.deepEqual(await ask({ kind: 'delete', chat: 'a' }), { kind: 'deleted', chat: 'a', title: 'Why?' });
    assert.deepEqual(await titles(), ['How?']);
    const news = await ask({ kind: 'restore', chat: 'a' });
    assert.ok(news?.kind === 'put' && news.chat.title === 'Why?');
    assert.deepEqual(await titles(), ['Why?', 'How?']);
    assert.equal(readFileSync(file('a'), 'utf8'), before);
  });

  it('begins a new chat where the one that is shown is deleted, and writes nothing of it again', async () => {
    sessions.show(made('a', 'Why?'));
    sessions.shown.change({ type: 'renamed', title: 'Last words' });
    await ask({ kind: 'delete', chat: 'a' });
    assert.deepEqual(sessions.shown.conversation.turns, []);
    await list();
    assert.equal(existsSync(file('a')), false);
    await ask({ kind: 'restore', chat: 'a' });
    assert.deepEqual(await titles(), ['Last words']);
  });

  it('finds words in questions, answers and versions that are not shown, in whatever case', async () => {
    const plain = turn('x', 'y');
    const versions = { before: [[turn('An OLD version', 'z')] as const], after: [] };
    put(
      made('question', 'Where is the Needle?'),
      made('answer', 'Where?', `${'hay '.repeat(100)}"needle"\nin ${'hay '.repeat(100)}`),
      made('none', 'Hay?'),
      { id: 'version', turns: [{ ...plain, versions }] },
    );
    await list();
    await ask({ kind: 'search', search: 1, query: 'needle' });
    assert.deepEqual(hits().toSorted(), ['answer', 'question']);
    const snippets = said.flatMap((news) => (news.kind === 'found' ? news.hits : []));
    const inAnswer = snippets.find(({ id }) => id === 'answer')?.snippet;
    assert.match(
      `${inAnswer?.before}[${inAnswer?.found}]${inAnswer?.after}`,
      /^…[hay ]+"\[needle\]" in hay[hay ]+…$/,
    );
    assert.deepEqual((said.at(-1) as Found).done, true);
    said = [];
    await ask({ kind: 'search', search: 2, query: '"needle"\nin' });
    assert.deepEqual(hits(), ['answer']);
    said = [];
    await ask({ kind: 'search', search: 3, query: 'old version' });
    assert.deepEqual(hits(), ['version']);
  });

  it('stops a search at the next, and says nothing of it any more', async () => {
    put(...Array.from({ length: 200 }, (_, index) => made(`c${index}`, 'Needle')));
    await list();
    said = [];
    asked.splice(0);
    const first = ask({ kind: 'search', search: 1, query: 'needle' });
    const second = ask({ kind: 'search', search: 2, query: '' });
    await Promise.all([first, second]);
    assert.deepEqual(said, []);
    assert.ok(asked.length <= 16, `${asked.length} files`);
  });
});
