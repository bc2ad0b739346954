import assert from 'node:assert/strict';
import { openChat } from './chat-page';
import { pausedAnswer } from './replies';
import { useChat } from './use-chat';

describe('Moving the panel', () => {
  const { workbench, api, chat } = useChat();
  const deltas = Array.from({ length: 200 }, (_, index) => `word${index} `);

  after(() => workbench.command('View: Reset View Locations'));

  it('during an answer loses no text', async () => {
    const { reply, resume } = pausedAnswer(deltas, 10);
    api.script(reply);
    await chat.ask('Count while moving');
    await chat.answers.last().getByText('word5 ').waitFor();
    await workbench.command('View: Move View');
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'o1-mini Chat' }).first().click();
    await rows.filter({ hasText: 'New Panel Entry' }).first().click();
    await workbench.page.locator('.part.panel').getByText('o1-mini Chat', { exact: true }).first().waitFor();
    assert.equal(api.requests[0]?.state, 'open');
    resume();
    await openChat(workbench);
    await chat.until('Done');
    const text = await chat.answers.last().locator('.markdown').innerText();
    assert.equal(text.trim(), deltas.join('').trim());
  });
});
