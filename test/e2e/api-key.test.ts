import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { startServer } from '../server/server';
import { enterApiKey } from './enter-api-key';
import { contentOf, filesIn } from './files';
import { useChat } from './use-chat';

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

  it('is requested after the service has refused, entered in a password box, and used', async () => {
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

  it('is sent to the origin that it was entered for, and to no other', async () => {
    const other = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
    try {
      await workbench.settings({ 'o1mini.baseUrl': other.origin });
      await chat.ask('Hello, other service?');
      await chat.until('Done');
      assert.equal(other.requests[0]?.headers.authorization, undefined);
      assert.ok(!JSON.stringify(other.requests).includes(key));
    } finally {
      await other.close();
      await workbench.settings({ 'o1mini.baseUrl': api.origin });
    }
  });

  it('is in no setting, chat or log of the window', () => {
    const files = filesIn(workbench.dataDir);
    assert.ok(files.some((file) => file.endsWith('.log')));
    const encodings = [key, btoa(key), btoa(`Bearer ${key}`)];
    const filesWithKey = files.filter((file) =>
      encodings.some((encoding) => contentOf(file).includes(encoding)),
    );
    assert.deepEqual(filesWithKey, []);
  });

  it('is not sent any more after it was deleted', async () => {
    await workbench.command('o1-mini: Delete API Key');
    await workbench.notification(`The API key for ${api.origin} was deleted.`);
    await chat.ask('Hello again?');
    await chat.until('Failed: The service refused the API key');
    assert.equal(api.requests.at(-1)?.headers.authorization, undefined);
  });

  it('cannot contain characters that a header cannot carry', async () => {
    await workbench.command('o1-mini: Set API Key');
    await input.waitFor();
    await input.fill('two words');
    await workbench.page
      .getByText('An API key cannot contain spaces, quotation marks, braces, or non-ASCII characters.')
      .waitFor();
    await workbench.closeQuickInput();
  });

  it('is requested before a question is sent, and Escape leaves the question in the box', async () => {
    await workbench.settings({ 'o1mini.baseUrl': 'https://api.example.invalid/v1' });
    const before = await chat.questions.count();
    await chat.enter('Do not lose me');
    await workbench.page.getByText('API key for https://api.example.invalid').first().waitFor();
    await workbench.closeQuickInput();
    await chat.alert.getByText('No API key for https://api.example.invalid').waitFor();
    assert.equal(await chat.box.inputValue(), 'Do not lose me');
    assert.equal(await chat.questions.count(), before);
  });

  it('sends the waiting question once it is entered', async () => {
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
