import assert from 'node:assert/strict';
import { untilSaved } from './chat-files';
import { pausedAnswer } from './replies';
import { useChat } from './use-chat';

const deltasOf = (name: string): readonly string[] =>
  Array.from({ length: 200 }, (_, index) => `${name}${index} `);

describe('An answer in a chat that is not shown', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  it('continues while another chat is shown and used, and both answers are complete', async () => {
    const [first, second] = [deltasOf('hidden'), deltasOf('shown')];
    const [hidden, shown] = [pausedAnswer(first, 5), pausedAnswer(second, 5)];
    api.script(hidden.reply);
    await chat.ask('What is hidden?');
    await chat.answers.last().getByText('hidden5 ').waitFor();
    await workbench.command('o1-mini: New Chat');
    await chat.questions.first().waitFor({ state: 'detached' });
    api.script(shown.reply);
    await chat.ask('What is shown?');
    await chat.answers.last().getByText('shown5 ').waitFor();
    assert.deepEqual(
      api.requests.map(({ state }) => state),
      ['open', 'open'],
    );
    hidden.resume();
    shown.resume();
    await chat.until('Done');
    assert.equal((await chat.answers.locator('.markdown').innerText()).trim(), second.join('').trim());
    assert.equal(await api.requests[0]?.ended, 'answered');
    await untilSaved(workbench, 'What is hidden?', first.join(''));
    await untilSaved(workbench, 'What is shown?', second.join(''));
    assert.equal(await chat.questions.count(), 1);
  });

  it('is not stopped by Stop, which applies to the chat that is shown', async () => {
    const { reply, resume } = pausedAnswer(['Late', '.'], 0);
    api.script(reply);
    await chat.ask('Will you be late?');
    await chat.until('Answering');
    await workbench.command('o1-mini: New Chat');
    await chat.questions.first().waitFor({ state: 'detached' });
    api.script({ kind: 'answer', text: 'Never.', thinkingMs: 600_000 });
    await chat.ask('And you?');
    await chat.until('Thinking');
    await chat.button('Stop').click();
    await chat.until('Stopped');
    assert.equal(await api.requests.at(-1)?.ended, 'closedEarly');
    resume();
    await untilSaved(workbench, 'Will you be late?', 'Late.');
  });
});
