import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordFigure } from '../../support/promises';
import { chat, idsOf, openWindow, putChats, scratchFolder, textOf, turn } from './store-fixture';

describe('R8 What is damaged is set aside and told, and the others are listed', () => {
  let path: string;
  const healthy = chat('healthy', turn('1'), turn('2'));
  const list = async (window = openWindow(path)) => {
    const problems = await window.store.index.verify();
    const known = await window.store.index.known();
    return { problems, known, window, ids: known.map(({ id }) => id).sort() };
  };

  beforeEach(() => {
    path = scratchFolder();
    putChats(path, [{ conversation: healthy }]);
  });

  it('notices a file that was cut, wherever that was', async () => {
    const whole = readFileSync(join(path, 'healthy.json'));
    const lengths = Array.from({ length: whole.length - 1 }, (_, length) => length);
    // Each byte of both ends, and some between.
    const cuts = lengths.filter((length) => length < 150 || length > whole.length - 150 || length % 10 === 0);
    for (const length of cuts) writeFileSync(join(path, `cut-${length}.json`), whole.subarray(0, length));
    const { ids, problems, window } = await list();
    assert.deepEqual(ids, ['healthy']);
    assert.equal(problems.damaged, cuts.length);
    assert.equal(window.damaged.length, cuts.length);
    const first = window.damaged.find(({ name }) => name === 'cut-100.json');
    assert.equal(first?.path, join(path, 'damaged', 'cut-100.json'));
    assert.deepEqual(readFileSync(first.path), whole.subarray(0, 100), 'kept as it was');
    recordFigure('R8', `${cuts.length} cuts of a chat file noticed and set aside`);
  });

  it('notices what was cut within valid JSON: turns, texts, versions, a title', async () => {
    const json = JSON.parse(textOf(path, 'healthy')) as {
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

  it('reads a file that another program has laid out in another way', async () => {
    writeFileSync(join(path, 'pretty.json'), JSON.stringify(JSON.parse(textOf(path, 'healthy')), null, 2));
    assert.deepEqual((await list()).ids, ['healthy', 'pretty']);
    const stored = await openWindow(path).store.read('pretty');
    assert.deepEqual(stored?.conversation, { ...healthy, id: 'pretty' });
  });

  it('notices that a listed file was cut later', async () => {
    const { window } = await list();
    const whole = readFileSync(join(path, 'healthy.json'));
    writeFileSync(join(path, 'healthy.json'), whole.subarray(0, whole.length / 2));
    assert.deepEqual((await list(window)).ids, []);
    assert.equal(window.damaged.length, 1);
  });

  it('notices a byte that has changed in the middle when the chat is opened', async () => {
    const bytes = readFileSync(join(path, 'healthy.json'));
    const at = bytes.indexOf('Answer to 1');
    bytes[at] = 'B'.charCodeAt(0);
    writeFileSync(join(path, 'healthy.json'), bytes);
    const window = openWindow(path);
    await assert.rejects(window.store.read('healthy'), /check/);
    assert.deepEqual(readdirSync(join(path, 'damaged')), ['healthy.json']);
    assert.equal(window.damaged[0]?.name, 'healthy.json');
  });

  it('sets a second file of the same name beside the first', async () => {
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

  it('leaves what a later version has written, whole or cut, and counts it', async () => {
    const later = ['{"version":5,"conversation":{}}', '{"version":5,"conv', '{"version":  12}'];
    later.forEach((text, index) => writeFileSync(join(path, `later-${index}.json`), text));
    const { ids, problems } = await list();
    assert.deepEqual(ids, ['healthy']);
    assert.deepEqual(problems, { damaged: 0, laterVersion: 3, unreadable: 0 });
    later.forEach((text, index) => assert.equal(textOf(path, `later-${index}`), text));
  });

  it('leaves files that are no chats by their names', async () => {
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

  it('writes an open chat again whose file was damaged meanwhile, and sets the damaged one aside', async () => {
    const window = openWindow(path);
    const stored = await window.store.read('healthy');
    assert.ok(stored);
    writeFileSync(join(path, 'healthy.json'), '{"version":4,"summary"');
    window.change({ ...stored.conversation, turns: [...stored.conversation.turns, turn('3')] });
    await window.settle();
    const after = await openWindow(path).store.read('healthy');
    assert.deepEqual(after && idsOf(after.conversation), ['1', '2', '3']);
    assert.deepEqual(
      window.damaged.map(({ name }) => name),
      ['healthy.json'],
    );
  });

  it('is not fooled by an index of garbage, of another version, or of other files', async () => {
    const index = join(path, 'index.cache');
    const { known } = await list();
    const good = readFileSync(index, 'utf8');
    const lying = good.replaceAll('Question', 'Lie').replace(/,\d+\.?\d*,\d+\]/g, ',1,1]');
    for (const text of [
      '',
      '{',
      '[]',
      '\0\0',
      '{"version":1,"chats":[]}',
      '{"version":2,"rows":[[1]]}',
      lying,
    ]) {
      writeFileSync(index, text);
      assert.deepEqual((await list()).known, known, text.slice(0, 30));
    }
  });
});
