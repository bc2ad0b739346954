import assert from 'node:assert/strict';
import { openChat, type ChatPage } from './chat-page';
import { held } from './streamed';
import { sharedWindow, type TestWindow } from './window';

describe('Reloading', () => {
  let w: TestWindow;
  let chat: ChatPage;
  const chip = (name: RegExp) => w.panel().getByRole('button', { name });
  const deltas = Array.from({ length: 240 }, (_, index) => `word${index} `);

  before(async () => {
    w = sharedWindow();
    chat = await openChat(w);
  });
  beforeEach(() => w.api.clear());

  it('the window in mid-stream keeps the question, the text so far, an edit, and the draft with its file', async () => {
    await chat.ask('Who was Kepler?');
    await chat.until('Done');
    await chat.questions.first().hover();
    await chat.questions.first().getByRole('button', { name: 'Edit' }).click();
    const editor = chat.questions.first().getByRole('textbox', { name: 'Edit question' });
    await editor.fill('Who was Tycho?');
    w.api.script(held(deltas, 10).reply);
    await chat.ask('Count to the reload');
    await chat.answers.last().getByText('word100 ').waitFor();
    await chat.box.click();
    await w.page.keyboard.type('My next question #ring');
    await w
      .panel()
      .getByRole('option', { name: /ring\.c/ })
      .first()
      .waitFor();
    await w.page.keyboard.press('Enter');
    await chip(/^ring\.c, \d+ tokens$/).waitFor();
    // A person needs longer from the last key to the reload than the text does to the host.
    await w.command('o1-mini: Open Chat');
    await w.reload();
    chat = await openChat(w);
    await chat.until('Incomplete: The window was closed or reloaded');
    await chat.questions.last().getByText('Count to the reload').waitFor();
    const text = (await chat.answers.last().locator('.markdown').innerText()).trim();
    assert.ok(deltas.join('').startsWith(text));
    assert.match(text, / word80 /);
    assert.equal(await editor.inputValue(), 'Who was Tycho?');
    await editor.press('Escape');
    await chip(/^ring\.c, \d+ tokens$/).waitFor();
    assert.equal(await chat.box.inputValue(), 'My next question ');
    await chip(/^Remove ring\.c$/).click();
    await chip(/^ring\.c, /).waitFor({ state: 'detached' });
    await chat.box.fill('');
  });

  it('the panel in mid-stream loses nothing: the stream goes on', async () => {
    const { reply, letGo } = held(deltas, 10);
    w.api.script(reply);
    await chat.ask('Count on');
    await chat.answers.last().getByText('word20 ').waitFor();
    await w.command('Developer: Reload Webviews');
    letGo();
    await chat.until('Done');
    const text = await chat.answers.last().locator('.markdown').innerText();
    assert.equal(text.trim(), deltas.join('').trim());
  });

  it('the window goes on with the conversation that was there', async () => {
    await chat.ask('What did I ask before?');
    await chat.answers.last().getByText('Count on').first().waitFor();
    await chat.until('Done');
    // One that is far out of sight is not drawn yet.
    const texts = (await chat.questions.allInnerTexts()).map((text) => text.trim());
    assert.deepEqual(texts.slice(-3), ['Count to the reload', 'Count on', 'What did I ask before?']);
  });
});
