import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordFigure } from '../../support/promises';
import { chat, turnIds, openWindow, writeChatFiles, scratchFolder, fileText, turn } from './store-fixture';

describe('R8 The chat store with damaged files', () => {
  let path: string;
  const healthy = chat('healthy', turn('1'), turn('2'));
  const list = async (window = openWindow(path)) => {
    const problems = await window.store.index.verify();
    const known = await window.store.index.known();
    return { problems, known, window, ids: known.map(({ id }) => id).sort() };
  };

  beforeEach(() => {
    path = scratchFolder();
    writeChatFiles(path, [{ conversation: healthy }]);
  });

  it('reports and sets aside a file that was cut at any place', async () => {
    const bytes = readFileSync(join(path, 'healthy.json'));
    const lengths = Array.from({ length: bytes.length - 1 }, (_, length) => length);
    // Every length near both ends, and some in between.
    const cuts = lengths.filter((length) => length < 150 || length > bytes.length - 150 || length % 10 === 0);
    for (const length of cuts) writeFileSync(join(path, `cut-${length}.json`), bytes.subarray(0, length));
    const { ids, problems, window } = await list();
    assert.deepEqual(ids, ['healthy']);
    assert.equal(problems.damaged, cuts.length);
    assert.equal(window.damaged.length, cuts.length);
    const first = window.damaged.find(({ name }) => name === 'cut-100.json');
    assert.equal(first?.path, join(path, 'damaged', 'cut-100.json'));
    assert.deepEqual(readFileSync(first.path), bytes.subarray(0, 100), 'the damaged file is kept unchanged');
    recordFigure('R8', `${cuts.length} cuts of a chat file detected and set aside`);
  });

  it('detects missing or changed turns, texts and titles in valid JSON', async () => {
    const json = JSON.parse(fileText(path, 'healthy')) as {
      conversation: { turns: Record<string, unknown>[] };
    };
    const variants: readonly ((copy: typeof json) => void)[] = [
      (copy) => copy.conversation.turns.pop(),
      (copy) => copy.conversation.turns.shift(),
      (copy) => copy.conversation.turns.splice(0),
      (copy) => (copy.conversation.turns[1] = copy.conversation.turns[0] ?? {}),
      (copy) => (copy.conversation.turns[1] = { ...copy.conversation.turns[1], question: { text: 'Quest' } }),
      (copy) => copy.conversation.turns.reverse(),
      (copy) => Object.assign(copy.conversation, { title: 'Other' }),
      (copy) => Object.assign(copy, { deletedAt: 5 }),
    ];
    for (const [index, change] of variants.entries()) {
      const copy = structuredClone(json);
      change(copy);
      writeFileSync(join(path, `cut-${index}.json`), JSON.stringify(copy));
    }
    const { ids, problems } = await list();
    assert.deepEqual(ids, ['healthy']);
    assert.equal(problems.damaged, variants.length);
  });

  it('reads a file that another program has reformatted', async () => {
    writeFileSync(join(path, 'pretty.json'), JSON.stringify(JSON.parse(fileText(path, 'healthy')), null, 2));
    assert.deepEqual((await list()).ids, ['healthy', 'pretty']);
    const stored = await openWindow(path).store.read('pretty');
    assert.deepEqual(stored?.conversation, { ...healthy, id: 'pretty' });
  });

  it('detects that a listed file was cut later', async () => {
    const { window } = await list();
    const bytes = readFileSync(join(path, 'healthy.json'));
    writeFileSync(join(path, 'healthy.json'), bytes.subarray(0, bytes.length / 2));
    assert.deepEqual((await list(window)).ids, []);
    assert.equal(window.damaged.length, 1);
  });

  it('detects a changed byte in the middle of a file when its chat is opened', async () => {
    const bytes = readFileSync(join(path, 'healthy.json'));
    const at = bytes.indexOf('Answer to 1');
    bytes[at] = 'B'.charCodeAt(0);
    writeFileSync(join(path, 'healthy.json'), bytes);
    const window = openWindow(path);
    await assert.rejects(window.store.read('healthy'), /check/);
    assert.deepEqual(readdirSync(join(path, 'damaged')), ['healthy.json']);
    assert.equal(window.damaged[0]?.name, 'healthy.json');
  });

  it('keeps damaged files of the same name side by side', async () => {
    for (const text of ['one', 'two', 'three']) {
      writeFileSync(join(path, 'bad.json'), text);
      await list();
    }
    const names = ['bad (2).json', 'bad (3).json', 'bad.json'];
    assert.deepEqual(readdirSync(join(path, 'damaged')).sort(), names);
    assert.deepEqual(
      names.map((name) => readFileSync(join(path, 'damaged', name), 'utf8')),
      ['two', 'three', 'one'],
    );
  });

  it('leaves files of a later version in place, complete or cut, and counts them', async () => {
    const later = ['{"version":5,"conversation":{}}', '{"version":5,"conv', '{"version":  12}'];
    later.push(fileText(path, 'healthy').replace('"version":4', '"version":5'));
    later.forEach((text, index) => writeFileSync(join(path, `later-${index}.json`), text));
    const { ids, problems } = await list();
    assert.deepEqual(ids, ['healthy']);
    assert.deepEqual(problems, { damaged: 0, laterVersion: later.length, unreadable: 0 });
    later.forEach((text, index) => assert.equal(fileText(path, `later-${index}`), text));
  });

  const unknown: Readonly<Record<string, object>> = {
    'of a turn': { turns: [{ ...turn('1'), question: { text: 'Why?', attachments: [{ kind: 'video' }] } }] },
    'of the chat': { turns: [turn('1')], pinned: 'always' },
  };
  for (const [what, fields] of Object.entries(unknown)) {
    for (const layout of ['as written', 'reformatted']) {
      it(`leaves a whole file in place if an unknown value ${what} is from a later version, ${layout}`, async () => {
        const later = { ...healthy, ...fields };
        writeChatFiles(path, [{ conversation: { ...later, id: 'later' } }]);
        const text = fileText(path, 'later');
        const written = layout === 'as written' ? text : JSON.stringify(JSON.parse(text), null, 2);
        writeFileSync(join(path, 'later.json'), written);
        const window = openWindow(path);
        await assert.rejects(window.store.read('later'), /later version/);
        await assert.rejects(
          window.store.change('later', () => healthy),
          /later version/,
        );
        window.change({ ...healthy, id: 'later' });
        await window.flush();
        assert.match(String(window.store.unsaved.failure), /later version/);
        assert.equal(fileText(path, 'later'), written);
        assert.deepEqual(window.damaged, []);
      });
    }
  }

  it('ignores files whose names are not those of chats', async () => {
    for (const name of ['notes.txt', 'a copy.json', 'x.json.bak', '.DS_Store', 'ä.json'])
      writeFileSync(join(path, name), 'garbage');
    mkdirSync(join(path, 'folder.json'));
    const before = readdirSync(path);
    assert.deepEqual((await list()).problems, { damaged: 0, laterVersion: 0, unreadable: 0 });
    assert.deepEqual(
      readdirSync(path).filter((name) => name !== 'index.cache'),
      before,
    );
  });

  it('writes an open chat again after its file was damaged, and sets the damaged file aside', async () => {
    const window = openWindow(path);
    const stored = await window.store.read('healthy');
    assert.ok(stored);
    writeFileSync(join(path, 'healthy.json'), '{"version":4,"summary"');
    window.change({ ...stored.conversation, turns: [...stored.conversation.turns, turn('3')] });
    await window.flush();
    const after = await openWindow(path).store.read('healthy');
    assert.deepEqual(after && turnIds(after.conversation), ['1', '2', '3']);
    assert.deepEqual(
      window.damaged.map(({ name }) => name),
      ['healthy.json'],
    );
  });

  it('does not trust an index that is damaged, of another version, or wrong', async () => {
    const index = join(path, 'index.cache');
    const { known } = await list();
    const valid = readFileSync(index, 'utf8');
    const falsified = valid.replaceAll('Question', 'Lie').replace(/,\d+\.?\d*,\d+\]/g, ',1,1]');
    for (const text of [
      '',
      '{',
      '[]',
      '\0\0',
      '{"version":1,"chats":[]}',
      '{"version":2,"rows":[[1]]}',
      falsified,
    ]) {
      writeFileSync(index, text);
      assert.deepEqual((await list()).known, known, text.slice(0, 30));
    }
  });
});
