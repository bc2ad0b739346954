import assert from 'node:assert/strict';
import { openChat, type ChatPage } from './chat-page';
import { held } from './streamed';
import { sharedWindow, type TestWindow } from './window';

describe('Moving the panel', () => {
  let w: TestWindow;
  let chat: ChatPage;
  const deltas = Array.from({ length: 200 }, (_, index) => `word${index} `);

  before(async () => {
    w = sharedWindow();
    chat = await openChat(w);
  });
  after(() => w.command('View: Reset View Locations'));

  it('to another place in mid-stream loses nothing', async () => {
    w.api.clear();
    const { reply, letGo } = held(deltas, 10);
    w.api.script(reply);
    await chat.ask('Count while moving');
    await chat.answers.last().getByText('word5 ').waitFor();
    await w.command('View: Move View');
    const rows = w.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'o1-mini Chat' }).first().click();
    await rows.filter({ hasText: 'New Panel Entry' }).first().click();
    await w.page.locator('.part.panel').getByText('o1-mini Chat', { exact: true }).first().waitFor();
    assert.equal(w.api.requests[0]?.state, 'open');
    letGo();
    chat = await openChat(w);
    await chat.until('Done');
    const text = await chat.answers.last().locator('.markdown').innerText();
    assert.equal(text.trim(), deltas.join('').trim());
  });
});
