import assert from 'node:assert/strict';
import type { ChatWorkspace } from '../../../src/core/chat/stored-chat';
import { Machine, textOf, write, type DraftWindow } from './draft-machine';
import { scratchFolder } from './store-fixture';

const folderA: ChatWorkspace = { id: 'a', name: 'a', folders: ['file:///a'] };
const folderB: ChatWorkspace = { id: 'b', name: 'b', folders: ['file:///b'] };
const bothFolders: ChatWorkspace = { id: 'both', name: 'both', folders: ['file:///a', 'file:///b'] };

describe('R7 The draft of a browser tab', () => {
  let machine: Machine;

  beforeEach(() => restart());

  /** Another machine, with nothing on its disk. */
  function restart(): void {
    machine = new Machine(scratchFolder());
  }

  const open = (...its: Parameters<Machine['open']>): Promise<DraftWindow> => machine.open(...its);
  const pass = (seconds: number): Promise<void> => machine.pass(seconds);
  const until = (condition: () => boolean): Promise<void> => machine.until(condition);

  it('comes back to the right tab, where two windows without a folder start again at the same time', async () => {
    const tabs = ['tab 1', 'tab 2'];
    for (let round = 0; round < 5; round++) {
      const windows = await Promise.all([open(), open()]);
      for (const [index, window] of windows.entries()) await window.drafts.setTab(tabs[index] ?? '');
      const isOver = (): boolean => round === 0 || windows.map(textOf).join() === 'draft 1,draft 2';
      await until(isOver);
      if (round === 0)
        for (const [index, window] of windows.entries()) await write(window, `draft ${index + 1}`);
      assert.deepEqual(windows.map(textOf), ['draft 1', 'draft 2'], `round ${round}`);
      for (const window of round % 2 === 0 ? windows : windows.toReversed()) window.kill();
    }
  });

  it('comes back to the right tab, where the windows before end only after both have started', async () => {
    const tabs = ['tab 1', 'tab 2'];
    let before: readonly DraftWindow[] = [];
    for (let round = 0; round < 8; round++) {
      const windows = await Promise.all([open(), open()]);
      for (const [index, window] of windows.entries()) {
        await window.drafts.setTab(tabs[index] ?? '');
        if (round === 0) await write(window, `draft ${index + 1}`);
      }
      for (const each of round % 2 === 0 ? before : before.toReversed()) {
        await each.end();
        await pass(round % 3);
      }
      await until(() => windows.map(textOf).join() === 'draft 1,draft 2');
      assert.deepEqual(windows.map(textOf), ['draft 1', 'draft 2'], `round ${round}`);
      before = windows;
    }
  });

  it('stays with its folder when the browser tab goes to another one, and is there again on the way back', async () => {
    for (const elsewhere of [folderB, undefined]) {
      const before = await open(folderA);
      await before.drafts.setTab('tab');
      await write(before, 'About a');
      await before.end();
      const away = await open(elsewhere);
      await away.drafts.setTab('tab');
      await pass(40);
      assert.equal(textOf(away), '');
      const [orphan] = await away.drafts.orphans();
      assert.equal(orphan?.state.text, 'About a', 'and is offered there');
      await write(away, 'About something else');
      await away.end();
      const back = await open(folderA);
      await back.drafts.setTab('tab');
      await pass(40);
      assert.equal(textOf(back), 'About a');
      await back.end();
      restart();
    }
  });

  it('of a workspace is not replaced when a tab comes to it from one of its folders', async () => {
    const known = await open(bothFolders);
    await write(known, 'About both');
    await known.end();
    const single = await open(folderA);
    await single.drafts.setTab('tab');
    await write(single, 'About a');
    await single.end();
    const after = await open(bothFolders);
    await after.drafts.setTab('tab');
    assert.equal(textOf(after), 'About both');
  });
});
