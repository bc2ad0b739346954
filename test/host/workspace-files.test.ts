import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { findWorkspaceFiles, openWorkspaceFile, parseNamedFile } from '../../src/host/editor/workspace-files';

describe('A file named in an answer', () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const root = folder?.uri.fsPath ?? '';
  const folderPath = join(root, 'named-files');
  const outside = join(realpathSync(tmpdir()), `o1mini-outside-${process.pid}`);

  before(() => {
    assert.ok(root, 'the window of the tests has a folder');
    mkdirSync(join(folderPath, 'src'), { recursive: true });
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(folderPath, 'src', 'app.ts'), 'one\ntwo\nthree\n');
    writeFileSync(join(folderPath, 'my app.ts'), '');
    writeFileSync(join(outside, 'secret.ts'), 'secret');
    symlinkSync(join(outside, 'secret.ts'), join(folderPath, 'src', 'link.ts'));
    symlinkSync(outside, join(folderPath, 'away'));
    symlinkSync(join(folderPath, 'src', 'app.ts'), join(folderPath, 'inner.ts'));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folderPath, { recursive: true });
    rmSync(outside, { recursive: true });
  });

  it('is parsed with its lines', () => {
    assert.deepEqual(parseNamedFile('src/app.ts'), { path: 'src/app.ts' });
    assert.deepEqual(parseNamedFile('src/app.ts:10'), { path: 'src/app.ts', line: 10 });
    assert.deepEqual(parseNamedFile('a.ts:10:5'), { path: 'a.ts', line: 10, column: 5 });
    assert.deepEqual(parseNamedFile('a.ts:10-12'), { path: 'a.ts', line: 10, lastLine: 12 });
    assert.deepEqual(parseNamedFile('a.ts#L10-L12'), { path: 'a.ts', line: 10, lastLine: 12 });
  });

  it('is found only if its real path is in the workspace', async () => {
    const inside = [
      'named-files/src/app.ts:2',
      './named-files/src/app.ts',
      'named-files/src/../src/app.ts',
      'named-files/my app.ts',
      'named-files/inner.ts:1',
      `${folder?.name}/named-files/src/app.ts`,
      join(folderPath, 'src/app.ts'),
    ];
    const notFound = [
      'named-files/src/none.ts',
      'named-files/src',
      'named-files/src/link.ts',
      'named-files/away/secret.ts',
      '../../../../../../etc/passwd',
      '/etc/passwd',
      join(outside, 'secret.ts'),
      `named-files/../../../../../../../${outside}/secret.ts`,
      'named-files/src/app.ts\0',
      '',
    ];
    assert.deepEqual(await findWorkspaceFiles([...inside, ...notFound], realpath), inside);
  });

  it('is opened at its line, after it was found again', async () => {
    await openWorkspaceFile('named-files/src/app.ts:2:2', realpath);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.fsPath, join(folderPath, 'src', 'app.ts'));
    assert.deepEqual([editor.selection.active.line, editor.selection.active.character], [1, 1]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['named-files/away/secret.ts', '/etc/passwd', 'named-files/none.ts:1']) {
      await openWorkspaceFile(name, realpath);
      assert.equal(vscode.window.activeTextEditor, undefined, name);
    }
  });
});
