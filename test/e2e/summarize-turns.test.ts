import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { startServer, type ApiServer } from '../server/server';
import { openChat, openNewChat } from './chat-page';
import { screenshotInThemes } from './screenshots';
import { lastMessages } from './requests';
import { useChat } from './use-chat';

describe('A chat that fills the context window', () => {
  const { workbench, api, chat } = useChat();
  let smallServer: ApiServer;

  before(async () => {
    smallServer = await startServer({ dialect: 'vllm', pace: { thinkingMs: 0, deltaMs: 0 } });
    await workbench.settings({ 'o1mini.baseUrl': smallServer.origin, 'o1mini.model': 'Qwen/Qwen3-8B' });
  });
  after(async () => {
    await workbench.settings({ 'o1mini.baseUrl': api.origin, 'o1mini.model': undefined });
    await smallServer.close();
  });

  const suggestion = (): Locator => chat.button('Summarize Earlier Turns');
  const summary = (): Locator => workbench.panel().getByRole('article', { name: 'Summary' });

  it('can be summarized after a confirmation with the price', async () => {
    await openNewChat(workbench);
    await chat.ask('What is a ring?');
    await chat.until('Done');
    assert.equal(await suggestion().count(), 0);
    smallServer.script({ kind: 'answer', text: 'word '.repeat(13_000) });
    await chat.ask('Tell me all about rings');
    await chat.until('Done');
    await chat.ask('And about graphs');
    await chat.until('Done');
    await suggestion().waitFor();
    const requestCount = smallServer.requests.length;
    await suggestion().click();
    const dialog = workbench.dialog('The first 2 questions and their answers are summarized');
    await dialog.waitFor();
    assert.match(
      await dialog.innerText(),
      /tokens to Qwen\/Qwen3-8B to summarize.*Nothing has been sent yet/s,
    );
    await workbench.screenshot('summarize-dialog');
    assert.equal(smallServer.requests.length, requestCount);
    smallServer.script({ kind: 'answer', text: 'Rings were explained, **in short**.' });
    await dialog.getByRole('button', { name: 'Summarize', exact: true }).click();
    await summary().getByText('Rings were explained').waitFor();
    await chat.until('Done');
    await suggestion().waitFor({ state: 'detached' });
    await screenshotInThemes(workbench, 'summary');
  });

  it('continues with the summary instead of its first turns, even after a reload', async () => {
    await workbench.reload();
    await openChat(workbench);
    await summary().getByText('Rings were explained').waitFor();
    await chat.ask('And about orbits?');
    await chat.until('Done');
    const [question, answer, ...rest] = lastMessages(smallServer).map((text) => text.slice(0, 40).trim());
    assert.deepEqual(
      [question, answer, rest[0], rest.at(-1)],
      [
        'Summarize our conversation so far.',
        'Rings were explained, **in short**.',
        'And about graphs',
        'And about orbits?',
      ],
    );
    assert.equal(await chat.questions.count(), 4, 'the original questions are still shown');
  });

  it('sends the edited summary, and offers a summary again after it was undone', async () => {
    await chat.button('Undo Summary').click();
    await workbench.panel().locator('summary', { hasText: 'Summary, not sent' }).click();
    await chat.button('Use Summary').click();
    await chat.button('Edit Summary').click();
    await workbench.panel().getByRole('textbox', { name: 'Edit summary' }).fill('All about rings.');
    await chat.button('Save').click();
    await summary().getByText('All about rings.').waitFor();
    await chat.ask('And now?');
    await chat.until('Done');
    assert.equal(lastMessages(smallServer)[1], 'All about rings.');
    await chat.button('Undo Summary').click();
    await suggestion().waitFor();
    await workbench.command('o1-mini: Summarize Earlier Turns');
    await workbench.dialog('summarize earlier turns').getByRole('button', { name: 'Cancel' }).click();
  });
});
