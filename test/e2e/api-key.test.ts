import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startServer } from '../server/server';
import { enterApiKey } from './enter-api-key';
import { useChat } from './window';

const key = 'sk-sentinel-4711';

describe('The API key', () => {
  const { workbench, api, chat } = useChat();
  let input: Locator;

  before(() => {
    input = workbench.page.locator('.quick-input-widget input');
  });
  after(async () => {
    api.setKey(undefined);
    await workbench.settings({ 'o1mini.baseUrl': api.origin });
    await workbench.command('o1-mini: Delete API Key');
  });

  it('is asked for by the server’s refusal, entered in a password box, and used', async () => {
    api.setKey(key);
    await chat.ask('Hello?');
    await chat.until('Failed: The service refused the API key');
    await chat.button('Set API Key').click();
    await enterApiKey(workbench, `  ${key}\n`);
    await workbench.notification(`The API key for ${api.origin} was saved in VS Code's secret storage.`);
    await chat.button('Retry').click();
    await chat.until('Done');
    assert.deepEqual(
      api.requests.map(({ headers }) => headers.authorization),
      [undefined, `Bearer ${key}`],
    );
  });

  it('goes to the origin that it was entered for, and to no other', async () => {
    const other = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
    try {
      await workbench.settings({ 'o1mini.baseUrl': other.origin });
      await chat.ask('Hello, other one?');
      await chat.until('Done');
      assert.equal(other.requests[0]?.headers.authorization, undefined);
      assert.ok(!JSON.stringify(other.requests).includes(key));
    } finally {
      await other.close();
      await workbench.settings({ 'o1mini.baseUrl': api.origin });
    }
  });

  it('is in no setting, chat or log of the window', () => {
    const files = readdirSync(workbench.dataDir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(workbench.dataDir, name))
      .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
    assert.ok(files.some((file) => file.endsWith('.log')));
    const spellings = [key, btoa(key), btoa(`Bearer ${key}`)];
    const holding = files.filter((file) => spellings.some((spelling) => bytesOf(file).includes(spelling)));
    assert.deepEqual(holding, []);
  });

  it('is not sent any more once it is deleted', async () => {
    await workbench.command('o1-mini: Delete API Key');
    await workbench.notification(`The API key for ${api.origin} was deleted.`);
    await chat.ask('Hello again?');
    await chat.until('Failed: The service refused the API key');
    assert.equal(api.requests.at(-1)?.headers.authorization, undefined);
  });

  it('cannot be what no header can carry', async () => {
    await workbench.command('o1-mini: Set API Key');
    await input.waitFor();
    await input.fill('two words');
    await workbench.page.getByText('An API key cannot contain spaces or non-ASCII characters.').waitFor();
    await input.press('Escape');
  });

  it('is asked for before a question leaves, and Escape leaves the question in the box', async () => {
    await workbench.settings({ 'o1mini.baseUrl': 'https://api.example.invalid/v1' });
    const before = await chat.questions.count();
    await chat.enter('Do not lose me');
    await workbench.page.getByText('API key for https://api.example.invalid').first().waitFor();
    await input.press('Escape');
    await chat.alert.getByText('No API key for https://api.example.invalid').waitFor();
    assert.equal(await chat.box.inputValue(), 'Do not lose me');
    assert.equal(await chat.questions.count(), before);
  });

  it('sends the question once it is there', async () => {
    await chat.button('Send').click();
    await enterApiKey(workbench, key);
    await chat.questions.last().getByText('Do not lose me').waitFor();
    await chat.until('Failed: The service cannot be reached');
    assert.equal(await chat.box.inputValue(), '');
    assert.equal(await chat.alert.getByText('No API key').count(), 0);
    await workbench.command('o1-mini: Delete API Key');
    assert.equal(api.requests.length, 0);
  });
});

/** Nothing where it is gone again: some are there only until they are renamed. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
