import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createPackagedTokenCounter } from '../../src/host/models/packaged-token-counter';
import { scratchFolder } from '../support/scratch-folder';
import { lines, recordingLog } from './recording-log';
import { extensionUri, loadTokenizer } from './installed-extension';

describe('The token counter', () => {
  it('counts with the table of the package', async () => {
    const { log, entries } = recordingLog();
    const counter = createPackagedTokenCounter(extensionUri(), loadTokenizer, log);
    assert.equal(await counter.count('hello world'), 2);
    assert.equal(await counter.count(''), 0);
    assert.deepEqual(lines(entries), []);
  });

  it('estimates, with one warning, if the table is missing', async () => {
    const { log, entries } = recordingLog();
    const empty = vscode.Uri.file(scratchFolder());
    const counter = createPackagedTokenCounter(empty, loadTokenizer, log);
    const tokens = await counter.count('hello world, '.repeat(100));
    assert.ok(tokens > 200 && tokens < 650, `${tokens}`);
    await counter.count('again');
    assert.deepEqual(
      entries.map(({ level }) => level),
      ['warn'],
    );
    assert.match(lines(entries).join(), /estimated/);
  });

  it('estimates if its code could not be loaded, and counts as soon as it can', async () => {
    const { log } = recordingLog();
    let broken = true;
    const load: typeof loadTokenizer = () => (broken ? Promise.reject(new Error('gone')) : loadTokenizer());
    const counter = createPackagedTokenCounter(extensionUri(), load, log);
    assert.equal(await counter.count('antidisestablishmentarianism'), 7);
    broken = false;
    assert.equal(await counter.count('hello world'), 2);
  });
});
