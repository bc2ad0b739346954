import assert from 'node:assert/strict';
import { openChat } from './chat-page';
import { pausedAnswer } from './replies';
import { useChat } from './use-chat';

describe('Reloading', () => {
  const { workbench, api, chat } = useChat();
  const chip = (name: RegExp) => workbench.panel().getByRole('button', { name });
  const deltas = Array.from({ length: 240 }, (_, index) => `word${index} `);

  it('the window during an answer keeps the question, the text so far, an edit, and the draft with its file', async () => {
    await chat.ask('Who was Kepler?');
    await chat.until('Done');
    await chat.questions.first().hover();
    await chat.questions.first().getByRole('button', { name: 'Edit' }).click();
    const editor = chat.questions.first().getByRole('textbox', { name: 'Edit question' });
    await editor.fill('Who was Tycho?');
    api.script(pausedAnswer(deltas, 10).reply);
    await chat.ask('Count to the reload');
    await chat.answers.last().getByText('word100 ').waitFor();
    await chat.box.click();
    await workbench.page.keyboard.type('My next question #ring');
    await workbench
      .panel()
      .getByRole('option', { name: /ring\.c/ })
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Enter');
    await chip(/^ring\.c, \d+ tokens$/).waitFor();
    // A user needs more time between the last key and the reload than the draft needs to reach the host.
    await workbench.command('o1-mini: Open Chat');
    await workbench.reload();
    await openChat(workbench);
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

  it('the webview during an answer loses no text', async () => {
    const { reply, resume } = pausedAnswer(deltas, 10);
    api.script(reply);
    await chat.ask('Count on');
    await chat.answers.last().getByText('word20 ').waitFor();
    await workbench.command('Developer: Reload Webviews');
    resume();
    await chat.until('Done');
    const text = await chat.answers.last().locator('.markdown').innerText();
    assert.equal(text.trim(), deltas.join('').trim());
  });

  it('the window keeps the conversation, which can be continued', async () => {
    await chat.ask('What did I ask before?');
    await chat.answers.last().getByText('Count on').first().waitFor();
    await chat.until('Done');
    // Questions far from the viewport are not rendered yet.
    const texts = (await chat.questions.allInnerTexts()).map((text) => text.trim());
    assert.deepEqual(texts.slice(-3), ['Count to the reload', 'Count on', 'What did I ask before?']);
  });
});
