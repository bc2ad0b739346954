import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { StoredChat } from '../../../src/core/chat/stored-chat';
import { createFullTextSearch } from '../../../src/host/history/full-text-search';
import { createDiskFolder } from '../../../src/platform/node/file-folder';
import { recordFigure, runs } from '../../support/promises';
import { chat, listedIds, openWindow, writeChatFiles, scratchFolder, turn } from './store-fixture';

describe('R8 The chat store with many and large files', () => {
  const CHAT_COUNT = 10_000;
  const path = scratchFolder();
  const measure = async (action: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await action();
    return performance.now() - start;
  };

  function* chats(): Generator<StoredChat> {
    const workspace = { id: 'w', name: 'workspace', folders: ['file:///w'] };
    for (let number = 0; number < CHAT_COUNT; number++) {
      const only = turn(`t${number}`, number * 1000, number % 100 === 0 ? 'the needle' : 'hay');
      yield { conversation: chat(`chat-${number}`, only), ...(number % 2 === 0 && { workspace }) };
    }
  }

  before(function () {
    this.timeout(300_000);
    writeChatFiles(path, chats());
  });

  it('lists 10,000 chats from the index, and rebuilds the index from the files if it is missing', async function () {
    this.timeout(300_000);
    const building = openWindow(path);
    const rebuilt = await measure(() => building.store.index.verify());
    const window = openWindow(path);
    let listed: readonly unknown[] = [];
    const known = await measure(async () => (listed = await window.store.index.known()));
    assert.equal(listed.length, CHAT_COUNT);
    const verified = await measure(() => window.store.index.verify());
    assert.deepEqual(
      (await window.store.index.known()).toSorted((a, b) => a.date - b.date),
      (await building.store.index.known()).toSorted((a, b) => a.date - b.date),
    );
    const ms = (value: number): string => `${Math.round(value)} ms`;
    recordFigure(
      'R8',
      `10,000 chats listed in ${ms(known)}, verified in ${ms(verified)}, index rebuilt in ${ms(rebuilt)}`,
    );
  });

  it('searches 10,000 chats and reports the first results before all chats were read', async function () {
    this.timeout(300_000);
    const { store } = openWindow(path);
    const search = createFullTextSearch({
      folder: createDiskFolder(path),
      known: () => store.index.known(),
      verify: () => store.index.verify(),
    });
    const reports: { readonly at: number; readonly hits: number; readonly done: boolean }[] = [];
    const start = performance.now();
    await search({ kind: 'search', search: 1, query: 'NEEDLE' }, (message) => {
      if (message.type !== 'history' || message.update.kind !== 'searchResults') return;
      const { hits, done } = message.update;
      reports.push({ at: performance.now() - start, hits: hits.length, done });
    });
    assert.equal(
      reports.reduce((sum, { hits }) => sum + hits, 0),
      CHAT_COUNT / 100,
    );
    assert.equal(reports.at(-1)?.done, true);
    assert.ok(reports.length > 1, 'results are reported while the search goes on');
    recordFigure('R8', `search over 10,000 chats: first results after ${Math.round(reports[0]?.at ?? 0)} ms`);
  });

  it('sets thousands of garbage files aside, reports them together, and lists the other chats', async function () {
    this.timeout(300_000);
    const folder = scratchFolder();
    writeChatFiles(folder, [{ conversation: chat('healthy') }]);
    const count = runs(1000, CHAT_COUNT);
    for (let number = 0; number < count; number++)
      writeFileSync(join(folder, `g${number}.json`), garbage(number));
    const window = openWindow(folder);
    const problems = await window.store.index.verify();
    assert.deepEqual(problems, { damaged: count, laterVersion: 0, unreadable: 0 });
    assert.equal(window.damaged.length, count);
    assert.deepEqual(await listedIds(window.store), ['healthy']);
    assert.equal(readdirSync(join(folder, 'damaged')).length, count);
    recordFigure('R8', `${count.toLocaleString('en')} garbage files set aside, 0 chats lost`);
  });

  it('lists a chat of 100 MB without reading it, and opens it without blocking the host', async function () {
    this.timeout(300_000);
    const folder = scratchFolder();
    const turns = Array.from({ length: 100 }, (_, number) =>
      turn(`t${number}`, number, 'x"\n'.repeat(250_000)),
    );
    writeChatFiles(folder, [{ conversation: { id: 'large', turns } }]);
    const file = join(folder, 'large.json');
    assert.ok(statSync(file).size > 100_000_000);
    const window = openWindow(folder);
    const listed = await measure(() => window.store.index.verify());
    assert.equal((await window.store.index.known())[0]?.questions, 100);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const stored = await window.store.read('large');
    delay.disable();
    assert.equal(stored?.conversation.turns.length, 100);
    const blocked = Math.round(delay.max / 1e6);
    recordFigure(
      'R8',
      `chat of 100 MB listed in ${Math.round(listed)} ms, opened with the host blocked for ${blocked} ms at most`,
    );
    truncateSync(file, 60_000_000);
    const other = openWindow(folder);
    assert.equal((await other.store.index.verify()).damaged, 1);
    assert.equal(statSync(join(folder, 'damaged', 'large.json')).size, 60_000_000);
  });

  it('works in a folder that is a symbolic link', async () => {
    const target = scratchFolder();
    const link = join(scratchFolder(), 'link');
    symlinkSync(target, link);
    const window = openWindow(link);
    window.change(chat('a'));
    await window.flush();
    assert.deepEqual(readdirSync(target), ['a.json']);
    assert.ok(await openWindow(target).store.read('a'));
    await openWindow(link).store.index.verify();
  });

  it('creates its folder when it is first needed', async () => {
    const folder = join(scratchFolder(), 'not', 'yet');
    const window = openWindow(folder);
    assert.deepEqual(await window.store.index.known(), []);
    assert.deepEqual(await window.store.index.verify(), { damaged: 0, laterVersion: 0, unreadable: 0 });
    window.change(chat('a'));
    await window.flush();
    assert.deepEqual(readdirSync(folder), ['a.json']);
    mkdirSync(join(folder, 'b.json'));
    assert.deepEqual((await window.store.index.verify()).unreadable, 0);
  });
});

/** The content of a file that is not a chat; there are several kinds. */
function garbage(number: number): string | Uint8Array {
  switch (number % 6) {
    case 0:
      return '';
    case 1:
      return '{"version":4,"summary":{"id":"a"';
    case 2:
      return Uint8Array.from({ length: 200 }, (_, index) => (index * number) % 256);
    case 3:
      return JSON.stringify({ version: 3, conversation: { id: 'a', turns: [{}] } });
    case 4:
      return '[]';
    default:
      return '{"version":"4"}';
  }
}
