import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Conversation } from '../../src/core/chat/conversation';
import { serializeChat } from '../../src/host/storage/chat-format';
import { noteInIndex } from '../../src/host/storage/chat-index';
import { openDraft } from '../../src/host/storage/draft';
import type { HistoryNews } from '../../src/protocol/history';
import { manualClock } from '../support/wire';
import { withDialogs } from './dialogs';
import { made, openHistoryBench, page, type HistoryBench } from './history-bench';
import { lines } from './listening-log';

describe('The history of chats', () => {
  let bench: HistoryBench;

  beforeEach(() => {
    bench = openHistoryBench();
  });

  it('lists what there is, with titles, dates and marks', async () => {
    bench.put(
      made('a', 'Why?'),
      { ...made('b', 'How?'), title: 'Ways', pinned: true },
      { id: 'empty', turns: [] },
    );
    assert.deepEqual(await bench.list(), [
      { id: 'a', title: 'Why?', pinned: false, date: 1000, running: false, shown: false },
      { id: 'b', title: 'Ways', pinned: true, date: 1000, running: false, shown: false },
    ]);
  });

  it('lists 10,000 by reading one file, once it knows them, and reads only what is new', async () => {
    const summary = { title: 'x', pinned: false, date: 1, questions: 1 };
    const ids = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
    for (const id of ids) writeFileSync(bench.file(id), '');
    await noteInIndex(
      vscode.Uri.file(bench.folder),
      ids.map((id) => ({ id, ...summary })),
      bench.fs,
    );
    bench.asked.splice(0);
    assert.equal((await bench.list()).length, 10_000);
    assert.deepEqual(bench.asked.filter((name) => name.startsWith('read')).sort(), [
      'readDirectory',
      'readFile',
    ]);
    bench.put(made('new', 'New?'));
    bench.asked.splice(0);
    assert.equal((await bench.list()).length, 10_001);
    assert.ok(bench.asked.length < 12, bench.asked.join(' '));
  });

  it('tells of those it knows at once, and then of those that it must read', async () => {
    bench.put(made('a', 'Why?'));
    await bench.list();
    bench.put(made('b', 'How?'));
    bench.said.splice(0);
    await bench.ask({ kind: 'list' });
    const told = bench.said.map((news) => news.kind === 'list' && [news.chats.length, news.reading]);
    assert.deepEqual(told, [
      [1, true],
      [2, false],
    ]);
  });

  it('drops what is gone from the folder', async () => {
    bench.put(made('a', 'Why?'), made('b', 'How?'));
    await bench.list();
    await vscode.workspace.fs.delete(vscode.Uri.file(bench.file('a')));
    assert.deepEqual(await bench.titles(), ['How?']);
  });

  for (const garbage of ['', '{', '[]', '{"version":1,"chats":[{}]}', '{"version":2,"chats":[]}', '\0\0']) {
    it(`needs no index: makes it anew where it is ${JSON.stringify(garbage)}`, async () => {
      bench.put(made('a', 'Why?'), made('b', 'How?'));
      writeFileSync(join(bench.folder, 'index.cache'), garbage);
      assert.deepEqual(await bench.titles(), ['Why?', 'How?']);
      bench.asked.splice(0);
      await bench.list();
      assert.equal(bench.asked.filter((name) => name === 'readFile').length, 1);
    });
  }

  it('sets aside and names what is no chat, and leaves what a later version wrote', async () => {
    bench.put(made('a', 'Why?'));
    writeFileSync(bench.file('bad'), '{"version":3');
    writeFileSync(bench.file('later'), '{"version":4}');
    assert.deepEqual(await bench.titles(), ['Why?']);
    assert.equal((bench.said.at(-1) as { unreadable: number }).unreadable, 2);
    assert.equal(readFileSync(join(bench.folder, 'unreadable', 'bad.json'), 'utf8'), '{"version":3');
    assert.deepEqual(bench.files().sort(), ['a.json', 'later.json']);
    assert.ok(lines(bench.written).some((line) => line.includes('bad')));
    await bench.list();
    assert.equal((bench.said.at(-1) as { unreadable: number }).unreadable, 2, 'named each time');
  });

  it('leaves what else is kept in the folder: the draft, and what the user has put there', async () => {
    const draft = await openDraft({ ...bench, uri: vscode.Uri.file(bench.folder) }, manualClock());
    draft.keep({ text: 'Not yet asked' });
    await draft.flush();
    writeFileSync(bench.file('a copy'), serializeChat(made('a', 'Why?')));
    const before = readdirSync(bench.folder);
    await bench.list();
    assert.equal((bench.said.at(-1) as { unreadable: number }).unreadable, 0);
    assert.deepEqual(readdirSync(bench.folder), before);
  });

  it('keeps the chats of two windows that note theirs at the same time', async () => {
    const other = bench.otherWindow();
    const names = Array.from({ length: 20 }, (_, index) => `c${String(index).padStart(2, '0')}`);
    await Promise.all(
      names.map(async (name, index) => {
        bench.put(made(name, name));
        await bench.list(index % 2 ? undefined : other);
      }),
    );
    assert.deepEqual(await bench.titles(), names);
    assert.deepEqual(await bench.titles(other), names);
    const index = readFileSync(join(bench.folder, 'index.cache'), 'utf8');
    for (const name of names) assert.ok(index.includes(`"${name}"`), name);
    assert.deepEqual(
      readdirSync(bench.folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('loses nothing of what another window notes while the list is made', async () => {
    bench.put(made('a', 'Why?'), made('b', 'How?'));
    await bench.list();
    bench.put(made('c', 'Who?'));
    const noted = { id: 'a', title: 'Noted', pinned: false, date: 1, questions: 1 };
    let noting: Promise<void> | undefined;
    const during = page(() => {
      noting ??= noteInIndex(vscode.Uri.file(bench.folder), [noted], bench.fs);
    });
    await bench.ask({ kind: 'list' }, during);
    await noting;
    bench.asked.splice(0);
    assert.deepEqual(await bench.titles(), ['Noted', 'How?', 'Who?']);
    assert.equal(bench.asked.filter((name) => name === 'readFile').length, 1, 'all are in the index');
  });

  it('shows a chat that is open as it is now, and what another window noted of the others', async () => {
    bench.sessions.show(made('a', 'Why?'));
    bench.put(made('b', 'How?'));
    await bench.list();
    bench.sessions.shown.change({ type: 'renamed', title: 'Reasons' });
    const noted = { id: 'b', title: 'Ways', pinned: false, date: 1, questions: 1 };
    await noteInIndex(vscode.Uri.file(bench.folder), [noted], bench.fs);
    const chats = await bench.list();
    assert.deepEqual(
      chats.map(({ title, shown }) => [title, shown]),
      [
        ['Reasons', true],
        ['Ways', false],
      ],
    );
  });

  it('renames and pins a chat in its file, whether it is open or not', async () => {
    bench.sessions.show(made('a', 'Why?'));
    bench.put(made('b', 'How?'));
    await bench.list();
    for (const chat of ['a', 'b']) {
      await bench.ask({ kind: 'rename', chat, title: ' New \n name ' });
      const news = await bench.ask({ kind: 'pin', chat, pinned: true });
      assert.ok(news?.kind === 'put');
      assert.deepEqual([news.chat.title, news.chat.pinned], ['New name', true]);
    }
    await bench.list();
    for (const chat of ['a', 'b']) {
      const { conversation } = JSON.parse(readFileSync(bench.file(chat), 'utf8')) as {
        conversation: Conversation;
      };
      assert.deepEqual([conversation.title, conversation.pinned], ['New name', true]);
      assert.equal(conversation.turns.length, 1);
    }
    await bench.ask({ kind: 'rename', chat: 'b', title: '' });
    assert.deepEqual(await bench.titles(), ['New name', 'How?']);
  });

  it('opens a chat, and says so when it is there', async () => {
    bench.put(made('a', 'Why?'));
    assert.deepEqual(await bench.ask({ kind: 'open', chat: 'a' }), { kind: 'opened' });
    assert.equal(bench.sessions.shown.conversation.turns[0]?.question.text, 'Why?');
  });

  it('says in words what cannot be done', async () => {
    await withDialogs(
      () => undefined,
      async (shown) => {
        for (const kind of ['open', 'export', 'delete', 'restore'] as const)
          await bench.ask({ kind, chat: 'none' });
        assert.equal(shown.length, 4);
        assert.match(shown[0]?.message ?? '', /^The action failed: /);
        assert.deepEqual(bench.said, []);
      },
    );
  });

  it('deletes a chat and restores it, whole', async () => {
    bench.put(made('a', 'Why?'), made('b', 'How?'));
    const before = readFileSync(bench.file('a'), 'utf8');
    assert.deepEqual(await bench.ask({ kind: 'delete', chat: 'a' }), {
      kind: 'deleted',
      chat: 'a',
      title: 'Why?',
    });
    assert.deepEqual(await bench.titles(), ['How?']);
    const news = await bench.ask({ kind: 'restore', chat: 'a' });
    assert.ok(news?.kind === 'put' && news.chat.title === 'Why?');
    assert.deepEqual(await bench.titles(), ['Why?', 'How?']);
    assert.equal(readFileSync(bench.file('a'), 'utf8'), before);
  });

  it('tells all pages what is gone, and only the one that deleted it how to have it back', async () => {
    bench.put(made('a', 'Why?'));
    await bench.list();
    bench.said.splice(0);
    const alone: HistoryNews[] = [];
    await bench.ask(
      { kind: 'delete', chat: 'a' },
      page((news) => alone.push(news)),
    );
    assert.deepEqual(bench.said, [{ kind: 'gone', chat: 'a' }]);
    assert.deepEqual(alone, [{ kind: 'deleted', chat: 'a', title: 'Why?' }]);
  });

  it('takes back nothing that was deleted or renamed while the list is made', async () => {
    const ids = Array.from({ length: 600 }, (_, index) => `c${String(index).padStart(3, '0')}`);
    bench.put(...ids.map((id) => made(id, id)));
    const shown = new Map<string, string>();
    const follow = (news: HistoryNews): void => {
      if (news.kind === 'list') shown.clear();
      if (news.kind === 'list') for (const { id, title } of news.chats) shown.set(id, title);
      if (news.kind === 'put') shown.set(news.chat.id, news.chat.title);
      if (news.kind === 'gone') shown.delete(news.chat);
    };
    const changing: Promise<unknown>[] = [];
    const reader = page((news) => {
      // In the order in which a page hears them: what all are told before it too.
      bench.said.splice(0).forEach(follow);
      follow(news);
      if (changing.length > 0) return;
      changing.push(bench.ask({ kind: 'delete', chat: 'c000' }));
      changing.push(bench.ask({ kind: 'rename', chat: 'c001', title: 'Other' }));
    });
    await bench.ask({ kind: 'list' }, reader);
    await Promise.all(changing);
    bench.said.splice(0).forEach(follow);
    assert.deepEqual([shown.size, shown.get('c000'), shown.get('c001')], [599, undefined, 'Other']);
  });

  it('tells all pages which chat is shown, and which is not any more', async () => {
    bench.sessions.show(made('a', 'Why?'));
    bench.put(made('b', 'How?'));
    await bench.list();
    bench.said.splice(0);
    await bench.ask(
      { kind: 'open', chat: 'b' },
      page(() => undefined),
    );
    const marks = bench.said.map((news) => news.kind === 'put' && [news.chat.id, news.chat.shown]);
    assert.deepEqual(marks, [
      ['a', false],
      ['b', true],
    ]);
  });

  it('begins a new chat where the one that is shown is deleted, and writes nothing of it again', async () => {
    bench.sessions.show(made('a', 'Why?'));
    bench.sessions.shown.change({ type: 'renamed', title: 'Last words' });
    await bench.ask({ kind: 'delete', chat: 'a' });
    assert.deepEqual(bench.sessions.shown.conversation.turns, []);
    await bench.list();
    assert.equal(existsSync(bench.file('a')), false);
    await bench.ask({ kind: 'restore', chat: 'a' });
    assert.deepEqual(await bench.titles(), ['Last words']);
  });
});
