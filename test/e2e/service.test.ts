import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { startServer } from '../server/server';
import { recordFigure } from '../support/promises';
import { enterApiKey } from './enter-api-key';
import { contentOf, filesIn } from './files';
import { useChat } from './use-chat';

const key = 'sk-Sentinel7f3a9bQz41xWm8-4711';
const question = 'Where is the treasure of Captain Flint buried?';
const pace = { thinkingMs: 0, deltaMs: 0 };

describe('The service in the settings', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  beforeEach(() => workbench.settings({ 'o1mini.baseUrl': api.origin }));
  after(() =>
    workbench.settings({
      'o1mini.baseUrl': api.origin,
      'o1mini.headers': undefined,
      'o1mini.allowedHttpOrigins': undefined,
    }),
  );

  it('is requested at its other likely address with one click, if nothing responds at the first', async () => {
    await workbench.settings({ 'o1mini.baseUrl': `${api.origin}/wrong/v1` });
    await chat.ask('Hello?');
    await chat.until('Failed: No chat service at this address');
    const card = chat.answers.last().getByRole('alert');
    await card.getByText(`${api.origin}/wrong/v1/chat/completions returned 404`).waitFor();
    await card.getByRole('button', { name: `Use ${api.origin}/wrong`, exact: true }).click();
    await card.getByText(`${api.origin}/wrong/chat/completions returned 404`).waitFor();
    // The question has failed at the other address, too.
    assert.equal(await card.getByRole('button', { name: /^Use / }).count(), 0);
    assert.deepEqual(
      api.requests.map(({ path }) => path),
      ['/wrong/v1/chat/completions', '/wrong/chat/completions'],
    );
  });

  it('may be set without a scheme, and the address that is used is shown', async () => {
    const host = api.origin.replace('http://', '');
    await workbench.settings({ 'o1mini.baseUrl': host });
    await chat.ask('Hello?');
    await chat.until('Done');
    await workbench.notification(`Requests are sent to ${api.origin}/v1.`);
    assert.equal(api.requests.length, 1);
  });

  it('receives the headers in the settings, and one with a line break is refused by its name', async () => {
    await workbench.settings({ 'o1mini.headers': { 'X-Team': 'blue', 'X-Broken': 'a\r\nX-Injected: b' } });
    await chat.ask('Hello?');
    await chat.until('Done');
    const headers = api.requests[0]?.headers;
    assert.deepEqual(
      [headers?.['x-team'], headers?.['x-broken'], headers?.['x-injected']],
      ['blue', undefined, undefined],
    );
    await workbench.notification('o1mini.headers: X-Broken');
    await workbench.settings({ 'o1mini.headers': undefined });
  });

  it('says by how much a chat is too long, and the user can omit parts of it', async () => {
    // Not the model of the other tests, because the limit of its context window is remembered.
    await workbench.settings({ 'o1mini.model': 'o3' });
    await chat.ask('First');
    await chat.until('Done');
    const message = "This model's maximum context length is 100 tokens. However, you requested 25150 tokens.";
    api.script({
      kind: 'status',
      status: 400,
      body: JSON.stringify({ error: { message, code: 'context_length_exceeded' } }),
    });
    await chat.ask('Second');
    await chat.until('Failed: The chat is too long for this model');
    await chat.answers.last().getByText('25,050 more than the context window of 100 tokens').waitFor();
    await chat.button('Leave Out and Retry').click();
    const dialog = workbench.dialog('To make the request fit');
    await dialog.getByText('First').waitFor();
    api.script({ kind: 'answer', text: 'It fits.' });
    await dialog.getByRole('button', { name: 'Leave Out and Send' }).click();
    await chat.until('Done');
    const body = api.requests.at(-1)?.body as {
      readonly messages: readonly unknown[];
      readonly max_completion_tokens: number;
    };
    assert.equal(body.messages.length, 1);
    assert.ok(body.max_completion_tokens < 100);
    await workbench.settings({ 'o1mini.model': undefined });
  });

  it('needs consent once before anything is sent over plain http on a network', async function () {
    const address = Object.values(networkInterfaces())
      .flatMap((interfaces) => interfaces ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
    if (address === undefined) return this.skip();
    const networkServer = await startServer({ host: address, pace });
    try {
      await workbench.settings({ 'o1mini.baseUrl': networkServer.origin });
      await chat.enter('Who can read this?');
      const dialog = workbench.dialog(
        `Do you want to allow unencrypted requests to ${networkServer.origin}?`,
      );
      await dialog.getByText('Anyone on that network can read').waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      assert.equal(await chat.box.inputValue(), 'Who can read this?');
      assert.deepEqual([networkServer.requests, networkServer.lookups], [[], []]);

      await chat.box.press('Enter');
      await dialog.getByRole('button', { name: 'Allow' }).click();
      await enterApiKey(workbench, '');
      await chat.until('Done');
      assert.equal(networkServer.requests[0]?.headers.authorization, undefined);
      await chat.ask('And now?');
      await chat.until('Done');
      assert.equal(networkServer.requests.length, 2);
    } finally {
      await networkServer.close();
      await workbench.command('o1-mini: Delete API Key');
    }
  });

  for (const address of ['http://x.localhost:9', 'http://127.0.0.2:9', 'http://8.8.8.8:9']) {
    it(`S4 receives nothing at ${address}`, async () => {
      await workbench.settings({ 'o1mini.baseUrl': address });
      await chat.ask('Where do you go?');
      await chat.until('Failed: Invalid o1mini.baseUrl');
      await chat.answers
        .last()
        .getByText('Plain http would send your API key and code unencrypted')
        .waitFor();
    });
  }

  it('S5 receives the key as it was pasted, and cannot put it into the window by repeating it', async () => {
    api.setKey(key);
    await workbench.command('o1-mini: Set API Key');
    await enterApiKey(workbench, `export OPENAI_API_KEY="${key}"`);
    await workbench.notification('was removed.');
    await workbench.command('Notifications: Clear All Notifications');
    await chat.box.focus();
    const quoted = [
      key,
      btoa(key),
      btoa(`user:${key}`),
      Buffer.from(key).toString('hex'),
      key.replace('-', '<b>-</b>'),
    ].join(' ');
    api.script({ kind: 'answer', text: `Your key is ${quoted}.`, deltaMs: 1 });
    await chat.ask(question);
    await chat.until('Done');
    const shown = await chat.log.innerText();
    assert.match(shown, /Your key is \[key\]/);
    for (let attempt = 0; attempt < 3; attempt++) {
      const body = JSON.stringify({
        error: { message: `I do not know ${quoted}, and you ask "${question}"` },
      });
      api.script({ kind: 'status', status: 500, body });
    }
    await chat.ask(question);
    await chat.until('Failed: The service reported an error');
    assertNoPart(key, await workbench.panel().locator('body').innerHTML(), 'the panel');
    await workbench.command('o1-mini: Delete API Key');
    api.setKey(undefined);
  });

  it('S5 leaves neither key nor question in files where they do not belong', () => {
    const files = filesIn(workbench.dataDir);
    const logs = files.filter((file) => file.endsWith('.log'));
    assert.ok(logs.some((file) => contentOf(file).includes('"kind":"server"')));
    for (const file of files) assertNoPart(key, contentOf(file), file);
    for (const file of logs) assert.ok(!contentOf(file).includes('treasure of Captain'), file);
    recordFigure(
      'S5',
      `${files.length} files of a window searched, 0 with the key; ${logs.length} logs, 0 with the question`,
    );
  });
});

/** Asserts that no eight characters of the key or of an encoding of it are in the content. */
function assertNoPart(secret: string, content: string, place: string): void {
  for (const text of [
    secret,
    btoa(secret),
    btoa(`user:${secret}`).slice(7, -4),
    Buffer.from(secret).toString('hex'),
  ]) {
    for (let at = 3; at + 8 <= text.length; at += 4) {
      assert.ok(!content.includes(text.slice(at, at + 8)), `${text.slice(at, at + 8)} in ${place}`);
    }
  }
}
