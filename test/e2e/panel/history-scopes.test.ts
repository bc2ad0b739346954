import assert from 'node:assert/strict';
import { chat, DAY_MS, noProblems, sampleChats } from './sample-chats';
import { useHistory } from './history-page';

describe('The list of chats, drafts and damaged files', () => {
  const { panel, row, search, key, post, postList, open, last } = useHistory();

  it('lists the chats of this workspace, and all or the deleted chats on request', async () => {
    const workspace = 'comets';
    await open([
      ...sampleChats(),
      chat('there', 'Comets', 1, { here: false, workspace }),
      chat('nowhere', 'Without a folder', 2, { here: false }),
      chat('gone', 'Deleted before', 90, { deletedAt: Date.now() - DAY_MS }),
    ]);
    const titles = (): Promise<string[]> => panel.page.locator('.chat-title').allInnerTexts();
    assert.equal((await titles()).includes('Comets'), false);
    const show = panel.page.getByRole('combobox', { name: 'Show' });
    await show.selectOption('All Chats');
    await row(/^Comets, comets, yesterday|^Comets, comets, 1 day ago/).waitFor();
    await row(/^Without a folder, No Workspace/).waitFor();
    assert.equal((await titles()).includes('Deleted before'), false);
    await show.selectOption('Recently Deleted');
    assert.deepEqual(await titles(), ['Deleted before']);
    await panel.page.getByText('Deleted chats can be restored for 30 days.').waitFor();
    await row('Deleted before').hover();
    for (const [name, kind] of [
      ['Restore', 'restore'],
      ['Delete Permanently', 'deletePermanently'],
    ] as const) {
      await row('Deleted before').getByRole('button', { name }).click();
      assert.deepEqual(await last(), { kind, chat: 'gone' });
    }
    await search().press('ArrowDown');
    await key('Delete');
    assert.deepEqual(await last(), { kind: 'deletePermanently', chat: 'gone' });
    await key('F2');
    assert.equal(await panel.page.getByRole('textbox', { name: 'Title' }).count(), 0);
  });

  it('offers to show all chats if this workspace has none', async () => {
    await open([chat('there', 'Comets', 1, { here: false, workspace: 'comets' })]);
    await panel.page.getByText('No chats in this workspace yet.').waitFor();
    await panel.page.getByRole('button', { name: 'Show All Chats' }).click();
    await row('Comets').waitFor();
  });

  it('lists unsent drafts first, opens and removes them', async () => {
    await open();
    const draft = { id: 'd', text: 'What is a monad', date: Date.now() - DAY_MS };
    await post({ kind: 'list', chats: sampleChats(), drafts: [draft] });
    assert.equal(await panel.page.locator('[role=rowheader]').first().innerText(), 'Unsent Drafts');
    await row(/^What is a monad, unsent draft/).click();
    assert.deepEqual(await last(), { kind: 'openDraft', draft: 'd' });
    await row(/^What is a monad/)
      .getByRole('button', { name: 'Delete Draft' })
      .click();
    assert.deepEqual(await last(), { kind: 'removeDraft', draft: 'd' });
    await post({ kind: 'removed', ids: ['d'] });
    assert.equal(await row(/^What is a monad/).count(), 0);
  });

  it('reports files that cannot be listed, and shows the damaged ones', async () => {
    await open();
    await postList(sampleChats(), { damaged: 2, laterVersion: 1 });
    await panel.page.getByText('2 chat files are damaged and were set aside.').waitFor();
    await panel.page.getByText('1 chat requires a newer version of o1-mini Chat.').waitFor();
    await panel.page.getByRole('button', { name: 'Show Files' }).click();
    assert.deepEqual(await last(), { kind: 'showDamaged' });
  });

  it('reports a chat that is not saved, with Retry and Export, until it is', async () => {
    const errorCard = {
      title: 'This chat is not saved',
      explanation: 'The disk is full. Free some space, or export the chat to another disk.',
      buttons: [
        { action: 'retrySaving', label: 'Retry' },
        { action: 'exportUnsaved', label: 'Export…' },
      ],
    } as const;
    await panel.post({ type: 'unsaved', errorCard });
    const alert = panel.page.getByRole('alert').filter({ hasText: 'This chat is not saved' });
    await alert.getByRole('button', { name: 'Retry' }).click();
    await alert.getByRole('button', { name: 'Export…' }).click();
    assert.deepEqual((await panel.received()).slice(-2), [
      { type: 'retrySaving' },
      { type: 'exportUnsaved' },
    ]);
    await panel.screenshotInThemes('not-saved');
    await panel.post({ type: 'unsaved' });
    assert.equal(await alert.count(), 0);
  });

  it('shows all chats and deleted ones in every theme', async () => {
    await open();
    const otherChat = chat('there', 'Comets and their tails', 1, { here: false, workspace: 'comets' });
    const deleted = chat('gone', 'Deleted before', 90, { deletedAt: Date.now() - DAY_MS });
    const drafts = [{ id: 'd', text: 'What is a monad', date: Date.now() - DAY_MS }];
    await post(
      { kind: 'list', chats: [...sampleChats(), otherChat, deleted], drafts, workspace: 'orbits' },
      { kind: 'verified', problems: noProblems },
    );
    const show = panel.page.getByRole('combobox', { name: 'Show' });
    await panel.page.setViewportSize({ width: 300, height: 440 });
    for (const scope of ['all', 'deleted']) {
      await show.selectOption(scope);
      await panel.screenshotInThemes(`history-${scope}`);
    }
  });
});
