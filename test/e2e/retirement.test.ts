import assert from 'node:assert/strict';
import { startServer } from '../server/server';
import { screenshotInThemes } from './screenshots';
import { streamOf, textChunk } from './replies';
import { useChat } from './window';

const gone = '{"error":{"message":"The model o1-mini has been retired.","code":"model_not_found"}}';

describe('A model that is not there any more', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  afterEach(() => workbench.settings({ 'o1mini.model': undefined }));

  const models = (): readonly unknown[] =>
    api.requests.map(({ body }) => (body as { readonly model: string }).model);
  const offer = (model: string): Promise<void> =>
    workbench
      .panel()
      .getByRole('button', { name: `Model: ${model}. Select Model` })
      .waitFor();

  async function askInVain(): Promise<void> {
    api.script({ kind: 'status', status: 404, body: gone });
    await chat.ask('Are you still there?');
    await chat.until('Failed: o1-mini has been retired by this service');
  }

  it('is replaced by the one that the service names, and the question asked again, in one click', async () => {
    await askInVain();
    await screenshotInThemes(workbench, 'retired-model');
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
    await workbench.choose(/^o3/);
    await chat.until('Done');
    assert.deepEqual(models(), ['o1-mini', 'o3']);
    assert.equal(await chat.questions.count(), 1);
    await offer('o3');
  });

  it('stays, and nothing is sent, where the user would rather not choose', async () => {
    await askInVain();
    await chat.button('Select Model').click();
    await workbench.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await workbench.page.locator('.quick-input-box input:focus').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await chat.button('Use o4-mini').waitFor();
    assert.deepEqual(models(), ['o1-mini']);
    await offer('o1-mini');
  });
});

describe('Select Model', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  afterEach(() => workbench.settings({ 'o1mini.baseUrl': api.origin, 'o1mini.model': undefined }));

  const rows = () => workbench.page.locator('.quick-input-list .monaco-list-row');
  const input = () => workbench.page.locator('.quick-input-widget input[type=text]');
  const lastModel = (): unknown => (api.requests.at(-1)?.body as { readonly model?: string }).model;

  it('shows what each model can hold, costs and how long it is there, the one in use first', async () => {
    await workbench.command('o1-mini: Select Model…');
    const current = rows().filter({ hasText: '128,000 context tokens' });
    await current.waitFor();
    assert.match(
      await current.innerText(),
      /o1-mini.*65,536 output tokens.*\$1\.10 input, \$4\.40 output per million tokens.*deprecated, shutdown on Oct 27, 2025, replaced by o4-mini/s,
    );
    assert.match(await rows().first().innerText(), /o1-mini/);
    await workbench.screenshot('select-model');
    await workbench.choose(/^o4-mini/);
    await workbench.panel().getByRole('button', { name: 'Model: o4-mini. Select Model' }).waitFor();
    await chat.ask('Hello');
    await chat.until('Done');
    assert.equal(lastModel(), 'o4-mini');
  });

  it('opens from beside the question, and takes a name that is not in the list', async () => {
    await workbench.panel().getByRole('button', { name: 'Model: o1-mini. Select Model' }).click();
    await rows().filter({ hasText: '128,000' }).waitFor();
    await input().fill('our-own/model-7');
    await rows().filter({ hasText: 'use this name' }).waitFor();
    await input().press('Enter');
    await workbench.panel().getByRole('button', { name: 'Model: our-own/model-7. Select Model' }).waitFor();
    api.script(streamOf(textChunk('It is me.')));
    await chat.ask('Who is it?');
    await chat.until('Done');
    assert.equal(lastModel(), 'our-own/model-7');
  });

  it('takes any name where the service has no list', async () => {
    const bare = await startServer({ modelList: false, pace: { thinkingMs: 0, deltaMs: 0 } });
    try {
      await workbench.settings({ 'o1mini.baseUrl': bare.origin });
      await workbench.command('o1-mini: Select Model…');
      await workbench.page
        .getByPlaceholder('This service does not list its models. Enter the name of a model')
        .waitFor();
      await input().fill('o3-2025-04-16');
      await rows().filter({ hasText: 'use this name' }).waitFor();
      await input().press('Enter');
      await workbench.panel().getByRole('button', { name: 'Model: o3-2025-04-16. Select Model' }).waitFor();
      await chat.ask('Hello');
      await chat.until('Done');
      assert.equal((bare.requests[0]?.body as { readonly model?: string }).model, 'o3-2025-04-16');
    } finally {
      await bare.close();
    }
  });
});
