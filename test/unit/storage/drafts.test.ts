import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatWorkspace } from '../../../src/core/chat/stored-chat';
import { recordFigure } from '../../support/promises';
import {
  Machine,
  bothFolders,
  draftText,
  folderA,
  folderB,
  writeDraft,
  type DraftWindow,
} from './draft-fixture';

const savedWorkspace: ChatWorkspace = { ...bothFolders, id: 'saved' };

describe('R7 The draft of a window', () => {
  let machine: Machine;

  beforeEach(() => {
    machine = new Machine();
  });

  it('is restored after a reload with its question, attachments, edits and chat', async () => {
    const before = await machine.open(folderA);
    const draft = {
      text: 'Why?',
      withSelection: true,
      references: [{ kind: 'file' }],
      asked: ['How?'],
      edits: [{ turnId: 't', text: 'Where?' }],
      queued: [{ id: 'q', chat: 'c', text: 'When?', references: [{ kind: 'file' }] }],
      chat: 'c',
    };
    before.drafts.update(draft);
    await before.end();
    assert.deepEqual((await machine.open(folderA)).drafts.state, draft);
  });

  it('is restored after the window or its extension host was killed', async () => {
    for (const workspace of [folderA, undefined]) {
      const before = await machine.open(workspace);
      await writeDraft(before, 'Not yet asked');
      before.kill();
      const after = await machine.open(workspace);
      assert.equal(draftText(after), 'Not yet asked');
      await after.end();
    }
  });

  it('is not shared between two windows without a folder or two windows of the same folder', async () => {
    for (const workspace of [undefined, folderA]) {
      const [first, second] = [await machine.open(workspace), await machine.open(workspace)];
      await writeDraft(first, 'first');
      await writeDraft(second, 'second');
      assert.deepEqual([draftText(first), draftText(second)], ['first', 'second']);
      await first.end();
      const again = await machine.open(workspace);
      assert.equal(
        draftText(again),
        'first',
        'a window gets its own draft back while the other window is still open',
      );
      assert.equal(draftText(second), 'second');
      await again.end();
      await second.end();
      machine = new Machine();
    }
  });

  it('is found by the ID that VS Code has stored for the window', async () => {
    const names: string[] = [];
    const windows: DraftWindow[] = [];
    for (const text of ['first', 'second']) {
      const before = new Set(readdirSync(machine.path));
      const window = await machine.open();
      await writeDraft(window, text);
      windows.push(window);
      names.push(...readdirSync(machine.path).filter((name) => name.endsWith('.json') && !before.has(name)));
    }
    for (const window of windows) window.kill();
    for (const [index, text] of ['first', 'second'].entries()) {
      const hint = names[index]?.replace('.json', '') ?? '';
      assert.equal(draftText(await machine.open(undefined, { hint })), text);
    }
  });

  it('survives a restart of the extension host while its lease is still valid', async () => {
    const session = `${crypto.randomUUID()}1795981448855`;
    const before = await machine.open(folderA, { session });
    await writeDraft(before, 'Not yet asked');
    assert.equal(draftText(await machine.open(folderA, { session })), 'Not yet asked');
  });

  it('is not taken over by another window when VS Code gives all windows the same session ID', async () => {
    const session = 'someValue.sessionId';
    const first = await machine.open(folderA, { session });
    await writeDraft(first, 'About a');
    const others = [await machine.open(folderB, { session }), await machine.open(folderA, { session })];
    await machine.advance(40);
    assert.deepEqual([first, ...others].map(draftText), ['About a', '', '']);
    await first.end();
    assert.equal(draftText(await machine.open(folderB, { session })), '');
  });

  it('stays with the window when a folder is added and when the workspace is saved', async () => {
    const single = await machine.open(folderA);
    await writeDraft(single, 'Not yet asked');
    await machine.advance(100);
    await single.end();
    const added = await machine.open(bothFolders);
    assert.equal(draftText(added), 'Not yet asked');
    await machine.advance(100);
    await added.end();
    const after = await machine.open(savedWorkspace);
    assert.equal(draftText(after), 'Not yet asked');
    await after.end();
  });

  it('stays with the window when its first folder is added', async () => {
    const empty = await machine.open();
    await writeDraft(empty, 'Not yet asked');
    await machine.advance(100);
    await empty.end();
    assert.equal(draftText(await machine.open(folderB)), 'Not yet asked');
  });

  it('is not shown in another workspace', async () => {
    const before = await machine.open(folderA);
    await writeDraft(before, 'About a');
    await before.end();
    assert.equal(draftText(await machine.open(folderB)), '');
    assert.equal(draftText(await machine.open()), '');
    await machine.advance(400);
    assert.equal(
      draftText(await machine.open(bothFolders)),
      '',
      'also not if the workspace is opened much later',
    );
  });

  it('moves to the next window if the previous window closes while the next one starts', async () => {
    const before = await machine.open(folderA);
    await writeDraft(before, 'Not yet asked');
    const after = await machine.open(folderA);
    assert.equal(draftText(after), '', 'this may be a second window of the same folder');
    await before.end();
    await machine.advanceUntil(() => draftText(after) !== '');
    assert.deepEqual([draftText(after), after.openCount()], ['Not yet asked', 1]);
  });

  it('moves to the next window if the browser was killed but its extension host still runs', async () => {
    let isUnresponsive = false;
    const before = await machine.open(folderA, { isUnresponsive: () => isUnresponsive });
    await writeDraft(before, 'Not yet asked');
    await machine.advance(20);
    isUnresponsive = true;
    const after = await machine.open(folderA);
    assert.equal(draftText(after), '');
    await machine.advanceUntil(() => draftText(after) !== '');
    assert.equal(draftText(after), 'Not yet asked');
  });

  it('does not replace text that was typed in the meantime, and is not lost', async () => {
    const before = await machine.open(folderA);
    await writeDraft(before, 'first');
    const after = await machine.open(folderA);
    await writeDraft(after, 'second');
    await before.end();
    await machine.advance(40);
    assert.equal(draftText(after), 'second');
    assert.deepEqual(
      (await after.drafts.orphans()).map(({ state }) => state.text),
      ['first'],
    );
  });

  it('can be opened in another window, whose own draft is then offered instead', async () => {
    const other = await machine.open(folderB);
    await writeDraft(other, 'Left behind');
    other.kill();
    const window = await machine.open(folderA);
    await writeDraft(window, 'Written here');
    const [orphan] = await window.drafts.orphans();
    assert.equal(orphan?.state.text, 'Left behind');
    assert.equal(await window.drafts.open(orphan.id), true);
    assert.equal(draftText(window), 'Left behind');
    assert.equal(window.openCount(), 1);
    const [exchanged] = await window.drafts.orphans();
    assert.equal(exchanged?.state.text, 'Written here');
    await window.drafts.remove(exchanged.id);
    assert.deepEqual(await window.drafts.orphans(), []);
  });

  it('is opened by only one of two windows that try at the same time', async () => {
    const other = await machine.open(folderB);
    await writeDraft(other, 'Left behind');
    other.kill();
    const windows = [await machine.open(folderA), await machine.open(folderA)];
    const [orphan] = await (windows[0] as DraftWindow).drafts.orphans();
    const outcomes = await Promise.all(windows.map(({ drafts }) => drafts.open(orphan?.id ?? '')));
    assert.deepEqual(outcomes.toSorted(), [false, true]);
    assert.deepEqual(windows.map(draftText).toSorted(), ['', 'Left behind']);
  });

  it('is never lost, however many windows open and close', async () => {
    const texts = new Set<string>();
    let windows: DraftWindow[] = [];
    for (let step = 0; step < 60; step++) {
      const workspace = [undefined, folderA, folderB][step % 3];
      const window = await machine.open(workspace);
      if (draftText(window) === '') {
        texts.add(`draft ${step}`);
        await writeDraft(window, `draft ${step}`);
      }
      windows.push(window);
      // Some windows end normally, some are killed, some stay open.
      const leaving = windows.filter((_, index) => (index * 7 + step) % 5 === 0);
      for (const [index, leavingWindow] of leaving.entries()) {
        if (index % 2) leavingWindow.kill();
        else await leavingWindow.end();
      }
      windows = windows.filter((openWindow) => !leaving.includes(openWindow));
      // The clock jumps back and forth in the meantime.
      machine.clock.advance(step % 4 === 0 ? 3_600_000 : step % 4 === 2 ? -3_600_000 : 1000);
    }
    const last = await machine.open({ id: 'c', name: 'c', folders: ['file:///c'] });
    const found = [
      draftText(last),
      ...windows.map(draftText),
      ...(await last.drafts.orphans()).map(({ state }) => state.text),
    ];
    assert.deepEqual(
      [...texts].filter((text) => !found.includes(text)),
      [],
    );
    recordFigure('R7', `60 windows opened and closed, ${texts.size} drafts, 0 lost`);
  });

  it('passes its earlier questions on to the next window of the workspace', async () => {
    const [first, second] = [await machine.open(folderA), await machine.open(folderA)];
    first.drafts.update({ asked: ['One?', 'Two?'], chat: 'x' });
    second.drafts.update({ asked: ['Three?'], chat: 'y' });
    await first.end();
    await second.end();
    const after = await machine.open(folderA);
    assert.deepEqual([...after.drafts.state.asked].sort(), ['One?', 'Three?', 'Two?']);
    await after.end();
    assert.equal(readdirSync(machine.path).length, 1, 'the files of closed windows are removed');
  });

  it('stays in memory while it cannot be saved, with the error, and is saved as soon as possible', async () => {
    const window = await machine.open(folderA);
    rmSync(machine.path, { recursive: true });
    writeFileSync(machine.path, 'a file in place of the folder');
    await writeDraft(window, 'text');
    assert.ok(window.drafts.failure);
    assert.equal(draftText(window), 'text');
    rmSync(machine.path);
    await machine.advanceUntil(() => window.drafts.failure === undefined);
    await window.end();
    assert.equal(draftText(await machine.open(folderA)), 'text');
  });

  it('is neither offered nor deleted if its file cannot be read', async () => {
    writeFileSync(join(machine.path, 'broken.json'), '{"text": 7');
    writeFileSync(join(machine.path, 'broken.lease'), '}');
    const window = await machine.open(folderA);
    assert.equal(draftText(window), '');
    assert.deepEqual(await window.drafts.orphans(), []);
    assert.ok(existsSync(join(machine.path, 'broken.json')));
  });
});
