import assert from 'node:assert/strict';
import { pausedAnswer } from './replies';
import { useChat } from './use-chat';

describe('A chat that was hidden during an answer', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  it('has the whole answer, the draft and its undo steps when it is shown again', async () => {
    const words = Array.from({ length: 60 }, (_, index) => `word${index} `);
    const { reply, resume } = pausedAnswer(words, 10);
    api.script(reply);
    await chat.ask('Count behind the side bar');
    await chat.answers.last().getByText('word5 ').waitFor();
    await chat.box.focus();
    await workbench.page.keyboard.type('next question');
    await workbench.press('hideOrShowSideBar');
    await chat.box.waitFor({ state: 'hidden' });
    resume();
    assert.equal(await api.requests[0]?.ended, 'answered');
    await workbench.press('hideOrShowSideBar');
    await chat.until('Done');
    const text = await chat.answers.last().locator('.markdown').innerText();
    assert.equal(text.trim(), words.join('').trim());
    await chat.box.focus();
    await workbench.page.keyboard.press('Control+z');
    assert.equal(await chat.box.inputValue(), 'next ');
    await chat.box.fill('');
  });
});
