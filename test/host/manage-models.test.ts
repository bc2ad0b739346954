import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { manageModels } from '../../src/host/vscode-chat/manage-models';

type Item = vscode.QuickPickItem & { readonly command?: string };

/** Runs the command while the user chooses the entry with this label, or none. */
async function chosen(label: string | undefined): Promise<readonly string[]> {
  const { window, commands } = vscode;
  const [{ showQuickPick }, { executeCommand }] = [window, commands];
  const executed: string[] = [];
  try {
    Object.assign(window, {
      showQuickPick: (items: readonly Item[]) => Promise.resolve(items.find((item) => item.label === label)),
    });
    Object.assign(commands, {
      executeCommand: (command: string, ...given: readonly unknown[]) => {
        executed.push([command, ...given.map((value) => JSON.stringify(value))].join(' '));
        return Promise.resolve();
      },
    });
    await manageModels();
  } finally {
    Object.assign(window, { showQuickPick });
    Object.assign(commands, { executeCommand });
  }
  return executed;
}

describe('Manage Language Models', () => {
  it('sets the key, selects and shows the model, and changes the address', async () => {
    assert.deepEqual(await chosen('Set API Key'), ['o1mini.setApiKey']);
    assert.deepEqual(await chosen('Select Model'), ['o1mini.selectModel']);
    assert.deepEqual(await chosen('Show Model Details'), ['o1mini.showModelDetails']);
    assert.match(
      (await chosen('Change Address of the Service')).join(),
      /open(?:Remote)?Settings.*o1mini\.baseUrl/,
    );
  });

  it('changes nothing if the user chooses nothing', async () =>
    assert.deepEqual(await chosen(undefined), []));
});
