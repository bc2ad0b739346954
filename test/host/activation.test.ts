import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { installedExtension } from './installed-extension';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** Runs first because of its file name: the other tests load the code of the chat. */
describe('Activation', () => {
  before(async () => {
    await installedExtension().activate();
  });

  it('loads no code of the chat', () => assert.deepEqual(loadedFiles(), ['extension.js']));

  it('offers the light bulb on a selection', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'let a = 1;' });
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(0, 0, 0, 5),
    );
    const titles = actions.map(({ title }) => title).filter((title) => title.includes('o1-mini'));
    assert.deepEqual(titles.sort(), ['Explain with o1-mini', 'Refactor with o1-mini']);
    assert.deepEqual(loadedFiles(), ['extension.js']);
  });

  it('registers every command of the manifest', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = installedExtension().packageJSON as Manifest;
    const missing = contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it('loads the code of the chat with the first command that needs it', async () => {
    await vscode.commands.executeCommand('o1mini.newChat');
    assert.ok(loadedFiles().includes('chat.js'));
  });
});

/** The files of the installed extension that this process has loaded, relative to its code. */
function loadedFiles(): readonly string[] {
  const folder = join(installedExtension().extensionPath, 'dist/');
  const { cache } = createRequire(__filename);
  return Object.keys(cache)
    .filter((file) => file.startsWith(folder))
    .map((file) => file.slice(folder.length));
}
