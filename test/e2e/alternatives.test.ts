import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { startServer } from '../server/server';
import { openChat } from './chat-page';
import { screenshotInThemes } from './screenshots';
import { streamOf, textChunk } from './replies';
import { useChat } from './use-chat';

interface Body {
  readonly n?: number;
  readonly stream: boolean;
  readonly messages: readonly { readonly content: string }[];
}

describe('Several answers to one question', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  before(() => workbench.settings({ 'o1mini.n': 3 }));
  after(() => workbench.settings({ 'o1mini.n': undefined }));

  const tabs = (): Locator => chat.answers.last().getByRole('tab');
  const shown = (): Locator => chat.answers.last().getByRole('tabpanel').locator('.markdown');
  const bodies = (): readonly Body[] => api.requests.map(({ body }) => body as Body);
  const dialog = (): Locator => workbench.dialog('requests 3 answers');

  it('are requested only after the user has seen their number and price, and Cancel loses nothing', async () => {
    await chat.enter('Which of three?');
    await dialog().waitFor();
    assert.match(
      await dialog().innerText(),
      /of up to 25,000 tokens each.*billed.*Maximum cost: \$0\.33.*3 × 25,000 completion tokens.*Nothing has been sent yet/s,
    );
    await workbench.screenshot('alternatives-dialog');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await workbench.panel().getByRole('button', { name: 'Send', disabled: false }).waitFor();
    assert.equal(await chat.box.inputValue(), 'Which of three?');
    assert.equal(await chat.questions.count(), 0);
    assert.equal(api.requests.length, 0);
  });

  it('arrive once the user has agreed, who is not asked again', async () => {
    await chat.enter('Which of three?');
    await dialog().getByRole('button', { name: 'Send Anyway' }).click();
    await chat.questions.first().waitFor();
    await chat.until('Done');
    assert.equal(await tabs().count(), 3);
    await chat.ask('And these three?');
    await chat.until('Done');
    assert.equal(await tabs().count(), 3);
    assert.deepEqual(
      bodies().map(({ n }) => n),
      [3, 3],
    );
  });

  it('are shown as tabs in the order of their numbers, and the selected one is continued', async () => {
    api.script(
      streamOf(
        textChunk('The third.', 'stop', 2),
        textChunk('The first.', 'stop', 0),
        textChunk('The second.', 'stop', 1),
      ),
    );
    await chat.ask('Which?');
    await chat.until('Done');
    assert.equal(await shown().innerText(), 'The first.');
    await chat.answers.getByRole('tab', { name: 'Alternative 2', selected: false }).click();
    await chat.answers.getByRole('tab', { name: 'Alternative 2', selected: true }).waitFor();
    await shown().getByText('The second.').waitFor();
    await screenshotInThemes(workbench, 'alternatives');
    await chat.ask('Why that one?');
    await chat.until('Done');
    assert.deepEqual(
      bodies()[1]?.messages.map(({ content }) => content),
      ['Which?', 'The second.', 'Why that one?'],
    );
    await workbench.command('View: Show Explorer');
    await openChat(workbench);
    await chat.answers.first().getByRole('tab', { name: 'Alternative 2', selected: true }).waitFor();
  });

  it('arrive together if streaming is off', async () => {
    await workbench.settings({ 'o1mini.stream': false });
    await chat.ask('Three at once');
    await chat.until('Done');
    assert.equal(await tabs().count(), 3);
    assert.deepEqual(
      bodies().map(({ n, stream }) => [n, stream]),
      [[3, false]],
    );
    await workbench.settings({ 'o1mini.stream': undefined });
  });

  it('are requested one by one if the server does not support n', async () => {
    const llamaServer = await startServer({ dialect: 'llama.cpp', pace: { thinkingMs: 200, deltaMs: 5 } });
    try {
      await workbench.settings({ 'o1mini.baseUrl': llamaServer.origin });
      await chat.ask('Three of one');
      await chat.until('Done');
      assert.equal(await tabs().count(), 3);
      for (const tab of await tabs().all()) {
        await tab.click();
        await shown().getByText('Three of one').waitFor();
      }
      const requested = llamaServer.requests.map(({ body }) => (body as Body).n);
      assert.deepEqual(requested, [3, undefined, undefined, undefined]);
    } finally {
      await workbench.settings({ 'o1mini.baseUrl': api.origin });
      await llamaServer.close();
    }
  });
});
