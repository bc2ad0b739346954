import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createModelListCache } from '../../src/host/storage/model-list-cache';
import { createVscodeFileFolder } from '../../src/host/storage/vscode-file-folder';
import { scratchFolder } from '../support/scratch-folder';

describe('The model list cache', () => {
  const log = vscode.window.createOutputChannel('lists under test', { log: true });
  const address = 'https://api.example:8443/a*/v1/models';
  let folder: string;

  beforeEach(() => {
    folder = scratchFolder();
  });
  after(() => log.dispose());

  it('returns the text that was written last for each address', async () => {
    const cache = createModelListCache(createVscodeFileFolder(vscode.Uri.file(join(folder, 'new'))), log);
    assert.equal(await cache.read(address), undefined);
    for (const text of ['first', '\u{1f600}']) await cache.write(address, text);
    await cache.write('http://localhost:1234/v1/models', 'other');
    assert.equal(await cache.read(address), '\u{1f600}');
    const files = readdirSync(join(folder, 'new'));
    assert.equal(files.length, 2);
    assert.ok(files.every((file) => /^[\w.%-]+\.json$/.test(file)));
  });

  it('works without a writable folder', async () => {
    writeFileSync(join(folder, 'file'), '');
    const cache = createModelListCache(createVscodeFileFolder(vscode.Uri.file(join(folder, 'file'))), log);
    await cache.write(address, 'text');
    assert.equal(await cache.read(address), undefined);
  });
});
