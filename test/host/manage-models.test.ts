import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { manageModels } from '../../src/host/vscode-chat/manage-models';
import { recordCommands } from './record-commands';

/** The commands that run when the user chooses the entry with this label, or none. */
async function chosen(label: string | undefined): Promise<readonly string[]> {
  const { window } = vscode;
  const { showQuickPick } = window;
  const choose = (items: readonly vscode.QuickPickItem[]): Promise<vscode.QuickPickItem | undefined> =>
    Promise.resolve(items.find((item) => item.label === label));
  try {
    Object.assign(window, { showQuickPick: choose });
    const calls = await recordCommands(() => manageModels());
    return calls.map(([command, ...given]) =>
      [command, ...given.map((value) => JSON.stringify(value))].join(' '),
    );
  } finally {
    Object.assign(window, { showQuickPick });
  }
}

describe('Manage Language Models', () => {
  it('sets the key, selects and shows the model, and changes the address', async () => {
    assert.deepEqual(await chosen('Set API Key'), ['o1mini.setApiKey']);
    assert.deepEqual(await chosen('Select Model'), ['o1mini.selectModel']);
    assert.deepEqual(await chosen('Show Model Details'), ['o1mini.showModelDetails']);
    assert.match((await chosen('Change Service Address')).join(), /open(?:Remote)?Settings.*o1mini\.baseUrl/);
  });

  it('changes nothing if the user chooses nothing', async () =>
    assert.deepEqual(await chosen(undefined), []));
});
