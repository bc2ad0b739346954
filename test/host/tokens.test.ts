import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createPackagedTokenCounter } from '../../src/host/models/token-counter';
import { lines, listeningLog } from './listening-log';
import { extensionUri, loadTokenizer } from './packaged';

describe('The tokens of a text', () => {
  it('are counted with the table of the package', async () => {
    const { log, written } = listeningLog();
    const counter = createPackagedTokenCounter(extensionUri(), loadTokenizer, log);
    assert.equal(await counter.count('hello world'), 2);
    assert.equal(await counter.count(''), 0);
    assert.deepEqual(lines(written), []);
  });

  it('are estimated, with one warning, where the table is missing', async () => {
    const { log, written } = listeningLog();
    const empty = vscode.Uri.file(mkdtempSync(join(tmpdir(), 'o1mini-tokens-')));
    const counter = createPackagedTokenCounter(empty, loadTokenizer, log);
    const tokens = await counter.count('hello world, '.repeat(100));
    assert.ok(tokens > 200 && tokens < 650, `${tokens}`);
    await counter.count('again');
    assert.deepEqual(
      written.map(({ level }) => level),
      ['warn'],
    );
    assert.match(lines(written).join(), /estimated/);
  });

  it('are estimated once where the code that counts could not be loaded, and counted when it can', async () => {
    const { log } = listeningLog();
    let broken = true;
    const load: typeof loadTokenizer = () => (broken ? Promise.reject(new Error('gone')) : loadTokenizer());
    const counter = createPackagedTokenCounter(extensionUri(), load, log);
    assert.equal(await counter.count('antidisestablishmentarianism'), 7);
    broken = false;
    assert.equal(await counter.count('hello world'), 2);
  });
});
