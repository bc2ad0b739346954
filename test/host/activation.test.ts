import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function ours(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('o1mini.o1-mini-chat');
  assert.ok(extension);
  return extension;
}

/** First by its name: the tests after it use the extension. */
describe('Activation', () => {
  it('waits until the extension is used', () => assert.equal(ours().isActive, false));

  it('comes with a command, and registers every command of the manifest', async () => {
    await vscode.commands.executeCommand('o1mini.showLog');
    assert.equal(ours().isActive, true);
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = ours().packageJSON as Manifest;
    const missing = contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
