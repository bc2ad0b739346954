import assert from 'node:assert/strict';
import { useChat } from './use-chat';

/** The number of requests before a temporary error is shown, because each question is retried twice. */
const attempts = 3;

describe('Errors in the conversation', () => {
  const { workbench, api, chat } = useChat();

  beforeEach(() =>
    workbench.settings({
      'o1mini.baseUrl': api.origin,
      'o1mini.seed': undefined,
      'o1mini.n': undefined,
    }),
  );

  const cards: readonly (readonly [string, number, string, RegExp, readonly string[]])[] = [
    [
      'a wrong key',
      401,
      '{"message":"Invalid token"}',
      /refused the API key.*Invalid token/s,
      ['Set API Key', 'Retry', 'Show Log'],
    ],
    [
      'no credit',
      403,
      '{"message":"Run out of credits"}',
      /Insufficient credit.*Run out of credits.*kept/s,
      ['Retry', 'Set API Key', 'Show Log'],
    ],
    [
      'a retired model',
      404,
      '{"error":{"message":"Model o1-mini is gone","code":"model_not_found"}}',
      /o1-mini has been retired by this service.*recommends o4-mini instead.*kept/s,
      ['Use o4-mini', 'Select Model', 'Open Settings', 'Show Log'],
    ],
    [
      'too many requests',
      429,
      '{"error":{"message":"Slow down"}}',
      /Rate limit reached.*Slow down/s,
      ['Retry', 'Show Log'],
    ],
    [
      'a broken service',
      503,
      '<html><title>Maintenance</title></html>',
      /The service reported an error.*503: Maintenance/s,
      ['Retry', 'Show Log'],
    ],
    [
      'an HTML page instead of an answer',
      200,
      '<html>Welcome',
      /returned a web page: Welcome\. The address may be that of a website/,
      ['Use http://server/chat/completions', 'Open Settings', 'Retry', 'Show Log'],
    ],
  ];
  for (const [what, status, body, expected, buttons] of cards) {
    it(`explain ${what}, and offer ${buttons.join(', ')}`, async () => {
      for (let attempt = 0; attempt < attempts; attempt++) api.script({ kind: 'status', status, body });
      await chat.ask(`Meet ${what}`);
      await chat.until('Failed: ');
      const card = chat.answers.last().getByRole('alert').filter({ hasText: expected });
      await card.waitFor();
      const labels = await card.getByRole('button').allInnerTexts();
      assert.deepEqual(
        labels.map((label) => label.replace(api.origin, 'http://server')),
        buttons,
      );
    });
  }

  it('can be retried', async () => {
    await chat.button('Retry').click();
    await chat.until('Done');
    assert.equal(api.requests.length, 1);
    assert.equal(await chat.answers.last().getByRole('alert').count(), 0);
  });

  it('keep the text received before the stream broke, and show the answer after a retry', async () => {
    const delta = 'data: {"choices":[{"index":0,"delta":{"content":"Half an answer"}}]}\n\n';
    api.script({ kind: 'stream', chunks: [delta], end: 'destroy' });
    await chat.ask('Break');
    await chat.until('Incomplete: The connection was lost');
    await chat.answers.last().getByText('Half an answer').waitFor();
    await chat.button('Retry').click();
    await chat.until('Done');
    await chat.log.getByText('Earlier answer').click();
    await chat.log.getByText('Half an answer').waitFor();
  });

  it('report a stream that ends early as incomplete', async () => {
    const delta = 'data: {"choices":[{"index":0,"delta":{"content":"Half"}}]}\n\n';
    api.script({ kind: 'stream', chunks: [delta], end: 'close' });
    await chat.ask('End');
    await chat.until('Incomplete: The answer was interrupted');
  });

  const addresses: readonly (readonly [string, RegExp])[] = [
    ['https://', /This is not a valid URL/],
    ['https://api.aimlapi.com/v 1', /contains a space/],
    ['http://api.aimlapi.com', /Plain http would send your API key/],
    ['https://me:secret@api.aimlapi.com', /contains a user name or password/],
  ];
  for (const [address, expected] of addresses) {
    it(`explain why nothing was sent to ${address}`, async () => {
      await workbench.settings({ 'o1mini.baseUrl': address });
      await chat.ask(`Where is ${address}?`);
      await chat.until('Failed: Invalid o1mini.baseUrl');
      const card = chat.answers.last().getByRole('alert');
      assert.match(await card.innerText(), expected);
      assert.ok(!(await card.innerText()).includes('secret'));
      assert.equal(api.requests.length, 0);
    });
  }

  it('open the setting that has to be changed', async () => {
    await chat.button('Open Settings').click();
    await workbench.page.locator('.settings-editor').getByText('Base Url').first().waitFor();
    await workbench.closeEditors();
  });

  it('open the log, which does not contain the question', async () => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      api.script({ kind: 'status', status: 500, body: '{"message":"Kaput"}' });
    }
    await chat.ask('secret-question');
    await chat.until('Failed');
    await chat.button('Show Log').click();
    const output = workbench.page.locator('.output-view, .part.panel .view-lines').last();
    await output.getByText('Kaput').first().waitFor();
    const log = await output.innerText();
    assert.ok(!log.includes('secret-question'));
    await workbench.command('View: Toggle Panel Visibility');
  });

  it('explain a wrong path and a redirect', async () => {
    api.script({ kind: 'status', status: 404, body: '{"message":"Cannot POST /v1/chat/completions"}' });
    await chat.ask('Where?');
    await chat.until('Failed: No chat service at this address');
    api.script({ kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/steal' });
    await chat.ask('Elsewhere?');
    await chat.until('Failed: The service redirected the request');
    await chat.answers.last().getByText('http://127.0.0.1:9/steal').waitFor();
  });

  it('name each setting with an invalid value, and its default is used', async () => {
    await workbench.settings({ 'o1mini.n': 0, 'o1mini.seed': 0, 'o1mini.userName': 'has space' });
    await chat.ask('Defaults');
    await chat.until('Done');
    await workbench.notification('o1mini.n, o1mini.seed, o1mini.userName');
    const body = api.requests.at(-1)?.body as Record<string, unknown>;
    assert.deepEqual([body['n'], body['seed']], [undefined, undefined]);
    await workbench.settings({
      'o1mini.n': undefined,
      'o1mini.seed': undefined,
      'o1mini.userName': undefined,
    });
  });
});
