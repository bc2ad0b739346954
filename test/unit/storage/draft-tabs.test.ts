import assert from 'node:assert/strict';
import {
  Machine,
  bothFolders,
  draftText,
  folderA,
  folderB,
  writeDraft,
  type DraftWindow,
} from './draft-fixture';

describe('R7 The draft of a browser tab', () => {
  let machine: Machine;

  beforeEach(() => {
    machine = new Machine();
  });

  it('returns to its tab when two windows without a folder restart at the same time', async () => {
    const tabs = ['tab 1', 'tab 2'];
    for (let round = 0; round < 5; round++) {
      const windows = await Promise.all([machine.open(), machine.open()]);
      for (const [index, window] of windows.entries()) await window.drafts.setTab(tabs[index] ?? '');
      const areRestored = (): boolean => round === 0 || windows.map(draftText).join() === 'draft 1,draft 2';
      await machine.advanceUntil(areRestored);
      if (round === 0)
        for (const [index, window] of windows.entries()) await writeDraft(window, `draft ${index + 1}`);
      assert.deepEqual(windows.map(draftText), ['draft 1', 'draft 2'], `round ${round}`);
      for (const window of round % 2 === 0 ? windows : windows.toReversed()) window.kill();
    }
  });

  it('returns to its tab when the previous windows close only after both new ones have started', async () => {
    const tabs = ['tab 1', 'tab 2'];
    let previous: readonly DraftWindow[] = [];
    for (let round = 0; round < 8; round++) {
      const windows = await Promise.all([machine.open(), machine.open()]);
      for (const [index, window] of windows.entries()) {
        await window.drafts.setTab(tabs[index] ?? '');
        if (round === 0) await writeDraft(window, `draft ${index + 1}`);
      }
      for (const window of round % 2 === 0 ? previous : previous.toReversed()) {
        await window.end();
        await machine.advance(round % 3);
      }
      await machine.advanceUntil(() => windows.map(draftText).join() === 'draft 1,draft 2');
      assert.deepEqual(windows.map(draftText), ['draft 1', 'draft 2'], `round ${round}`);
      previous = windows;
    }
  });

  it('stays with its folder when the tab opens another folder, and is restored when the tab returns', async () => {
    for (const otherFolder of [folderB, undefined]) {
      const previous = await machine.open(folderA);
      await previous.drafts.setTab('tab');
      await writeDraft(previous, 'About a');
      await previous.end();
      const other = await machine.open(otherFolder);
      await other.drafts.setTab('tab');
      await machine.advance(40);
      assert.equal(draftText(other), '');
      const [orphan] = await other.drafts.orphans();
      assert.equal(
        orphan?.state.text,
        'About a',
        'the draft of the first folder is offered in the other window',
      );
      await writeDraft(other, 'About something else');
      await other.end();
      const returned = await machine.open(folderA);
      await returned.drafts.setTab('tab');
      await machine.advance(40);
      assert.equal(draftText(returned), 'About a');
      await returned.end();
      machine = new Machine();
    }
  });

  it('does not replace the draft of a workspace that the tab opens after one of its folders', async () => {
    const multiRoot = await machine.open(bothFolders);
    await writeDraft(multiRoot, 'About both');
    await multiRoot.end();
    const single = await machine.open(folderA);
    await single.drafts.setTab('tab');
    await writeDraft(single, 'About a');
    await single.end();
    const after = await machine.open(bothFolders);
    await after.drafts.setTab('tab');
    assert.equal(draftText(after), 'About both');
  });
});
