import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatWorkspace } from '../../../src/core/chat/stored-chat';
import {
  createEarlierStorage,
  type EarlierFolder,
} from '../../../src/host/storage/earlier-versions/earlier-storage';
import { parseRecord } from '../../../src/host/storage/drafts/window-record';
import { createDiskFolder } from '../../../src/platform/node/file-folder';
import { inRepository } from '../../support/paths';
import { recordFigure } from '../../support/promises';
import { collectingLog } from './builders';
import { openWindow, scratchFolder, type StoreWindow } from './store-fixture';

/** Written by the last build with one chat folder per window: two windows of a folder, and one without a folder. */
const fixture = inRepository('test/fixtures/earlier-storage');
const workspace: ChatWorkspace = { id: '7c97228d', name: 'workspace', folders: ['file:///workspace'] };

describe('R8 The migration from earlier versions', () => {
  let root: string;
  let earlierRoot: string;
  let window: StoreWindow;

  beforeEach(() => {
    root = scratchFolder();
    earlierRoot = scratchFolder();
    cpSync(fixture, earlierRoot, { recursive: true, preserveTimestamps: true });
    window = openWindow(join(root, 'chatSessions'));
  });

  const chatFolderIn = (...names: readonly string[]): string =>
    join(earlierRoot, ...names, 'o1mini.o1-mini-chat', 'chats');
  const earlierFolder = (key: string, path: string, origin?: ChatWorkspace): EarlierFolder => ({
    key,
    folder: createDiskFolder(path),
    workspace: origin,
  });
  const folders = (): readonly EarlierFolder[] => [
    earlierFolder('7c97228d', chatFolderIn('workspaceStorage', '7c97228d'), workspace),
    earlierFolder('7c97228d-1', chatFolderIn('workspaceStorage', '7c97228d-1'), workspace),
    earlierFolder('without-folder', chatFolderIn('globalStorage')),
  ];

  async function migrate(earlierFolders = folders()): Promise<void> {
    const earlier = createEarlierStorage({
      root: createDiskFolder(root),
      chatFolder: createDiskFolder(join(root, 'chatSessions')),
      windowFolder: createDiskFolder(join(root, 'windows')),
      store: window.store,
      log: collectingLog().log,
    });
    for (const folder of earlierFolders) {
      await earlier.migrateDraft(folder);
      await earlier.migrateChats(folder);
    }
    await window.store.index.verify();
  }

  const listed = async () =>
    (await window.store.index.known())
      .map(({ title, questions, workspace: origin, deletedAt }) => [
        title,
        questions,
        origin?.id,
        deletedAt !== undefined,
      ])
      .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));

  it('includes all chats with their titles, versions and workspaces, and the deleted chat', async () => {
    await migrate();
    assert.deepEqual(await listed(), [
      ['A chat that was deleted', 1, '7c97228d', true],
      ['Asked in the second window', 1, '7c97228d', false],
      ['Asked without a folder', 1, undefined, false],
      ['Roots', 2, '7c97228d', false],
      ['The current chat', 1, '7c97228d', false],
    ]);
    const roots = (await window.store.index.known()).find(({ title }) => title === 'Roots');
    const stored = await window.store.read(roots?.id ?? '');
    const questions = stored?.conversation.turns.map(({ question }) => question.text);
    assert.deepEqual(questions, ['Why is the root of 2 irrational?', 'And of 5?']);
    const other = stored?.conversation.turns[1]?.versions?.before[0]?.[0].question.text;
    assert.equal(other, 'And of 3?', 'the version of the question that is not shown');
    recordFigure('R8', 'files of an earlier build: 5 chats and 3 drafts with their windows migrated');
  });

  it('includes the drafts, the current chats and the earlier questions of all three windows', async () => {
    await migrate();
    const records = readdirSync(join(root, 'windows')).map((name) =>
      parseRecord(readFileSync(join(root, 'windows', name))),
    );
    assert.deepEqual(records.map(({ text, workspace: origin }) => [text, origin?.id]).toSorted(), [
      ['A draft of the folder', '7c97228d'],
      ['A draft of the second window', '7c97228d'],
      ['A draft without a folder', undefined],
    ]);
    for (const { chat } of records) assert.ok(await window.store.has(chat ?? ''));
    const [first] = records.filter(({ text }) => text === 'A draft of the folder');
    assert.equal(first?.asked.length, 4);
  });

  it('leaves every file of the earlier version unchanged', async () => {
    const before = snapshot(earlierRoot);
    await migrate();
    assert.deepEqual(snapshot(earlierRoot), before);
  });

  it('does not bring back chats and drafts that were deleted after it', async () => {
    await migrate();
    const [first, second] = await window.store.index.known();
    assert.ok(first && second);
    await window.store.deletePermanently(first.id);
    await window.store.setDeleted(second.id, 5);
    for (const name of readdirSync(join(root, 'windows')))
      await createDiskFolder(join(root, 'windows')).delete(name);
    await migrate();
    assert.equal((await listed()).length, 4);
    assert.equal((await window.store.read(second.id))?.deletedAt, 5);
    assert.deepEqual(readdirSync(join(root, 'windows')), []);
  });

  it('also merges chats that an earlier version writes later', async () => {
    await migrate();
    const path = join(
      chatFolderIn('workspaceStorage', '7c97228d'),
      '1cf7aa48-3439-445c-bf24-4e2278ad8b4e.json',
    );
    const json = JSON.parse(readFileSync(path, 'utf8')) as { conversation: { turns: { id: string }[] } };
    const [turn] = json.conversation.turns;
    assert.ok(turn);
    json.conversation.turns.push({ ...turn, id: 'later' });
    writeFileSync(path, JSON.stringify(json));
    utimesSync(path, 2e9, 2e9);
    await migrate();
    assert.equal(
      (await window.store.read('1cf7aa48-3439-445c-bf24-4e2278ad8b4e'))?.conversation.turns.length,
      2,
    );
  });

  it('reads format versions 1 and 2 with the dates of their files, and sets a damaged file aside', async () => {
    const path = join(scratchFolder(), 'chats');
    const folder = createDiskFolder(path);
    const put = (name: string, json: unknown) =>
      folder.write(name, new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)));
    const answer = { status: { kind: 'done' }, choices: [{ text: 'Because.', reasoning: '' }] };
    const turns = [{ id: 't', question: { text: 'Why?' }, answers: [answer] }];
    await put('one.json', { version: 1, conversation: { id: 'one', turns } });
    const second = { ...answer, choices: [{ text: 'So.', refusal: '', reasoning: '' }], chosen: 0, runs: [] };
    await put('two.json', {
      version: 2,
      conversation: { id: 'two', turns: [{ ...turns[0], answers: [second] }] },
    });
    await put('cut.json', '{"version":3,"conversation":{"id":"cut","tur');
    utimesSync(join(path, 'one.json'), 1_600_000_000, 1_600_000_000);
    await migrate([earlierFolder('old', path, workspace)]);
    assert.deepEqual(
      (await listed()).map(([, questions]) => questions),
      [1, 1],
    );
    const one = (await window.store.index.known()).find(({ id }) => id === 'one');
    assert.equal(one?.date, 1_600_000_000_000);
    assert.deepEqual(readdirSync(join(root, 'chatSessions', 'damaged')), ['cut.json']);
    assert.ok(readdirSync(path).includes('cut.json'));
  });

  it('works when folders, drafts or its own notes are missing or damaged', async () => {
    writeFileSync(join(root, 'earlier-storage.json'), '{"7c97228d":');
    writeFileSync(join(chatFolderIn('workspaceStorage', '7c97228d'), 'draft.cache'), '{');
    await migrate([...folders(), earlierFolder('none', join(earlierRoot, 'none'), workspace)]);
    assert.equal((await listed()).length, 5);
  });
});

/** The modification time and content of all files in a folder, by their paths. */
function snapshot(path: string): ReadonlyMap<string, string> {
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(path, name)).isFile(),
  );
  return new Map(
    files.map((name) => [
      name,
      `${statSync(join(path, name)).mtimeMs} ${readFileSync(join(path, name), 'utf8')}`,
    ]),
  );
}
