import assert from 'node:assert/strict';
import { startServer } from '../server/server';
import { freshChat, type ChatPage } from './chat-page';
import { inThemes } from './pictures';
import { streamed, words } from './streamed';
import { sharedWindow, type TestWindow } from './window';

const gone = '{"error":{"message":"The model o1-mini has been retired.","code":"model_not_found"}}';

describe('A model that is not there any more', () => {
  let w: TestWindow;
  let chat: ChatPage;

  before(() => {
    w = sharedWindow();
  });
  beforeEach(async () => {
    w.api.clear();
    chat = await freshChat(w);
  });
  afterEach(() => w.settings({ 'o1mini.model': undefined }));

  const models = (): readonly unknown[] =>
    w.api.requests.map(({ body }) => (body as { readonly model: string }).model);
  const offer = (model: string): Promise<void> =>
    w
      .panel()
      .getByRole('button', { name: `Model: ${model}. Select Model` })
      .waitFor();

  async function askInVain(): Promise<void> {
    w.api.script({ kind: 'status', status: 404, body: gone });
    await chat.ask('Are you still there?');
    await chat.until('Failed: o1-mini has been retired by this service');
  }

  it('is replaced by the one that the service names, and the question asked again, in one click', async () => {
    await askInVain();
    await inThemes(w, 'retired-model');
    await chat.button('Use o4-mini').click();
    await chat.until('Done');
    assert.deepEqual(models(), ['o1-mini', 'o4-mini']);
    assert.equal(await chat.questions.count(), 1);
    assert.equal(await chat.answers.getByRole('alert').count(), 0);
    await offer('o4-mini');
    await chat.ask('And you?');
    await chat.until('Done');
    assert.deepEqual(models(), ['o1-mini', 'o4-mini', 'o4-mini']);
  });

  it('is replaced by the one that the user chooses, and the question asked again', async () => {
    await askInVain();
    await chat.button('Select Model').click();
    await w.choose(/^o3/);
    await chat.until('Done');
    assert.deepEqual(models(), ['o1-mini', 'o3']);
    assert.equal(await chat.questions.count(), 1);
    await offer('o3');
  });

  it('stays, and nothing is sent, where the user would rather not choose', async () => {
    await askInVain();
    await chat.button('Select Model').click();
    await w.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await w.page.locator('.quick-input-box input:focus').waitFor();
    await w.page.keyboard.press('Escape');
    await w.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await chat.button('Use o4-mini').waitFor();
    assert.deepEqual(models(), ['o1-mini']);
    await offer('o1-mini');
  });
});

describe('Select Model', () => {
  let w: TestWindow;
  let chat: ChatPage;

  before(() => {
    w = sharedWindow();
  });
  beforeEach(async () => {
    w.api.clear();
    chat = await freshChat(w);
  });
  afterEach(() => w.settings({ 'o1mini.baseUrl': w.api.origin, 'o1mini.model': undefined }));

  const rows = () => w.page.locator('.quick-input-list .monaco-list-row');
  const input = () => w.page.locator('.quick-input-widget input[type=text]');
  const lastModel = (): unknown => (w.api.requests.at(-1)?.body as { readonly model?: string }).model;

  it('shows what each model can hold, costs and how long it is there, the one in use first', async () => {
    await w.command('o1-mini: Select Model…');
    const current = rows().filter({ hasText: '128,000 context tokens' });
    await current.waitFor();
    assert.match(
      await current.innerText(),
      /o1-mini.*65,536 output tokens.*\$1\.10 in, \$4\.40 out per million.*deprecated, shut down on Oct 27, 2025, replaced by o4-mini/s,
    );
    assert.match(await rows().first().innerText(), /o1-mini/);
    await w.screenshot('select-model');
    await w.choose(/^o4-mini/);
    await w.panel().getByRole('button', { name: 'Model: o4-mini. Select Model' }).waitFor();
    await chat.ask('Hello');
    await chat.until('Done');
    assert.equal(lastModel(), 'o4-mini');
  });

  it('opens from beside the question, and takes a name that is not in the list', async () => {
    await w.panel().getByRole('button', { name: 'Model: o1-mini. Select Model' }).click();
    await rows().filter({ hasText: '128,000' }).waitFor();
    await input().fill('our-own/model-7');
    await rows().filter({ hasText: 'use this name' }).waitFor();
    await input().press('Enter');
    await w.panel().getByRole('button', { name: 'Model: our-own/model-7. Select Model' }).waitFor();
    w.api.script(streamed(words('It is me.')));
    await chat.ask('Who is it?');
    await chat.until('Done');
    assert.equal(lastModel(), 'our-own/model-7');
  });

  it('takes any name where the service has no list', async () => {
    const bare = await startServer({ modelList: false, pace: { thinkingMs: 0, deltaMs: 0 } });
    try {
      await w.settings({ 'o1mini.baseUrl': bare.origin });
      await w.command('o1-mini: Select Model…');
      await w.page
        .getByPlaceholder('This service does not list its models. Enter the name of a model')
        .waitFor();
      await input().fill('o3-2025-04-16');
      await rows().filter({ hasText: 'use this name' }).waitFor();
      await input().press('Enter');
      await w.panel().getByRole('button', { name: 'Model: o3-2025-04-16. Select Model' }).waitFor();
      await chat.ask('Hello');
      await chat.until('Done');
      assert.equal((bare.requests[0]?.body as { readonly model?: string }).model, 'o3-2025-04-16');
    } finally {
      await bare.close();
    }
  });
});
