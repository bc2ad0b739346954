import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { installedExtension } from './installed-extension';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** Runs first because of its file name: the other tests activate the extension. */
describe('Activation', () => {
  it('waits until the extension is used', () => assert.equal(installedExtension().isActive, false));

  it('happens with the first command and registers every command of the manifest', async () => {
    await vscode.commands.executeCommand('o1mini.showLog');
    assert.equal(installedExtension().isActive, true);
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = installedExtension().packageJSON as Manifest;
    const missing = contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
