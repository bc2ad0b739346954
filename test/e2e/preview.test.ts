import assert from 'node:assert/strict';
import { freshChat, openChat, type ChatPage } from './chat-page';
import { enterKey } from './keys';
import { sharedWindow, type TestWindow } from './window';

const key = 'sk-never-shown-0815';

describe('Preview Request', () => {
  let w: TestWindow;
  let chat: ChatPage;

  before(async () => {
    w = sharedWindow();
    await w.command('o1-mini: Set API Key');
    await enterKey(w, key);
  });
  beforeEach(async () => {
    w.api.clear();
    chat = await freshChat(w);
  });
  afterEach(async () => {
    await w.settings({ 'o1mini.baseUrl': w.api.origin, 'o1mini.instructions': undefined });
    await w.closeEditors();
  });
  after(() => w.command('o1-mini: Delete API Key'));

  /** The request that has this question in it. */
  async function preview(question: string): Promise<string> {
    await w.command('o1-mini: Preview Request');
    await w.page.locator('.tab.active').filter({ hasText: 'request.json' }).waitFor();
    // One that was open already shows what it had, for a moment.
    await w.page.locator('.editor-instance .view-line').filter({ hasText: question }).first().waitFor();
    return w.editorText();
  }

  it('shows the JSON that is then sent, with chat, code and settings, and never the key', async () => {
    await w.settings({ 'o1mini.instructions': 'Be brief.' });
    await chat.ask('What is a ring?');
    await chat.until('Done');
    await w.openFile('ring.c');
    await w.select(6, 7);
    await w.command('o1-mini: Ask About Selection…');
    await w
      .panel()
      .getByRole('button', { name: /^Attach ring\.c:6-7/, pressed: true })
      .waitFor();
    await chat.box.fill('Is this one?');
    await chat.estimate.waitFor();
    const text = await preview('Is this one?');
    assert.ok(!text.includes(key));
    assert.match(text, /ring\.c:6-7/);
    await w.screenshot('preview');

    chat = await openChat(w);
    await chat.asked(() => chat.box.press('Enter'));
    await chat.until('Done');
    const [, sent] = w.api.requests;
    assert.deepEqual(JSON.parse(text), sent?.body);
    assert.equal(sent?.headers.authorization, `Bearer ${key}`);
  });

  it('shows the next question as it is, each time it is opened', async () => {
    await chat.box.fill('The first thought');
    await chat.estimate.waitFor();
    assert.match(await preview('The first thought'), /"content": "The first thought"/);
    await chat.box.fill('The second thought');
    await w.panel().getByRole('button', { name: 'Send', disabled: false }).waitFor();
    const text = await preview('The second thought');
    assert.match(text, /"content": "The second thought"/);
    assert.doesNotMatch(text, /The first thought/);
  });

  it('is a curl command on the clipboard too, without the key', async () => {
    await w.settings({ 'o1mini.baseUrl': 'https://api.example.invalid/v1' });
    await chat.box.fill("What's this?");
    await chat.estimate.waitFor();
    const text = await preview("What's this?");
    await w.command('o1-mini: Copy as curl');
    await w.notification('It reads your API key from $AIMLAPI_API_KEY.');
    const command = await w.clipboard();
    assert.match(command, /^curl 'https:\/\/api\.example\.invalid\/v1\/chat\/completions' /);
    assert.match(command, /-H "Authorization: Bearer \$AIMLAPI_API_KEY"/);
    assert.ok(!command.includes(key));
    const [, json = ''] = /--data-raw '(.*)'$/s.exec(command) ?? [];
    assert.deepEqual(JSON.parse(json.replaceAll(`'\\''`, "'")), JSON.parse(text));
  });

  it('says so where the address cannot be one', async () => {
    await w.settings({ 'o1mini.baseUrl': 'not a url' });
    await w.command('o1-mini: Preview Request');
    await w.notification('There is no request to show because o1mini.baseUrl is not a valid address.');
  });
});
