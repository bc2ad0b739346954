import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatWorkspace } from '../../../src/core/chat/stored-chat';
import { recordFigure } from '../../support/promises';
import { Machine, textOf, write, type DraftWindow } from './draft-machine';
import { scratchFolder } from './store-fixture';

const folderA: ChatWorkspace = { id: 'a', name: 'a', folders: ['file:///a'] };
const folderB: ChatWorkspace = { id: 'b', name: 'b', folders: ['file:///b'] };
const bothFolders: ChatWorkspace = { id: 'untitled', name: 'both', folders: ['file:///a', 'file:///b'] };
const saved: ChatWorkspace = { ...bothFolders, id: 'saved' };

describe('R7 Drafts belong to their window', () => {
  let machine: Machine;
  let path: string;

  beforeEach(() => restart());

  /** Another machine, with nothing on its disk. */
  function restart(): void {
    path = scratchFolder();
    machine = new Machine(path);
  }

  const open = (...its: Parameters<Machine['open']>): Promise<DraftWindow> => machine.open(...its);
  const pass = (seconds: number): Promise<void> => machine.pass(seconds);
  const until = (condition: () => boolean): Promise<void> => machine.until(condition);

  it('is there again after a reload: the question, attachments, edits, and the chat', async () => {
    const before = await open(folderA);
    const draft = {
      text: 'Why?',
      withSelection: true,
      references: [{ kind: 'file' }],
      asked: ['How?'],
      edits: [{ turnId: 't', text: 'Where?' }],
      chat: 'c',
    };
    before.drafts.update(draft);
    await before.end();
    assert.deepEqual((await open(folderA)).drafts.state, draft);
  });

  it('is there again after the window or its extension host was killed', async () => {
    for (const workspace of [folderA, undefined]) {
      const before = await open(workspace);
      await write(before, 'Not yet asked');
      before.kill();
      const after = await open(workspace);
      assert.equal(textOf(after), 'Not yet asked');
      await after.end();
    }
  });

  it('is not shared by two windows without a folder, nor by two windows of one folder', async () => {
    for (const workspace of [undefined, folderA]) {
      const [first, second] = [await open(workspace), await open(workspace)];
      await write(first, 'first');
      await write(second, 'second');
      assert.deepEqual([textOf(first), textOf(second)], ['first', 'second']);
      await first.end();
      const again = await open(workspace);
      assert.equal(textOf(again), 'first', 'each comes back to its own while the other goes on');
      assert.equal(textOf(second), 'second');
      await again.end();
      await second.end();
      restart();
    }
  });

  it('comes back by the name that VS Code kept for the window', async () => {
    const names: string[] = [];
    const windows: DraftWindow[] = [];
    for (const text of ['first', 'second']) {
      const before = new Set(readdirSync(path));
      const window = await open();
      await write(window, text);
      windows.push(window);
      names.push(...readdirSync(path).filter((name) => name.endsWith('.json') && !before.has(name)));
    }
    for (const window of windows) window.kill();
    for (const [index, text] of ['first', 'second'].entries()) {
      const hint = names[index]?.replace('.json', '') ?? '';
      assert.equal(textOf(await open(undefined, { hint })), text);
    }
  });

  it('goes on over a restart of the extension host, though its lease is not over', async () => {
    const session = `${crypto.randomUUID()}1795981448855`;
    const before = await open(folderA, { session });
    await write(before, 'Not yet asked');
    assert.equal(textOf(await open(folderA, { session })), 'Not yet asked');
  });

  it('is not taken from another window where VS Code has one name for the sessions of all windows', async () => {
    const session = 'someValue.sessionId';
    const first = await open(folderA, { session });
    await write(first, 'About a');
    const others = [await open(folderB, { session }), await open(folderA, { session })];
    await pass(40);
    assert.deepEqual([first, ...others].map(textOf), ['About a', '', '']);
    await first.end();
    assert.equal(textOf(await open(folderB, { session })), '');
  });

  it('is that of the window when a folder is added, and when the workspace is saved', async () => {
    const single = await open(folderA);
    await write(single, 'Not yet asked');
    await pass(100);
    await single.end();
    const added = await open(bothFolders);
    assert.equal(textOf(added), 'Not yet asked');
    await pass(100);
    await added.end();
    const after = await open(saved);
    assert.equal(textOf(after), 'Not yet asked');
    await after.end();
  });

  it('is that of the window when the first folder is added', async () => {
    const empty = await open();
    await write(empty, 'Not yet asked');
    await pass(100);
    await empty.end();
    assert.equal(textOf(await open(folderB)), 'Not yet asked');
  });

  it('is not that of another workspace', async () => {
    const before = await open(folderA);
    await write(before, 'About a');
    await before.end();
    assert.equal(textOf(await open(folderB)), '');
    assert.equal(textOf(await open()), '');
    await pass(100);
    assert.equal(textOf(await open(bothFolders)), '', 'nor of one that was opened much later');
  });

  it('comes over from a window that ends while the next one starts', async () => {
    const before = await open(folderA);
    await write(before, 'Not yet asked');
    const after = await open(folderA);
    assert.equal(textOf(after), '', 'it may be a second window');
    await before.end();
    await until(() => textOf(after) !== '');
    assert.deepEqual([textOf(after), after.opened()], ['Not yet asked', 1]);
  });

  it('comes over from a browser that was killed, though its extension host goes on', async () => {
    let isMute = false;
    const before = await open(folderA, { isMute: () => isMute });
    await write(before, 'Not yet asked');
    await pass(20);
    isMute = true;
    const after = await open(folderA);
    assert.equal(textOf(after), '');
    await until(() => textOf(after) !== '');
    assert.equal(textOf(after), 'Not yet asked');
  });

  it('replaces nothing that was written meanwhile, and is lost in no case', async () => {
    const before = await open(folderA);
    await write(before, 'first');
    const after = await open(folderA);
    await write(after, 'second');
    await before.end();
    await pass(40);
    assert.equal(textOf(after), 'second');
    assert.deepEqual(
      (await after.drafts.orphans()).map(({ state }) => state.text),
      ['first'],
    );
  });

  it('of a window that does not come back can be opened, in exchange for what is written', async () => {
    const other = await open(folderB);
    await write(other, 'Left behind');
    other.kill();
    const window = await open(folderA);
    await write(window, 'Written here');
    const [orphan] = await window.drafts.orphans();
    assert.equal(orphan?.state.text, 'Left behind');
    assert.equal(await window.drafts.open(orphan.id), true);
    assert.equal(textOf(window), 'Left behind');
    assert.equal(window.opened(), 1);
    const [exchanged] = await window.drafts.orphans();
    assert.equal(exchanged?.state.text, 'Written here');
    await window.drafts.remove(exchanged.id);
    assert.deepEqual(await window.drafts.orphans(), []);
  });

  it('is opened by one of two windows that open it at the same time', async () => {
    const other = await open(folderB);
    await write(other, 'Left behind');
    other.kill();
    const windows = [await open(folderA), await open(folderA)];
    const [orphan] = await (windows[0] as DraftWindow).drafts.orphans();
    const outcomes = await Promise.all(windows.map(({ drafts }) => drafts.open(orphan?.id ?? '')));
    assert.deepEqual(outcomes.toSorted(), [false, true]);
    assert.deepEqual(windows.map(textOf).toSorted(), ['', 'Left behind']);
  });

  it('is never the loss of another draft, however many windows come and go', async () => {
    const texts = new Set<string>();
    let windows: DraftWindow[] = [];
    for (let step = 0; step < 60; step++) {
      const workspace = [undefined, folderA, folderB][step % 3];
      const window = await open(workspace);
      if (textOf(window) === '') {
        texts.add(`draft ${step}`);
        await write(window, `draft ${step}`);
      }
      windows.push(window);
      // Some end in order, some are killed, some stay.
      const leaving = windows.filter((_, index) => (index * 7 + step) % 5 === 0);
      for (const [index, each] of leaving.entries()) {
        if (index % 2) each.kill();
        else await each.end();
      }
      windows = windows.filter((each) => !leaving.includes(each));
      // The clock jumps back and forth meanwhile.
      machine.clock.advance(step % 4 === 0 ? 3_600_000 : step % 4 === 2 ? -3_600_000 : 1000);
    }
    const last = await open({ id: 'c', name: 'c', folders: ['file:///c'] });
    const kept = [
      textOf(last),
      ...windows.map(textOf),
      ...(await last.drafts.orphans()).map(({ state }) => state.text),
    ];
    assert.deepEqual(
      [...texts].filter((text) => !kept.includes(text)),
      [],
    );
    recordFigure('R7', `60 windows that came and went, ${texts.size} drafts, 0 lost`);
  });

  it('leaves earlier questions to the next window of the workspace', async () => {
    const [first, second] = [await open(folderA), await open(folderA)];
    first.drafts.update({ asked: ['One?', 'Two?'], chat: 'x' });
    second.drafts.update({ asked: ['Three?'], chat: 'y' });
    await first.end();
    await second.end();
    const after = await open(folderA);
    assert.deepEqual([...after.drafts.state.asked].sort(), ['One?', 'Three?', 'Two?']);
    await after.end();
    assert.equal(readdirSync(path).length, 1, 'and no files pile up');
  });

  it('says why it is not saved, keeps it in memory, and saves it as soon as that works', async () => {
    const window = await open(folderA);
    rmSync(path, { recursive: true });
    writeFileSync(path, 'a file in the place of the folder');
    await write(window, 'text');
    assert.ok(window.drafts.failure);
    assert.equal(textOf(window), 'text');
    rmSync(path);
    await until(() => window.drafts.failure === undefined);
    await window.end();
    assert.equal(textOf(await open(folderA)), 'text');
  });

  it('is left alone where its file cannot be read, and nothing else is', async () => {
    writeFileSync(join(path, 'broken.json'), '{"text": 7');
    writeFileSync(join(path, 'broken.lease'), '}');
    const window = await open(folderA);
    assert.equal(textOf(window), '');
    assert.deepEqual(await window.drafts.orphans(), []);
    assert.ok(existsSync(join(path, 'broken.json')));
  });
});
