import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { fileSystemWith } from '../../src/host/storage/file-system';
import { readReplaced, replaceFile } from '../../src/host/storage/replace-file';

describe('A file that is written anew', () => {
  let path: string;
  let folder: vscode.Uri;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'o1mini-replace-'));
    folder = vscode.Uri.file(path);
  });

  it('is put in its place by the platform, without VS Code and its window', async () => {
    const replaced: string[] = [];
    const fs = fileSystemWith((from, to) => {
      replaced.push(readFileSync(from, 'utf8'), to);
      return Promise.resolve();
    });
    await replaceFile(folder, 'a.txt', 'new', fs);
    assert.deepEqual(replaced, ['new', join(path, 'a.txt')]);
  });

  for (const [where, replace] of [
    ['where the platform cannot', undefined],
    ['where the platform is refused', () => Promise.reject(new Error('EPERM'))],
  ] as const) {
    it(`is put in its place by VS Code ${where}`, async () => {
      const fs = fileSystemWith(replace);
      for (const text of ['old', 'new']) await replaceFile(folder, 'a.txt', text, fs);
      assert.equal(await readReplaced(folder, 'a.txt', fs), 'new');
      assert.deepEqual(readdirSync(path), ['a.txt']);
    });
  }

  it('is not written over by one that is only to be renamed', async () => {
    const fs = fileSystemWith(() => Promise.reject(new Error('asked')));
    const [a, b] = ['a.txt', 'b.txt'].map((name) => vscode.Uri.joinPath(folder, name));
    assert.ok(a && b);
    for (const uri of [a, b]) await fs.writeFile(uri, new TextEncoder().encode(uri.path));
    await assert.rejects(async () => fs.rename(a, b, { overwrite: false }), /FileExists|exists/i);
    assert.equal(readFileSync(b.fsPath, 'utf8'), b.path);
  });
});
