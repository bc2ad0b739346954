import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startServer } from '../server/server';
import { openChat, type ChatPage } from './chat-page';
import { enterKey } from './keys';
import { sharedWindow, type TestWindow } from './window';

const key = 'sk-sentinel-4711';

describe('The API key', () => {
  let w: TestWindow;
  let chat: ChatPage;
  let input: Locator;

  before(async () => {
    w = sharedWindow();
    input = w.page.locator('.quick-input-widget input');
    chat = await openChat(w);
  });
  beforeEach(() => w.api.clear());
  after(async () => {
    w.api.setKey(undefined);
    await w.settings({ 'o1mini.baseUrl': w.api.origin });
    await w.command('o1-mini: Delete API Key');
  });

  it('is asked for by the server’s refusal, entered in a password box, and used', async () => {
    w.api.setKey(key);
    await chat.ask('Hello?');
    await chat.until('Failed: The service refused the API key');
    await chat.button('Set API Key').click();
    await enterKey(w, `  ${key}\n`);
    await w.notification(`The API key for ${w.api.origin} was saved in VS Code's secret storage.`);
    await chat.button('Retry').click();
    await chat.until('Done');
    assert.deepEqual(
      w.api.requests.map(({ headers }) => headers.authorization),
      [undefined, `Bearer ${key}`],
    );
  });

  it('goes to the origin that it was entered for, and to no other', async () => {
    const other = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
    try {
      await w.settings({ 'o1mini.baseUrl': other.origin });
      await chat.ask('Hello, other one?');
      await chat.until('Done');
      assert.equal(other.requests[0]?.headers.authorization, undefined);
      assert.ok(!JSON.stringify(other.requests).includes(key));
    } finally {
      await other.close();
      await w.settings({ 'o1mini.baseUrl': w.api.origin });
    }
  });

  it('is in no setting, chat or log of the window', () => {
    const files = readdirSync(w.dataDir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(w.dataDir, name))
      .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
    assert.ok(files.some((file) => file.endsWith('.log')));
    const spellings = [key, btoa(key), btoa(`Bearer ${key}`)];
    const holding = files.filter((file) => spellings.some((spelling) => bytesOf(file).includes(spelling)));
    assert.deepEqual(holding, []);
  });

  it('is not sent any more once it is deleted', async () => {
    await w.command('o1-mini: Delete API Key');
    await w.notification(`The API key for ${w.api.origin} was deleted.`);
    await chat.ask('Hello again?');
    await chat.until('Failed: The service refused the API key');
    assert.equal(w.api.requests.at(-1)?.headers.authorization, undefined);
  });

  it('cannot be what no header can carry', async () => {
    await w.command('o1-mini: Set API Key');
    await input.waitFor();
    await input.fill('two words');
    await w.page.getByText('An API key cannot contain spaces or non-ASCII characters.').waitFor();
    await input.press('Escape');
  });

  it('is asked for before a question leaves, and Escape leaves the question in the box', async () => {
    await w.settings({ 'o1mini.baseUrl': 'https://api.example.invalid/v1' });
    const before = await chat.questions.count();
    await chat.enter('Do not lose me');
    await w.page.getByText('API key for https://api.example.invalid').first().waitFor();
    await input.press('Escape');
    await chat.alert.getByText('No API key for https://api.example.invalid').waitFor();
    assert.equal(await chat.box.inputValue(), 'Do not lose me');
    assert.equal(await chat.questions.count(), before);
  });

  it('sends the question once it is there', async () => {
    await chat.button('Send').click();
    await enterKey(w, key);
    await chat.questions.last().getByText('Do not lose me').waitFor();
    await chat.until('Failed: The service cannot be reached');
    assert.equal(await chat.box.inputValue(), '');
    assert.equal(await chat.alert.getByText('No API key').count(), 0);
    await w.command('o1-mini: Delete API Key');
    assert.equal(w.api.requests.length, 0);
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
