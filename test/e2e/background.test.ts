import assert from 'node:assert/strict';
import { freshChat, type ChatPage } from './chat-page';
import { untilSaved } from './chat-files';
import { held } from './streamed';
import { sharedWindow, type TestWindow } from './window';

const words = (name: string): readonly string[] =>
  Array.from({ length: 200 }, (_, index) => `${name}${index} `);

describe('An answer that is left', () => {
  let w: TestWindow;
  let chat: ChatPage;

  before(async () => {
    w = sharedWindow();
    w.api.clear();
    chat = await freshChat(w);
  });

  it('goes on while another chat is shown and asked in, and both are whole', async () => {
    const [first, second] = [words('left'), words('shown')];
    const [left, shown] = [held(first, 5), held(second, 5)];
    w.api.script(left.reply);
    await chat.ask('What is left behind?');
    await chat.answers.last().getByText('left5 ').waitFor();
    await w.command('o1-mini: New Chat');
    await chat.questions.first().waitFor({ state: 'detached' });
    w.api.script(shown.reply);
    await chat.ask('What is shown?');
    await chat.answers.last().getByText('shown5 ').waitFor();
    assert.deepEqual(
      w.api.requests.map(({ state }) => state),
      ['open', 'open'],
    );
    left.letGo();
    shown.letGo();
    await chat.until('Done');
    assert.equal((await chat.answers.locator('.markdown').innerText()).trim(), second.join('').trim());
    assert.equal(await w.api.requests[0]?.ended, 'answered');
    await untilSaved(w, 'What is left behind?', first.join(''));
    await untilSaved(w, 'What is shown?', second.join(''));
    assert.equal(await chat.questions.count(), 1);
  });

  it('is not stopped by Stop, which is for the chat that is shown', async () => {
    const { reply, letGo } = held(['Late', '.'], 0);
    w.api.script(reply);
    await chat.ask('Will you be late?');
    await chat.until('Answering');
    await w.command('o1-mini: New Chat');
    await chat.questions.first().waitFor({ state: 'detached' });
    w.api.script({ kind: 'answer', text: 'Never.', thinkingMs: 600_000 });
    await chat.ask('And you?');
    await chat.until('Thinking');
    await chat.button('Stop').click();
    await chat.until('Stopped');
    assert.equal(await w.api.requests.at(-1)?.ended, 'closedEarly');
    letGo();
    await untilSaved(w, 'Will you be late?', 'Late.');
  });
});
