import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ChatListItem } from '../../../src/protocol/history';
import { chat, sampleChats } from './sample-chats';
import { useHistory } from './history-page';

describe('The list of chats', () => {
  const { panel, row, search, key, post, postList, open, requests, last, searchRequest } = useHistory();
  const rows = (): Locator => panel.page.locator('.chat-row');
  const put = (...chats: readonly ChatListItem[]): Promise<void> => post({ kind: 'changed', chats });
  const deleted = (id: string, title: string): Promise<void> =>
    post(
      { kind: 'changed', chats: [chat(id, title, 0, { deletedAt: Date.now() })] },
      { kind: 'deleted', chat: id, title },
    );
  const focused = (): Promise<string | null> =>
    panel.page.evaluate(() => document.activeElement?.getAttribute('data-chat') ?? null);

  it('opens from the empty conversation, requests the chats, and replaces everything else', async () => {
    await panel.page.getByRole('button', { name: 'History' }).click();
    await search().waitFor();
    assert.deepEqual(await requests(), [{ kind: 'list' }]);
    assert.equal(await panel.page.getByRole('log').isVisible(), false);
    assert.equal(await panel.page.getByRole('textbox', { name: 'Ask o1-mini' }).isVisible(), false);
  });

  it('shows pinned chats first, then those of each day, latest first', async () => {
    await open();
    assert.deepEqual(await panel.page.locator('[role=rowheader], .chat-title').allInnerTexts(), [
      'Pinned',
      'Orbits',
      'Today',
      'Explain this code.',
      'Primes below a hundred, and why there is no greatest of them at all',
      'Previous 7 Days',
      'Sorting',
      'Older',
      'Prove that the square root of 2 is irrational',
    ]);
    const name = await row(/^Primes/).getAttribute('aria-label');
    assert.match(name ?? '', /, now, answering$/);
    assert.equal(await row('Explain').getAttribute('aria-current'), 'true');
  });

  it('shows chats with invalid dates, which an import can contain', async () => {
    const impossible = [9e15, -9e15, 1e300].map((date, index) => ({
      ...chat(`bad${index}`, `Timeless ${index}`, 0),
      date,
    }));
    await open([...impossible, ...sampleChats()]);
    for (const { title } of impossible) await row(new RegExp(`^${title}`)).waitFor();
    assert.equal(await rows().count(), impossible.length + sampleChats().length);
  });

  it('renders only the visible rows of 10,000, wherever it is scrolled', async () => {
    await open(Array.from({ length: 10_000 }, (_, index) => chat(`c${index}`, `Chat ${index}`, index / 50)));
    await rows().first().waitFor();
    assert.ok((await rows().count()) < 60);
    assert.equal(await panel.page.getByRole('grid').getAttribute('aria-rowcount'), '10004');
    await search().press('ArrowDown');
    await key('End');
    await row(/^Chat 9999,/).waitFor();
    assert.equal(await focused(), 'c9999');
    assert.ok((await rows().count()) < 60);
    assert.equal(await row(/^Chat 9999,/).getAttribute('aria-rowindex'), '10004');
    await panel.page.locator('.chat-list').evaluate((grid) => grid.scrollTo(0, 0));
    await row(/^Chat 0,/).waitFor();
    assert.equal(await focused(), 'c9999', 'the focus is not lost with its row');
  });

  it('is navigated with the arrow keys, and Enter opens a chat', async () => {
    await open();
    await search().press('ArrowDown');
    assert.equal(await focused(), 'kept');
    await key('ArrowDown');
    assert.equal(await focused(), 'today');
    await key('End');
    assert.equal(await focused(), 'old');
    await key('Home');
    await key('ArrowUp');
    assert.equal(await search().evaluate((box) => box === document.activeElement), true);
    await key('ArrowDown');
    await key('Enter');
    assert.deepEqual(await last(), { kind: 'open', chat: 'kept' });
    await post({ kind: 'opened' });
    await panel.page.getByRole('log').waitFor();
    assert.equal(await panel.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
  });

  it('is closed by Escape and by the button', async () => {
    await open();
    await key('Escape');
    await panel.page.getByRole('log').waitFor();
    await open();
    await panel.page.getByRole('button', { name: 'Back to Chat' }).click();
    await panel.page.getByRole('log').waitFor();
  });

  it('has buttons for the actions of a row, for mouse and keyboard', async () => {
    await open();
    await row('Sorting').hover();
    for (const [name, kind] of [
      ['Open in Editor', 'openInEditor'],
      ['Export…', 'export'],
      ['Delete', 'delete'],
    ] as const) {
      await row('Sorting').getByRole('button', { name }).click();
      assert.deepEqual(await last(), { kind, chat: 'week' });
    }
    await search().press('ArrowDown');
    await key('Home');
    await key('ArrowRight');
    await key('ArrowRight');
    await key('Enter');
    assert.deepEqual(await last(), { kind: 'pin', chat: 'kept', pinned: false });
    await put(chat('kept', 'Orbits', 100));
    const label = panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.equal(await label, 'Pin', 'the focus moves with the row');
    await key('Delete');
    assert.deepEqual(await last(), { kind: 'delete', chat: 'kept' });
  });

  it('renames in place: Enter accepts, Escape cancels', async () => {
    await open();
    await search().press('ArrowDown');
    await key('F2');
    const box = panel.page.getByRole('textbox', { name: 'Title' });
    assert.equal(await box.inputValue(), 'Orbits');
    await box.fill('Planets');
    await key('Escape');
    assert.equal(await focused(), 'kept');
    assert.deepEqual(
      (await requests()).filter(({ kind }) => kind === 'rename'),
      [],
    );
    await key('F2');
    await box.fill('Planets');
    await put(chat('now', 'Primes', 0));
    await key('Enter');
    assert.deepEqual(await last(), { kind: 'rename', chat: 'kept', title: 'Planets' });
    await put(chat('kept', 'Planets', 100, { pinned: true }));
    await row('Planets').waitFor();
    assert.equal(await focused(), 'kept');
  });

  it('removes a chat that was deleted in another webview, even if it has the focus, and offers no Undo', async () => {
    await open([chat('now', 'Primes', 0), chat('today', 'Orbits', 1)]);
    await search().press('ArrowDown');
    const first = await focused();
    await post({ kind: 'removed', ids: [first ?? ''] });
    assert.equal(await rows().count(), 1);
    assert.notEqual(await focused(), first);
    await post({ kind: 'removed', ids: [(await focused()) ?? ''] });
    assert.equal(await search().evaluate((box) => box === document.activeElement), true);
    assert.equal(await panel.page.getByRole('button', { name: 'Undo' }).isVisible(), false);
  });

  it('offers to undo a deletion, and announces it', async () => {
    await open();
    await search().press('ArrowDown');
    await key('ArrowDown');
    await deleted('today', 'Explain this code.');
    assert.equal(await row('Explain').count(), 0);
    assert.equal(await focused(), 'now', 'the next chat has the focus');
    assert.match(
      (await panel.page.getByRole('status', { name: 'Chats' }).textContent()) ?? '',
      /^Deleted "Explain/,
    );
    await panel.page.getByRole('button', { name: 'Undo' }).click();
    assert.deepEqual(await last(), { kind: 'restore', chat: 'today' });
    await put(chat('today', 'Explain this code.', 0));
    await row('Explain').waitFor();
    assert.equal(await focused(), 'today', 'the restored chat has the focus');
    assert.equal(await panel.page.getByRole('button', { name: 'Undo' }).isVisible(), false);
  });

  it('undoes a deletion by Ctrl+Z, but not after another action', async () => {
    await open();
    await deleted('today', 'Explain this code.');
    await key('Control+z');
    assert.deepEqual(await last(), { kind: 'restore', chat: 'today' });
    await deleted('now', 'Primes');
    await search().press('ArrowDown');
    await key('Enter');
    await key('Control+z');
    assert.equal((await last())?.kind, 'open');
  });

  it('undoes in a field that has an undo history of its own, before a deletion', async () => {
    await open();
    await search().fill('Pri');
    await search().fill('');
    await deleted('now', 'Primes');
    await search().focus();
    await key('Control+z');
    assert.equal(await search().inputValue(), 'Pri');
    assert.notEqual((await last())?.kind, 'restore');
  });

  it('finds titles at once, and texts as their results arrive, with a snippet', async () => {
    await open();
    await search().fill('ORB');
    assert.deepEqual(await panel.page.locator('.chat-title').allInnerTexts(), ['Orbits']);
    await panel.page.getByText('Searching…').waitFor();
    const request = await searchRequest();
    assert.equal(request.query, 'ORB');
    const snippet = { before: '…the ', found: 'orb', after: ' of Venus' };
    await post({
      kind: 'searchResults',
      search: request.search - 1,
      hits: [{ id: 'old', snippet }],
      done: true,
    });
    assert.equal(await row('Prove').count(), 0, 'results of an earlier search are not shown');
    await post({
      kind: 'searchResults',
      search: request.search,
      hits: [{ id: 'week', snippet }],
      done: false,
    });
    await row('Sorting').getByText('…the orb of Venus').waitFor();
    await post({ kind: 'searchResults', search: request.search, hits: [], done: true });
    await panel.page.locator('.history-footer').getByText('2 chats found').waitFor();
    await search().press('Escape');
    assert.equal(await rows().count(), sampleChats().length);
  });

  it('selects its search by Ctrl+F, which VS Code does not receive', async () => {
    await open();
    await search().fill('words');
    await key('Tab');
    await panel.page.evaluate(() =>
      addEventListener('keydown', ({ key: name }) => document.body.classList.add(`received-${name}`)),
    );
    await panel.page.keyboard.press('Control+f');
    await panel.untilFocused('Search Chats');
    assert.equal(await panel.page.locator('body.received-f').count(), 0);
    await panel.page.keyboard.type('other');
    assert.equal(await search().inputValue(), 'other');
  });

  it('reports that it is empty, that nothing was found, and what cannot be read', async () => {
    await open([]);
    await panel.page.getByText('No chats in this workspace yet.').waitFor();
    await postList(sampleChats(), { unreadable: 2 });
    await panel.page.getByText('2 chat files cannot be read.').waitFor();
    await panel.page.getByRole('button', { name: 'Show Log' }).click();
    assert.deepEqual(await last(), { kind: 'showLog' });
    await search().fill('zebra');
    const { search: number } = await searchRequest();
    await post({ kind: 'searchResults', search: number, hits: [], done: true });
    await panel.page
      .locator('.history-footer')
      .getByText('No chats in this workspace match "zebra".')
      .waitFor();
  });

  it('fits into every width and theme', async () => {
    await open();
    await postList(sampleChats(), { unreadable: 1 });
    await deleted('week', 'Sorting');
    await search().press('ArrowDown');
    await key('ArrowDown');
    await row(/^Primes/).hover();
    for (const width of [240, 420]) {
      await panel.page.setViewportSize({ width, height: 440 });
      const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.equal(overflow, 0);
      await panel.screenshotInThemes(`history-${width}`);
    }
  });
});
