import assert from 'node:assert/strict';
import { pausedAnswer } from './replies';
import { lastMessages } from './requests';
import { useChat } from './use-chat';

describe('A question that is entered while an answer arrives', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });
  const queue = () => workbench.panel().getByRole('list', { name: 'Queued Questions' });
  const queued = (text: string) => queue().getByRole('listitem').filter({ hasText: text });

  /** Asks the first question, and pauses in the middle of its answer until the returned function is called. */
  async function pauseInAnswer(): Promise<() => void> {
    const { reply, resume } = pausedAnswer(['One ', 'two'], 0);
    api.script(reply);
    await chat.ask('First?');
    await chat.until('Answering');
    return resume;
  }

  it('is shown above the box, and sent with the whole answer when that ends', async () => {
    const resume = await pauseInAnswer();
    await chat.enter('Second?');
    await queued('Second?').getByText('Queued until the answer ends').waitFor();
    await chat.enter('Third?');
    await queued('Third?').waitFor();
    assert.equal(await chat.box.inputValue(), '');
    await workbench.screenshot('queued-questions');
    assert.deepEqual([api.requests.length, await chat.questions.count()], [1, 1]);
    resume();
    await chat.questions.nth(2).waitFor();
    await chat.until('Done');
    assert.deepEqual(await chat.questions.allInnerTexts(), ['First?', 'Second?', 'Third?']);
    const [first, answer, second, , third] = lastMessages(api);
    assert.deepEqual([first, answer, second, third], ['First?', 'One two', 'Second?', 'Third?']);
    assert.equal(await queue().isVisible(), false);
  });

  it('can be edited or removed until then', async () => {
    const resume = await pauseInAnswer();
    await chat.enter('Secnd?');
    await chat.enter('Third?');
    await queued('Third?').getByRole('button', { name: 'Remove Queued Question' }).click();
    await queued('Third?').waitFor({ state: 'detached' });
    await queued('Secnd?').getByRole('button', { name: 'Edit Queued Question' }).click();
    await queued('Secnd?').waitFor({ state: 'detached' });
    assert.equal(await chat.box.inputValue(), 'Secnd?');
    await chat.enter('Second?');
    await queued('Second?').waitFor();
    resume();
    await chat.questions.nth(1).waitFor();
    await chat.until('Done');
    assert.deepEqual(await chat.questions.allInnerTexts(), ['First?', 'Second?']);
    assert.equal(api.requests.length, 2);
  });

  it('is kept if the answer is stopped, also when the window is reloaded, and can be sent then', async () => {
    await pauseInAnswer();
    await chat.enter('Second?');
    await queued('Second?').waitFor();
    await chat.button('Stop').click();
    await queued('Second?').getByText('Not sent because the answer was stopped').waitFor();
    await workbench.reloadByCommand();
    await workbench.press('openChat');
    await queued('Second?').getByText('Not sent').waitFor();
    assert.equal(api.requests.length, 1);
    await queued('Second?').getByRole('button', { name: 'Send Queued Question' }).click();
    await chat.questions.nth(1).waitFor();
    await chat.until('Done');
    assert.deepEqual(await chat.questions.allInnerTexts(), ['First?', 'Second?']);
  });
});
