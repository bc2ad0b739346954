import assert from 'node:assert/strict';
import { openChat } from './chat-page';
import { enterApiKey } from './enter-api-key';
import { useChat } from './use-chat';

const key = 'sk-never-shown-0815';

describe('Preview Request', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  before(async () => {
    await workbench.command('o1-mini: Set API Key');
    await enterApiKey(workbench, key);
  });
  afterEach(async () => {
    await workbench.settings({ 'o1mini.baseUrl': api.origin, 'o1mini.instructions': undefined });
    await workbench.closeEditors();
  });
  after(() => workbench.command('o1-mini: Delete API Key'));

  /** Opens the preview, and returns its text when it contains this question. */
  async function preview(question: string): Promise<string> {
    await workbench.command('o1-mini: Preview Request');
    await workbench.page.locator('.tab.active').filter({ hasText: 'request.json' }).waitFor();
    // A preview that was already open first shows its previous text.
    await workbench.page
      .locator('.editor-instance .view-line')
      .filter({ hasText: question })
      .first()
      .waitFor();
    return workbench.editorText();
  }

  it('shows the JSON that is sent, with chat, code and settings, and never the key', async () => {
    await workbench.settings({ 'o1mini.instructions': 'Be brief.' });
    await chat.ask('What is a ring?');
    await chat.until('Done');
    await workbench.openFile('ring.c');
    await workbench.select(6, 7);
    await workbench.command('o1-mini: Ask…');
    await workbench
      .panel()
      .getByRole('button', { name: /^Attach ring\.c:6-7/, pressed: true })
      .waitFor();
    await chat.box.fill('Is this one?');
    await chat.estimate.waitFor();
    const text = await preview('Is this one?');
    assert.ok(!text.includes(key));
    assert.match(text, /ring\.c:6-7/);
    await workbench.screenshot('preview');

    await openChat(workbench);
    await chat.askBy(() => chat.box.press('Enter'));
    await chat.until('Done');
    const [, sent] = api.requests;
    assert.deepEqual(JSON.parse(text), sent?.body);
    assert.equal(sent?.headers.authorization, `Bearer ${key}`);
  });

  it('shows the current question each time it is opened', async () => {
    await chat.box.fill('The first thought');
    await chat.estimate.waitFor();
    assert.match(await preview('The first thought'), /"content": "The first thought"/);
    await chat.box.fill('The second thought');
    await workbench.panel().getByRole('button', { name: 'Send', disabled: false }).waitFor();
    const text = await preview('The second thought');
    assert.match(text, /"content": "The second thought"/);
    assert.doesNotMatch(text, /The first thought/);
  });

  it('matches the curl command on the clipboard, which does not contain the key', async () => {
    await workbench.settings({ 'o1mini.baseUrl': 'https://api.example.invalid/v1' });
    await chat.box.fill("What's this?");
    await chat.estimate.waitFor();
    const text = await preview("What's this?");
    await workbench.command('o1-mini: Copy as curl');
    await workbench.notification('The command reads your API key from $AIMLAPI_API_KEY.');
    const command = await workbench.clipboard();
    assert.match(command, /^curl 'https:\/\/api\.example\.invalid\/v1\/chat\/completions' /);
    assert.match(command, /-H "Authorization: Bearer \$AIMLAPI_API_KEY"/);
    assert.ok(!command.includes(key));
    const [, json = ''] = /--data-raw '(.*)'$/s.exec(command) ?? [];
    assert.deepEqual(JSON.parse(json.replaceAll(`'\\''`, "'")), JSON.parse(text));
  });

  it('reports an invalid address', async () => {
    await workbench.settings({ 'o1mini.baseUrl': 'not a url' });
    await workbench.command('o1-mini: Preview Request');
    await workbench.notification(
      'There is no request to show because o1mini.baseUrl is not a valid address.',
    );
  });
});
