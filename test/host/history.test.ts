import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Conversation } from '../../src/core/chat/conversation';
import { emptyDraft } from '../../src/host/storage/drafts/window-record';
import type { HistoryUpdate } from '../../src/protocol/history';
import { withDialogs } from './dialogs';
import { made, openHistoryBench, page, type HistoryBench } from './history-bench';

describe('R8 The history of chats, through the file system of VS Code', () => {
  let bench: HistoryBench;

  beforeEach(() => {
    bench = openHistoryBench();
  });

  it('lists what there is, with titles, dates, workspaces and marks', async () => {
    bench.put(made('a', 'Why?'), { id: 'empty', turns: [] });
    bench.putElsewhere({ ...made('b', 'How?'), title: 'Ways', pinned: true });
    const others = { date: 1000, running: false, shown: false };
    assert.deepEqual(await bench.list(), [
      { id: 'a', title: 'Why?', pinned: false, ...others, here: true, workspace: 'here' },
      { id: 'b', title: 'Ways', pinned: true, ...others, here: false, workspace: 'elsewhere' },
    ]);
  });

  it('tells of those it knows at once, and then of what has changed in the folder', async () => {
    bench.put(made('a', 'Why?'), made('c', 'Where?'));
    await bench.list();
    bench.put(made('b', 'How?'));
    await vscode.workspace.fs.delete(vscode.Uri.file(bench.file('c')));
    bench.said.splice(0);
    await bench.ask({ kind: 'list' });
    const told = bench.said.map((update) => {
      if (update.kind === 'list' || update.kind === 'changed')
        return [update.kind, ...update.chats.map(({ id }) => id)];
      return update.kind === 'removed' ? [update.kind, ...update.ids] : [update.kind];
    });
    assert.deepEqual(told, [['list', 'a', 'c'], ['removed', 'c'], ['changed', 'b'], ['verified']]);
  });

  it('sets aside and counts what is no chat, and leaves what a later version wrote', async () => {
    bench.put(made('a', 'Why?'));
    writeFileSync(bench.file('bad'), '{"version":3');
    writeFileSync(bench.file('later'), '{"version":5}');
    assert.deepEqual(await bench.titles(), ['Why?']);
    const checked = { kind: 'verified', problems: { damaged: 1, laterVersion: 1, unreadable: 0 } };
    assert.deepEqual(bench.said.at(-1), checked);
    assert.deepEqual(bench.files().sort(), ['a.json', 'later.json']);
    await bench.list();
    assert.deepEqual(bench.said.at(-1), checked, 'named each time');
  });

  it('keeps the chats of two windows that list at the same time', async () => {
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
    assert.deepEqual(
      readdirSync(bench.folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('shows a chat that is open as it is now, and what another window has written of the others', async () => {
    bench.sessions.show(made('a', 'Why?'));
    bench.put(made('b', 'How?'));
    await bench.list();
    bench.sessions.shown.change({ type: 'renamed', title: 'Reasons' });
    bench.put({ ...made('b', 'How?'), title: 'Ways' });
    assert.deepEqual(
      (await bench.list()).map(({ title, shown }) => [title, shown]),
      [
        ['Reasons', true],
        ['Ways', false],
      ],
    );
  });

  it('renames and pins a chat in its file, whether it is open or not', async () => {
    bench.sessions.show(made('a', 'Why?'));
    bench.put(made('b', 'How?'));
    for (const chat of ['a', 'b']) {
      await bench.ask({ kind: 'rename', chat, title: ' New \n name ' });
      await bench.ask({ kind: 'pin', chat, pinned: true });
    }
    assert.deepEqual(
      (await bench.list()).map(({ title, pinned }) => [title, pinned]),
      [
        ['New name', true],
        ['New name', true],
      ],
    );
    await bench.store.flush();
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
    assert.deepEqual(await bench.ask({ kind: 'open', chat: 'a' }, undefined), { kind: 'opened' });
    assert.equal(bench.sessions.shown.conversation.turns[0]?.question.text, 'Why?');
  });

  it('says what cannot be done', async () => {
    await withDialogs(
      () => undefined,
      async (shown) => {
        for (const kind of ['open', 'export', 'delete', 'restore', 'deletePermanently'] as const)
          await bench.ask({ kind, chat: 'none' });
        assert.equal(shown.length, 5);
        assert.match(shown[0]?.message ?? '', /^The action failed: /);
        assert.deepEqual(bench.said, []);
      },
    );
  });

  it('moves a chat to Recently Deleted and restores it, whole', async () => {
    bench.put(made('a', 'Why?'), made('b', 'How?'));
    const before = readFileSync(bench.file('a'), 'utf8');
    assert.deepEqual(await bench.ask({ kind: 'delete', chat: 'a' }), {
      kind: 'deleted',
      chat: 'a',
      title: 'Why?',
    });
    const deleted = (await bench.list()).filter(({ deletedAt }) => deletedAt !== undefined);
    assert.deepEqual(
      deleted.map(({ id }) => id),
      ['a'],
    );
    await bench.ask({ kind: 'restore', chat: 'a' });
    assert.ok((await bench.list()).every(({ deletedAt }) => deletedAt === undefined));
    assert.equal(readFileSync(bench.file('a'), 'utf8'), before);
  });

  it('restores a deleted chat that is opened', async () => {
    bench.put(made('a', 'Why?'));
    await bench.ask({ kind: 'delete', chat: 'a' });
    await bench.ask({ kind: 'open', chat: 'a' });
    assert.equal(bench.sessions.shown.conversation.id, 'a');
    assert.equal((await bench.list())[0]?.deletedAt, undefined);
  });

  it('deletes permanently only what the user confirms', async () => {
    bench.put(made('a', '[click](command:x)'));
    await bench.ask({ kind: 'delete', chat: 'a' });
    await withDialogs(
      () => undefined,
      async (shown) => {
        await bench.ask({ kind: 'deletePermanently', chat: 'a' });
        assert.equal(shown.length, 1);
        assert.doesNotMatch(shown[0]?.message ?? '', /\]\(command:/);
      },
    );
    assert.ok(existsSync(bench.file('a')));
    await withDialogs(
      () => 'Delete Permanently',
      async () => {
        await bench.ask({ kind: 'deletePermanently', chat: 'a' });
      },
    );
    assert.ok(!existsSync(bench.file('a')));
    assert.deepEqual(bench.said.at(-1), { kind: 'removed', ids: ['a'] });
  });

  it('tells all pages what is deleted, and only the one that deleted it how to have it back', async () => {
    bench.put(made('a', 'Why?'));
    await bench.list();
    bench.said.splice(0);
    const alone: HistoryUpdate[] = [];
    await bench.ask(
      { kind: 'delete', chat: 'a' },
      page((update) => alone.push(update)),
    );
    assert.deepEqual(
      bench.said.map(({ kind }) => kind),
      ['changed'],
    );
    assert.deepEqual(alone, [{ kind: 'deleted', chat: 'a', title: 'Why?' }]);
  });

  it('begins a new chat where the one that is shown is deleted, and keeps its last words', async () => {
    bench.sessions.show(made('a', 'Why?'));
    bench.sessions.shown.change({ type: 'renamed', title: 'Last words' });
    await bench.ask({ kind: 'delete', chat: 'a' });
    assert.deepEqual(bench.sessions.shown.conversation.turns, []);
    assert.equal(typeof (await bench.list())[0]?.deletedAt, 'number');
    await bench.ask({ kind: 'restore', chat: 'a' });
    assert.deepEqual(await bench.titles(), ['Last words']);
  });

  it('takes back nothing that was deleted or renamed while the list is made', async () => {
    const ids = Array.from({ length: 600 }, (_, index) => `c${String(index).padStart(3, '0')}`);
    bench.put(...ids.map((id) => made(id, id)));
    const changing: Promise<unknown>[] = [];
    const reader = page(() => {
      if (changing.length > 0) return;
      changing.push(bench.ask({ kind: 'delete', chat: 'c000' }));
      changing.push(bench.ask({ kind: 'rename', chat: 'c001', title: 'Other' }));
    });
    await bench.ask({ kind: 'list' }, reader);
    await Promise.all(changing);
    const chats = await bench.list();
    assert.equal(chats.length, 600);
    assert.equal(typeof chats[0]?.deletedAt, 'number');
    assert.equal(chats[1]?.title, 'Other');
  });

  it('tells all pages which chat is shown, and which is not any more', async () => {
    bench.sessions.show(made('a', 'Why?'));
    bench.put(made('a', 'Why?'), made('b', 'How?'));
    await bench.list();
    bench.said.splice(0);
    await bench.ask(
      { kind: 'open', chat: 'b' },
      page(() => undefined),
    );
    await bench.list();
    const marks = new Map(
      bench.said.flatMap((update) =>
        update.kind === 'changed' ? update.chats.map(({ id, shown }) => [id, shown]) : [],
      ),
    );
    assert.deepEqual(
      [...marks],
      [
        ['a', false],
        ['b', true],
      ],
    );
  });

  it('lists drafts of windows that are gone, and forgets one that another window has taken', async () => {
    bench.orphans.push({ id: 'd', state: { ...emptyDraft, text: 'Not  yet\nasked' }, savedAt: 5 });
    await bench.ask({ kind: 'list' });
    const list = bench.said.find((update) => update.kind === 'list');
    assert.deepEqual(list?.drafts, [{ id: 'd', text: 'Not yet asked', date: 5 }]);
    assert.deepEqual(await bench.ask({ kind: 'openDraft', draft: 'd' }), { kind: 'opened' });
    assert.deepEqual(await bench.ask({ kind: 'openDraft', draft: 'taken' }), {
      kind: 'removed',
      ids: ['taken'],
    });
    assert.deepEqual(await bench.ask({ kind: 'removeDraft', draft: 'd' }), { kind: 'removed', ids: ['d'] });
  });
});
