import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEdits } from '../../src/host/chat/edits';
import { openDraft, type Draft } from '../../src/host/storage/draft';
import { manualClock } from '../support/wire';
import { chatFolder } from './chat-folder';
import { listeningLog } from './listening-log';
import { unkeptDraft } from './made';

describe('What is being written', () => {
  let folder: string;
  const open = (): Promise<Draft> => openDraft(chatFolder(folder, listeningLog().log), manualClock());

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'o1mini-draft-'));
  });

  it('is there in the next window: the question, what goes with it, and edits of earlier ones', async () => {
    const before = await open();
    before.keep({ text: 'Why?', withSelection: true, references: [{ kind: 'file' }], asked: ['How?'] });
    createEdits(before).set('a', 'Where?');
    await before.flush();
    const after = await open();
    assert.deepEqual(after.kept, before.kept);
    assert.deepEqual(createEdits(after).all, [{ turnId: 'a', text: 'Where?' }]);
  });

  it('is there where it was written before edits were kept', async () => {
    const old = { text: 'Why?', withSelection: false, references: [], asked: [] };
    writeFileSync(join(folder, 'draft.cache'), JSON.stringify(old));
    assert.deepEqual((await open()).kept, { ...old, edits: [] });
  });

  it('is nothing where there is no file of it, or a broken one', async () => {
    assert.deepEqual((await open()).kept, unkeptDraft().kept);
    writeFileSync(join(folder, 'draft.cache'), '{"text": 7');
    assert.deepEqual((await open()).kept, unkeptDraft().kept);
  });
});
