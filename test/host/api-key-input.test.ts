import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { showApiKeyInput } from '../../src/host/storage/api-key-input';

type Validation = Awaited<ReturnType<NonNullable<vscode.InputBoxOptions['validateInput']>>>;

/** The message that the box shows for an entered text. */
async function messageFor(text: string): Promise<Validation> {
  const { window } = vscode;
  const original = window.showInputBox;
  let message: Validation;
  const showInputBox = async (options: vscode.InputBoxOptions): Promise<string> => {
    message = await options.validateInput?.(text);
    return text;
  };
  Object.assign(window, { showInputBox });
  try {
    await showApiKeyInput('https://a.example', undefined);
  } finally {
    Object.assign(window, { showInputBox: original });
  }
  return message;
}

describe('The box for an API key', () => {
  for (const name of ['OPENAI_API_KEY', 'MY_KEY', 'NO_KEY']) {
    it(`warns of the name of a variable, which may still be the key of a local gateway: ${name}`, async () => {
      const message = await messageFor(name);
      assert.ok(typeof message === 'object' && message !== null);
      assert.equal(message.severity, vscode.InputBoxValidationSeverity.Warning);
    });
  }

  for (const text of ['', 'sk-...abcd', '${HF_TOKEN}', 'two words']) {
    it(`rejects a text that cannot be a key: ${JSON.stringify(text)}`, async () => {
      assert.equal(typeof (await messageFor(text)), 'string');
    });
  }

  it('accepts a key', async () => {
    assert.equal((await messageFor('sk-proj-Ab3dEf6hIj9l')) ?? undefined, undefined);
  });
});
