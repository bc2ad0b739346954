import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Conversation } from '../../src/core/chat/conversation';
import { emptyDraft } from '../../src/host/storage/drafts/window-record';
import type { HistoryUpdate } from '../../src/protocol/history';
import { withDialogs } from './dialogs';
import {
  singleTurnChat,
  createHistoryTestContext,
  historyWebview,
  type HistoryTestContext,
} from './history-test-context';

describe('R8 The chat history, through the file system of VS Code,', () => {
  let context: HistoryTestContext;

  beforeEach(() => {
    context = createHistoryTestContext();
  });

  it('lists all chats with their titles, dates, workspaces and states', async () => {
    context.put(singleTurnChat('a', 'Why?'), { id: 'empty', turns: [] });
    context.putElsewhere({ ...singleTurnChat('b', 'How?'), title: 'Ways', pinned: true });
    const others = { date: 1000, running: false, shown: false };
    assert.deepEqual(await context.list(), [
      { id: 'a', title: 'Why?', pinned: false, ...others, here: true, workspace: 'here' },
      { id: 'b', title: 'Ways', pinned: true, ...others, here: false, workspace: 'elsewhere' },
    ]);
  });

  it('posts the known chats at once, and then the changes in the folder', async () => {
    context.put(singleTurnChat('a', 'Why?'), singleTurnChat('c', 'Where?'));
    await context.list();
    context.put(singleTurnChat('b', 'How?'));
    await vscode.workspace.fs.delete(vscode.Uri.file(context.file('c')));
    context.updates.splice(0);
    await context.handle({ kind: 'list' });
    const posted = context.updates.map((update) => {
      // The files are read at the same time, so the order of the chats is not defined; the webview sorts them.
      if (update.kind === 'list' || update.kind === 'changed')
        return [update.kind, ...update.chats.map(({ id }) => id).toSorted()];
      return update.kind === 'removed' ? [update.kind, ...update.ids] : [update.kind];
    });
    assert.deepEqual(posted, [['list', 'a', 'c'], ['removed', 'c'], ['changed', 'b'], ['verified']]);
  });

  it('sets aside and counts damaged files, and leaves those of a later version alone', async () => {
    context.put(singleTurnChat('a', 'Why?'));
    writeFileSync(context.file('bad'), '{"version":3');
    writeFileSync(context.file('later'), '{"version":5}');
    assert.deepEqual(await context.titles(), ['Why?']);
    const checked = { kind: 'verified', problems: { damaged: 1, laterVersion: 1, unreadable: 0 } };
    assert.deepEqual(context.updates.at(-1), checked);
    assert.deepEqual(context.files().sort(), ['a.json', 'later.json']);
    await context.list();
    assert.deepEqual(context.updates.at(-1), checked, 'counted each time');
  });

  it('lists every chat in two windows that list at the same time', async () => {
    const other = context.otherWindow();
    const names = Array.from({ length: 20 }, (_, index) => `c${String(index).padStart(2, '0')}`);
    await Promise.all(
      names.map(async (name, index) => {
        context.put(singleTurnChat(name, name));
        await context.list(index % 2 ? undefined : other);
      }),
    );
    assert.deepEqual(await context.titles(), names);
    assert.deepEqual(await context.titles(other), names);
    assert.deepEqual(
      readdirSync(context.folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('shows an open chat as it is now, and other chats as another window has written them', async () => {
    context.sessions.show(singleTurnChat('a', 'Why?'));
    context.put(singleTurnChat('b', 'How?'));
    await context.list();
    context.sessions.shown.change({ type: 'renamed', title: 'Reasons' });
    context.put({ ...singleTurnChat('b', 'How?'), title: 'Ways' });
    assert.deepEqual(
      (await context.list()).map(({ title, shown }) => [title, shown]),
      [
        ['Reasons', true],
        ['Ways', false],
      ],
    );
  });

  it('renames and pins a chat in its file, whether or not it is open', async () => {
    context.sessions.show(singleTurnChat('a', 'Why?'));
    context.put(singleTurnChat('b', 'How?'));
    for (const chat of ['a', 'b']) {
      await context.handle({ kind: 'rename', chat, title: ' New \n name ' });
      await context.handle({ kind: 'pin', chat, pinned: true });
    }
    assert.deepEqual(
      (await context.list()).map(({ title, pinned }) => [title, pinned]),
      [
        ['New name', true],
        ['New name', true],
      ],
    );
    await context.store.flush();
    for (const chat of ['a', 'b']) {
      const { conversation } = JSON.parse(readFileSync(context.file(chat), 'utf8')) as {
        conversation: Conversation;
      };
      assert.deepEqual([conversation.title, conversation.pinned], ['New name', true]);
      assert.equal(conversation.turns.length, 1);
    }
    await context.handle({ kind: 'rename', chat: 'b', title: '' });
    assert.deepEqual(await context.titles(), ['New name', 'How?']);
  });

  it('opens a chat, and reports when it is open', async () => {
    context.put(singleTurnChat('a', 'Why?'));
    assert.deepEqual(await context.handle({ kind: 'open', chat: 'a' }, undefined), { kind: 'opened' });
    assert.equal(context.sessions.shown.conversation.turns[0]?.question.text, 'Why?');
  });

  it('reports what cannot be done', async () => {
    await withDialogs(
      () => undefined,
      async (shown) => {
        for (const kind of ['open', 'export', 'delete', 'restore', 'deletePermanently'] as const)
          await context.handle({ kind, chat: 'none' });
        assert.equal(shown.length, 5);
        assert.match(shown[0]?.message ?? '', /^The action failed: /);
        assert.deepEqual(context.updates, []);
      },
    );
  });

  it('moves a chat to Recently Deleted and restores it completely', async () => {
    context.put(singleTurnChat('a', 'Why?'), singleTurnChat('b', 'How?'));
    const before = readFileSync(context.file('a'), 'utf8');
    assert.deepEqual(await context.handle({ kind: 'delete', chat: 'a' }), {
      kind: 'deleted',
      chat: 'a',
      title: 'Why?',
    });
    const deleted = (await context.list()).filter(({ deletedAt }) => deletedAt !== undefined);
    assert.deepEqual(
      deleted.map(({ id }) => id),
      ['a'],
    );
    await context.handle({ kind: 'restore', chat: 'a' });
    assert.ok((await context.list()).every(({ deletedAt }) => deletedAt === undefined));
    assert.equal(readFileSync(context.file('a'), 'utf8'), before);
  });

  it('restores a deleted chat when it is opened', async () => {
    context.put(singleTurnChat('a', 'Why?'));
    await context.handle({ kind: 'delete', chat: 'a' });
    await context.handle({ kind: 'open', chat: 'a' });
    assert.equal(context.sessions.shown.conversation.id, 'a');
    assert.equal((await context.list())[0]?.deletedAt, undefined);
  });

  it('deletes permanently only if the user confirms', async () => {
    context.put(singleTurnChat('a', '[click](command:x)'));
    await context.handle({ kind: 'delete', chat: 'a' });
    await withDialogs(
      () => undefined,
      async (shown) => {
        await context.handle({ kind: 'deletePermanently', chat: 'a' });
        assert.equal(shown.length, 1);
        assert.doesNotMatch(shown[0]?.message ?? '', /\]\(command:/);
      },
    );
    assert.ok(existsSync(context.file('a')));
    await withDialogs(
      () => 'Delete Permanently',
      async () => {
        await context.handle({ kind: 'deletePermanently', chat: 'a' });
      },
    );
    assert.ok(!existsSync(context.file('a')));
    assert.deepEqual(context.updates.at(-1), { kind: 'removed', ids: ['a'] });
  });

  it('informs all webviews of a deletion, and lets only the one that deleted undo it', async () => {
    context.put(singleTurnChat('a', 'Why?'));
    await context.list();
    context.updates.splice(0);
    const own: HistoryUpdate[] = [];
    await context.handle(
      { kind: 'delete', chat: 'a' },
      historyWebview((update) => own.push(update)),
    );
    assert.deepEqual(
      context.updates.map(({ kind }) => kind),
      ['changed'],
    );
    assert.deepEqual(own, [{ kind: 'deleted', chat: 'a', title: 'Why?' }]);
  });

  it('starts a new chat if the shown chat is deleted, and keeps its last change', async () => {
    context.sessions.show(singleTurnChat('a', 'Why?'));
    context.sessions.shown.change({ type: 'renamed', title: 'Last title' });
    await context.handle({ kind: 'delete', chat: 'a' });
    assert.deepEqual(context.sessions.shown.conversation.turns, []);
    assert.equal(typeof (await context.list())[0]?.deletedAt, 'number');
    await context.handle({ kind: 'restore', chat: 'a' });
    assert.deepEqual(await context.titles(), ['Last title']);
  });

  it('keeps deletions and renames that happen while the list is read', async () => {
    const ids = Array.from({ length: 600 }, (_, index) => `c${String(index).padStart(3, '0')}`);
    context.put(...ids.map((id) => singleTurnChat(id, id)));
    const changing: Promise<unknown>[] = [];
    const changeMeanwhile = historyWebview(() => {
      if (changing.length > 0) return;
      changing.push(context.handle({ kind: 'delete', chat: 'c000' }));
      changing.push(context.handle({ kind: 'rename', chat: 'c001', title: 'Other' }));
    });
    await context.handle({ kind: 'list' }, changeMeanwhile);
    await Promise.all(changing);
    const chats = await context.list();
    assert.equal(chats.length, 600);
    assert.equal(typeof chats[0]?.deletedAt, 'number');
    assert.equal(chats[1]?.title, 'Other');
  });

  it('informs all webviews which chat is shown and which no longer is', async () => {
    context.sessions.show(singleTurnChat('a', 'Why?'));
    context.put(singleTurnChat('a', 'Why?'), singleTurnChat('b', 'How?'));
    await context.list();
    context.updates.splice(0);
    await context.handle(
      { kind: 'open', chat: 'b' },
      historyWebview(() => undefined),
    );
    await context.list();
    const marks = new Map(
      context.updates.flatMap((update) =>
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

  it('lists drafts of closed windows, and removes one that another window has taken over', async () => {
    context.orphans.push({ id: 'd', state: { ...emptyDraft, text: 'Not  yet\nasked' }, savedAt: 5 });
    await context.handle({ kind: 'list' });
    const list = context.updates.find((update) => update.kind === 'list');
    assert.deepEqual(list?.drafts, [{ id: 'd', text: 'Not yet asked', date: 5 }]);
    assert.deepEqual(await context.handle({ kind: 'openDraft', draft: 'd' }), { kind: 'opened' });
    assert.deepEqual(await context.handle({ kind: 'openDraft', draft: 'taken' }), {
      kind: 'removed',
      ids: ['taken'],
    });
    assert.deepEqual(await context.handle({ kind: 'removeDraft', draft: 'd' }), {
      kind: 'removed',
      ids: ['d'],
    });
  });
});
