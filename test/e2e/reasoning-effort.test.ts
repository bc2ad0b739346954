import assert from 'node:assert/strict';
import { useChat } from './use-chat';

describe('The reasoning effort', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  beforeEach(() => workbench.settings({ 'o1mini.model': 'o3' }));
  afterEach(() => workbench.settings({ 'o1mini.model': undefined, 'o1mini.reasoningEffort': undefined }));

  const efforts = (): readonly unknown[] =>
    api.requests.map(({ body }) => (body as Readonly<Record<string, unknown>>)['reasoning_effort']);
  const effortButton = (effort: string) =>
    workbench.panel().getByRole('button', {
      name: `Reasoning effort: ${effort}. Select Reasoning Effort`,
      exact: true,
    });

  it('is selected beside the model for the next question, and shown with the answer', async () => {
    await effortButton('default effort').click();
    await workbench.choose('Next Question Only');
    await workbench.choose(/^high/);
    await effortButton('high (next question)').waitFor();
    await chat.ask('Why?');
    await chat.until('Done');
    await workbench.panel().getByText('reasoning effort: high').first().waitFor();
    await effortButton('default effort').waitFor();
    await workbench.screenshot('reasoning-effort');
    await chat.ask('And then?');
    await chat.until('Done');
    assert.deepEqual(efforts(), ['high', undefined]);
  });

  it('that the model does not accept is replaced by the nearest one, which the answer names', async () => {
    await workbench.settings({ 'o1mini.reasoningEffort': 'xhigh' });
    await effortButton('xhigh').waitFor();
    await chat.ask('Why?');
    await chat.until('Done');
    await workbench.panel().getByText('reasoning effort: high (xhigh is not accepted)').first().waitFor();
    assert.deepEqual(efforts(), ['xhigh', 'high']);
    // The values that the model accepts are offered from now on.
    await workbench.command('o1-mini: Select Reasoning Effort…');
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'Model Default' }).waitFor();
    assert.match(await rows.first().innerText(), /low/);
    await workbench.closeQuickInput();
  });
});

describe('The verbosity', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  afterEach(() => workbench.settings({ 'o1mini.model': undefined, 'o1mini.verbosity': undefined }));

  const verbosities = (): readonly unknown[] =>
    api.requests.map(({ body }) => (body as Readonly<Record<string, unknown>>)['verbosity']);
  const verbosityButton = (verbosity: string) =>
    workbench.panel().getByRole('button', { name: `Verbosity: ${verbosity}. Select Verbosity`, exact: true });

  it('is selected beside the model, for the next question or for the chat', async () => {
    await workbench.settings({ 'o1mini.model': 'gpt-5-mini' });
    await verbosityButton('default').click();
    await workbench.choose('Next Question Only');
    await workbench.choose(/^low/);
    await verbosityButton('low (next question)').waitFor();
    await workbench.screenshot('verbosity');
    await chat.ask('Why?');
    await chat.until('Done');
    await verbosityButton('default').press('Enter');
    await workbench.choose(/^high/);
    await verbosityButton('high').waitFor();
    await chat.ask('And then?');
    await chat.until('Done');
    assert.deepEqual(verbosities(), ['low', 'high']);
  });

  it('can no longer be selected after the model rejected it', async () => {
    await workbench.settings({ 'o1mini.model': 'o3', 'o1mini.verbosity': 'low' });
    await verbosityButton('low').waitFor();
    await chat.ask('Why?');
    await chat.until('Done');
    await verbosityButton('low').waitFor({ state: 'hidden' });
    assert.deepEqual(verbosities(), ['low', undefined]);
  });
});

describe('A model that the list says is gone', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  beforeEach(() => workbench.settings({ 'o1mini.model': 'o1-preview' }));
  afterEach(() => workbench.settings({ 'o1mini.model': undefined }));

  it('is replaced before the question is sent, with one click', async () => {
    await chat.box.fill('Are you still there?');
    await chat.button('Send').click();
    const dialog = workbench.dialog('o1-preview has been retired by 127.0.0.1');
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /\$2\.00 input, \$8\.00 output per million tokens/);
    assert.equal(api.requests.length, 0);
    await workbench.screenshot('retired-before-sending');
    await dialog.getByRole('button', { name: 'Use o3' }).click();
    await chat.until('Done');
    assert.equal((api.requests[0]?.body as { readonly model?: string }).model, 'o3');
    assert.equal(await chat.questions.count(), 1);
  });
});
