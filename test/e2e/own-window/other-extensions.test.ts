import assert from 'node:assert/strict';
import { join } from 'node:path';
import { writeMinimalExtension } from '../../support/minimal-extension';
import { scratchFolder } from '../../support/scratch-folder';
import { lastMessages } from '../requests';
import { useOwnWindow } from './own-window';

const id = 'numbers.prime-checker';

/** An extension with a command that asks a question by the API of o1-mini Chat and shows the answer. */
const main = `
const vscode = require('vscode');
async function ask(extensionId) {
  const chat = vscode.extensions.getExtension('o1mini.o1-mini-chat');
  const api = await chat.activate();
  const messages = [{ role: 'user', content: 'Is 57 a prime number?' }];
  let answer = '';
  for await (const text of api.ask(messages, { extensionId, justification: 'It checks numbers.' })) answer += text;
  return answer;
}
exports.activate = ({ extension, subscriptions }) => {
  const show = (text) => void vscode.window.showInformationMessage(text);
  subscriptions.push(
    vscode.commands.registerCommand('primes.check', () =>
      ask(extension.id).then((answer) => show('Answer: ' + answer), (error) => show('Error: ' + error.code)),
    ),
  );
};
`;

const symbolsId = 'numbers.symbols';

/** A language extension whose only symbol is in line 7 of the sample. */
const symbolsMain = `
const vscode = require('vscode');
exports.activate = ({ subscriptions }) => {
  const provideWorkspaceSymbols = (query) => {
    const { uri } = vscode.workspace.workspaceFolders[0];
    const place = new vscode.Location(vscode.Uri.joinPath(uri, 'orbits.py'), new vscode.Position(6, 0));
    const symbol = new vscode.SymbolInformation('stepLimit', vscode.SymbolKind.Function, '', place);
    return 'stepLimit'.includes(query) ? [symbol] : [];
  };
  subscriptions.push(vscode.languages.registerWorkspaceSymbolProvider({ provideWorkspaceSymbols }));
};
`;

function installExtensions(): string {
  const folder = scratchFolder();
  writeMinimalExtension(join(folder, id), id, main, {
    displayName: 'Prime Checker',
    contributes: { commands: [{ command: 'primes.check', title: 'Check a Number', category: 'Primes' }] },
  });
  writeMinimalExtension(join(folder, symbolsId), symbolsId, symbolsMain, { activationEvents: ['*'] });
  return folder;
}

describe('Another extension', () => {
  const { workbench, chat } = useOwnWindow(() => ({ otherExtensions: installExtensions() }));

  it('that provides symbols makes them links of an answer', async () => {
    workbench.api.script({ kind: 'answer', text: 'Change `stepLimit()`, not `timeLimit()`.' });
    await chat.ask('How many steps?');
    await chat.until('Done');
    await chat.answers.last().getByRole('link', { name: 'stepLimit()' }).click();
    await workbench.page
      .locator('[id="status.editor.selection"]')
      .filter({ hasText: /^Ln 7,/ })
      .waitFor();
    assert.equal(await chat.answers.last().getByRole('link').count(), 1);
    workbench.api.clear();
  });

  it('asks after the user has allowed it once, until the user revokes that', async () => {
    const { api, page } = workbench;
    api.script({ kind: 'answer', text: 'No, it is 3 times 19.' });
    await workbench.command('Primes: Check a Number');
    const dialog = workbench.dialog(
      'Do you want to allow the extension Prime Checker (numbers.prime-checker)',
    );
    await dialog.getByText('The extension says: It checks numbers.').waitFor();
    await dialog.getByText(`The requests of this extension are sent to ${api.origin}`).waitFor();
    await workbench.screenshot('extension-access');
    assert.equal(api.requests.length, 0);
    await dialog.getByRole('button', { name: 'Allow' }).click();
    await workbench.notification('Answer: No, it is 3 times 19.');
    assert.deepEqual(lastMessages(api), ['Is 57 a prime number?']);

    api.script({ kind: 'answer', text: 'Still not.' });
    await workbench.command('Primes: Check a Number');
    await workbench.notification('Answer: Still not.');

    await workbench.command('o1-mini: Manage Extension Access');
    const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Prime Checker' });
    await row.getByText(id).waitFor();
    await row.getByRole('checkbox').click();
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await workbench.command('Primes: Check a Number');
    await workbench.notification('Error: NoPermissions');
    assert.equal(api.requests.length, 2);
  });
});
