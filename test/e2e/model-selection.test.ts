import assert from 'node:assert/strict';
import { startServer } from '../server/server';
import { screenshotInThemes } from './screenshots';
import { streamOf, textChunk } from './replies';
import { useChat } from './use-chat';

const retiredError = '{"error":{"message":"The model o1-mini has been retired.","code":"model_not_found"}}';

describe('A model that has been retired', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  afterEach(() => workbench.settings({ 'o1mini.model': undefined }));

  const models = (): readonly unknown[] =>
    api.requests.map(({ body }) => (body as { readonly model: string }).model);
  const waitForModel = (model: string): Promise<void> =>
    workbench
      .panel()
      .getByRole('button', { name: `Model: ${model}. Select Model` })
      .waitFor();

  async function askRetiredModel(): Promise<void> {
    api.script({ kind: 'status', status: 404, body: retiredError });
    await chat.ask('Are you still there?');
    await chat.until('Failed: o1-mini has been retired by this service');
  }

  it('is replaced by the one that the service names, and the question is sent again, with one click', async () => {
    await askRetiredModel();
    await screenshotInThemes(workbench, 'retired-model');
    await chat.button('Use o4-mini').click();
    await chat.until('Done');
    assert.deepEqual(models(), ['o1-mini', 'o4-mini']);
    assert.equal(await chat.questions.count(), 1);
    assert.equal(await chat.answers.getByRole('alert').count(), 0);
    await waitForModel('o4-mini');
    await chat.ask('And you?');
    await chat.until('Done');
    assert.deepEqual(models(), ['o1-mini', 'o4-mini', 'o4-mini']);
  });

  it('is replaced by the one that the user selects, and the question is sent again', async () => {
    await askRetiredModel();
    await chat.button('Select Model').click();
    await workbench.choose(/^o3/);
    await chat.until('Done');
    assert.deepEqual(models(), ['o1-mini', 'o3']);
    assert.equal(await chat.questions.count(), 1);
    await waitForModel('o3');
  });

  it('stays selected, and nothing is sent, if the user cancels', async () => {
    await askRetiredModel();
    await chat.button('Select Model').click();
    await workbench.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await workbench.closeQuickInput();
    await chat.button('Use o4-mini').waitFor();
    assert.deepEqual(models(), ['o1-mini']);
    await waitForModel('o1-mini');
  });
});

describe('Select Model', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  afterEach(() => workbench.settings({ 'o1mini.baseUrl': api.origin, 'o1mini.model': undefined }));

  const rows = () => workbench.page.locator('.quick-input-list .monaco-list-row');
  const input = () => workbench.page.locator('.quick-input-widget input[type=text]');
  const lastModel = (): unknown => (api.requests.at(-1)?.body as { readonly model?: string }).model;

  it('lists the limits, price and shutdown date of each model, the current one first', async () => {
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

  it('opens from the question box, and accepts a name that is not in the list', async () => {
    await workbench.panel().getByRole('button', { name: 'Model: o1-mini. Select Model' }).click();
    await rows().filter({ hasText: '128,000 context' }).waitFor();
    await input().fill('our-own/model-7');
    await rows().filter({ hasText: 'use this name' }).waitFor();
    await input().press('Enter');
    await workbench.panel().getByRole('button', { name: 'Model: our-own/model-7. Select Model' }).waitFor();
    api.script(streamOf(textChunk('It is me.')));
    await chat.ask('Who is it?');
    await chat.until('Done');
    assert.equal(lastModel(), 'our-own/model-7');
  });

  it('accepts any name if the service does not list its models', async () => {
    const server = await startServer({ modelList: false, pace: { thinkingMs: 0, deltaMs: 0 } });
    try {
      await workbench.settings({ 'o1mini.baseUrl': server.origin });
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
      assert.equal((server.requests[0]?.body as { readonly model?: string }).model, 'o3-2025-04-16');
    } finally {
      await server.close();
    }
  });
});
