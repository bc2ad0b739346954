import assert from 'node:assert/strict';
import { openChat, type ChatPage } from './chat-page';
import { pausedAnswer } from './replies';
import { useChat } from './use-chat';

describe('The panel', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  it('streams the answer as Markdown with highlighted code, and shows its tokens', async () => {
    await chat.ask('Write a function in Python.');
    await chat.until('Done');
    await chat.answers.locator('pre code .hljs-keyword').first().waitFor();
    assert.match(await chat.answers.innerText(), /\d+ prompt · [\d,]+ completion · [\d,]+ reasoning tokens/);
  });

  it('shows that the request is waiting, thinking and for how long, answering, and done', async () => {
    const statuses = await recordStatus(chat);
    const text = 'One two three four five six seven eight nine ten.';
    api.script({ kind: 'answer', text, thinkingMs: 2200, deltaMs: 20 });
    await chat.ask('Think');
    await chat.until('Done');
    const texts = (await statuses()).map((status) => status.replace(/ · usually .*/, ''));
    // On a busy machine, a phase may take longer, and a short one may be missed.
    const thinking = texts.filter((status) => status.startsWith('Thinking'));
    assert.deepEqual(texts, [
      ...(texts[0] === 'Waiting' ? ['Waiting'] : []),
      ...thinking,
      'Answering',
      'Done',
    ]);
    const seconds = thinking.map((status) => Number(/^Thinking (\d+) s$/.exec(status)?.[1]));
    assert.deepEqual(
      seconds,
      [...new Set(seconds)].sort((a, b) => a - b),
    );
    assert.ok(seconds.length >= 2, texts.join());
  });

  it('shows the tokens that the service reports', async () => {
    const answer = { choices: [{ index: 0, delta: { content: 'Hello!' }, finish_reason: 'stop' }] };
    const details = { completion_tokens_details: { reasoning_tokens: 64 } };
    const usage = { choices: [], usage: { prompt_tokens: 57, completion_tokens: 2167, ...details } };
    const chunks = [answer, usage].map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
    api.script({ kind: 'stream', chunks: [...chunks, 'data: [DONE]\n\n'], end: 'close' });
    await chat.ask('Hello');
    await chat.until('Done');
    await chat.answers.getByText('57 prompt · 2,167 completion · 64 reasoning tokens').waitFor();
  });

  it('renders formulas', async () => {
    await chat.ask('Prove that the square root of 2 is irrational.');
    await chat.until('Done');
    await chat.answers.locator('.katex-display').first().waitFor();
    assert.equal(await chat.answers.locator('.formula-error').count(), 0);
    assert.doesNotMatch(await chat.answers.locator('p').first().innerText(), /\\\(|\$/);
  });

  it('sends on Enter, and inserts a line break on Shift+Enter', async () => {
    await chat.box.fill('one');
    await chat.box.press('Shift+Enter');
    await chat.box.pressSequentially('two');
    assert.equal(await chat.box.inputValue(), 'one\ntwo');
    await chat.box.press('Enter');
    await chat.until('Done');
    assert.equal(await chat.questions.innerText(), 'one\ntwo');
    assert.equal(await chat.box.inputValue(), '');
  });

  it('disables Send while there is nothing to send', async () => {
    assert.equal(await chat.button('Send').isDisabled(), true);
    await chat.box.fill('  \n ');
    assert.equal(await chat.button('Send').isDisabled(), true);
    await chat.box.press('Enter');
    await chat.box.fill('Hello');
    assert.equal(await chat.button('Send').isDisabled(), false);
    assert.equal(api.requests.length, 0);
  });

  it('stops an answer, and keeps the text received so far', async () => {
    const deltas = Array.from({ length: 100 }, (_, index) => `word${index} `);
    api.script(pausedAnswer(deltas, 20).reply);
    await chat.ask('Count');
    await chat.answers.getByText('word5 ').waitFor();
    await chat.button('Stop').click();
    await chat.until('Stopped');
    assert.match(await chat.answers.locator('.markdown').innerText(), /^word0 word1 .*word5/);
    assert.equal(await api.requests[0]?.ended, 'closedEarly');
  });

  it('stops while the model is thinking', async () => {
    api.script({ kind: 'answer', text: 'Late', thinkingMs: 600_000 });
    await chat.ask('Think');
    await chat.until('Thinking \\d+ s');
    await workbench.command('o1-mini: Stop');
    await chat.until('Stopped');
    assert.equal(await api.requests[0]?.ended, 'closedEarly');
  });

  it('continues the conversation, so that the model sees the earlier turns', async () => {
    await chat.ask('My number is 41.');
    await chat.until('Done');
    await chat.ask('What did I ask before?');
    await chat.answers.nth(1).getByText('My number is 41.').waitFor();
    await chat.until('Done');
    const body = api.requests[1]?.body as { messages: { role: string }[] };
    assert.deepEqual(
      body.messages.map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
  });

  it('sends one request for fifty quick presses of Enter', async () => {
    await chat.box.fill('Quick');
    await Promise.all(Array.from({ length: 50 }, () => chat.box.press('Enter')));
    await chat.until('Done');
    assert.equal(api.requests.length, 1);
  });

  it('loses none of 5,000 deltas, and keeps their order', async () => {
    const deltas = Array.from({ length: 5000 }, (_, index) => `${index} `);
    api.script({ kind: 'answer', text: '', deltas, thinkingMs: 0, deltaMs: 0 });
    await chat.ask('Count far');
    await chat.until('Done');
    assert.equal((await chat.answers.locator('.markdown').innerText()).trim(), deltas.join('').trim());
  });

  it('continues an answer while it is hidden', async () => {
    const deltas = Array.from({ length: 100 }, (_, index) => `word${index} `);
    const { reply, resume } = pausedAnswer(deltas, 20);
    api.script(reply);
    await chat.ask('Count');
    await chat.answers.getByText('word3 ').waitFor();
    await workbench.command('View: Show Explorer');
    const [request] = api.requests;
    assert.equal(request?.state, 'open');
    resume();
    assert.equal(await request.ended, 'answered');
    await openChat(workbench);
    await chat.until('Done');
    assert.equal((await chat.answers.locator('.markdown').innerText()).trim(), deltas.join('').trim());
  });

  it('keeps the draft while it is hidden', async () => {
    await chat.box.fill('Half a question');
    await workbench.command('View: Show Explorer');
    await openChat(workbench);
    assert.equal(await chat.box.inputValue(), 'Half a question');
  });

  it('copies code through the host', async () => {
    await chat.ask('Write a function in Python.');
    await chat.until('Done');
    const code = await chat.answers.locator('pre code').first().textContent();
    await chat.answers
      .getByRole('toolbar', { name: 'Code actions' })
      .getByRole('button', { name: 'Copy' })
      .first()
      .click();
    await chat.answers.locator('.codicon-check').waitFor();
    // The check mark means that the host was asked to copy; it writes to the clipboard a little later.
    await workbench.untilClipboard(code ?? '');
  });
});

/** Records every text of the status from now on. */
async function recordStatus(chat: ChatPage): Promise<() => Promise<readonly string[]>> {
  await chat.status.evaluate((status) => {
    const recording = window as unknown as { statuses: string[] };
    recording.statuses = [];
    new MutationObserver(() => {
      const text = status.textContent;
      if (recording.statuses.at(-1) !== text) recording.statuses.push(text);
    }).observe(status, { childList: true, subtree: true, characterData: true });
  });
  return () => chat.status.evaluate(() => (window as unknown as { statuses: string[] }).statuses);
}
