import assert from 'node:assert/strict';
import { openChat, type ChatPage } from './chat-page';
import { pausedAnswer } from './replies';
import { useChat } from './window';

describe('Asking in the panel', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  it('streams the answer in as Markdown, with highlighted code, and says the tokens', async () => {
    await chat.ask('Write a function in Python.');
    await chat.until('Done');
    await chat.answers.locator('pre code .hljs-keyword').first().waitFor();
    assert.match(await chat.answers.innerText(), /\d+ prompt · [\d,]+ completion · [\d,]+ reasoning tokens/);
  });

  it('says that it waits, thinks, for how long, answers and is done', async () => {
    const statuses = await watchStatus(chat);
    const text = 'One two three four five six seven eight nine ten.';
    api.script({ kind: 'answer', text, thinkingMs: 2200, deltaMs: 20 });
    await chat.ask('Think');
    await chat.until('Done');
    const said = (await statuses()).map((status) => status.replace(/ · usually .*/, ''));
    // A machine at work may take longer, and leave out what did not last.
    const thoughts = said.filter((status) => status.startsWith('Thinking'));
    assert.deepEqual(said, [...(said[0] === 'Waiting' ? ['Waiting'] : []), ...thoughts, 'Answering', 'Done']);
    const seconds = thoughts.map((status) => Number(/^Thinking (\d+) s$/.exec(status)?.[1]));
    assert.deepEqual(
      seconds,
      [...new Set(seconds)].sort((a, b) => a - b),
    );
    assert.ok(seconds.length >= 2, said.join());
  });

  it('says the tokens as the service reports them', async () => {
    const answer = { choices: [{ index: 0, delta: { content: 'Hello!' }, finish_reason: 'stop' }] };
    const details = { completion_tokens_details: { reasoning_tokens: 64 } };
    const usage = { choices: [], usage: { prompt_tokens: 57, completion_tokens: 2167, ...details } };
    const chunks = [answer, usage].map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
    api.script({ kind: 'stream', chunks: [...chunks, 'data: [DONE]\n\n'], end: 'close' });
    await chat.ask('Hello');
    await chat.until('Done');
    await chat.answers.getByText('57 prompt · 2,167 completion · 64 reasoning tokens').waitFor();
  });

  it('draws formulas', async () => {
    await chat.ask('Prove that the square root of 2 is irrational.');
    await chat.until('Done');
    await chat.answers.locator('.katex-display').first().waitFor();
    assert.equal(await chat.answers.locator('.formula-error').count(), 0);
    assert.doesNotMatch(await chat.answers.locator('p').first().innerText(), /\\\(|\$/);
  });

  it('sends on Enter and breaks the line on Shift+Enter', async () => {
    await chat.box.fill('one');
    await chat.box.press('Shift+Enter');
    await chat.box.pressSequentially('two');
    assert.equal(await chat.box.inputValue(), 'one\ntwo');
    await chat.box.press('Enter');
    await chat.until('Done');
    assert.equal(await chat.questions.innerText(), 'one\ntwo');
    assert.equal(await chat.box.inputValue(), '');
  });

  it('has Send off while there is nothing to send', async () => {
    assert.equal(await chat.button('Send').isDisabled(), true);
    await chat.box.fill('  \n ');
    assert.equal(await chat.button('Send').isDisabled(), true);
    await chat.box.press('Enter');
    await chat.box.fill('Hello');
    assert.equal(await chat.button('Send').isDisabled(), false);
    assert.equal(api.requests.length, 0);
  });

  it('stops when told to, and what came stays', async () => {
    const deltas = Array.from({ length: 100 }, (_, index) => `word${index} `);
    api.script(pausedAnswer(deltas, 20).reply);
    await chat.ask('Count');
    await chat.answers.getByText('word5 ').waitFor();
    await chat.button('Stop').click();
    await chat.until('Stopped');
    assert.match(await chat.answers.locator('.markdown').innerText(), /^word0 word1 .*word5/);
    assert.equal(await api.requests[0]?.ended, 'closedEarly');
  });

  it('stops while the model thinks', async () => {
    api.script({ kind: 'answer', text: 'Late', thinkingMs: 600_000 });
    await chat.ask('Think');
    await chat.until('Thinking \\d+ s');
    await workbench.command('o1-mini: Stop');
    await chat.until('Stopped');
    assert.equal(await api.requests[0]?.ended, 'closedEarly');
  });

  it('goes on with the conversation: the model sees the earlier turns', async () => {
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

  it('loses nothing of 5,000 deltas, in order', async () => {
    const deltas = Array.from({ length: 5000 }, (_, index) => `${index} `);
    api.script({ kind: 'answer', text: '', deltas, thinkingMs: 0, deltaMs: 0 });
    await chat.ask('Count far');
    await chat.until('Done');
    assert.equal((await chat.answers.locator('.markdown').innerText()).trim(), deltas.join('').trim());
  });

  it('goes on while the panel is hidden', async () => {
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

  it('keeps what was written, though the panel was hidden', async () => {
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
    // The check says that the host was asked; it writes as soon as it can.
    let copied = await workbench.clipboard();
    while (copied === '') copied = await workbench.clipboard();
    assert.equal(copied, code);
  });
});

/** Every text that the status has from now on. */
async function watchStatus(chat: ChatPage): Promise<() => Promise<readonly string[]>> {
  await chat.status.evaluate((status) => {
    const watched = window as unknown as { statuses: string[] };
    watched.statuses = [];
    new MutationObserver(() => {
      const text = status.textContent;
      if (watched.statuses.at(-1) !== text) watched.statuses.push(text);
    }).observe(status, { childList: true, subtree: true, characterData: true });
  });
  return () => chat.status.evaluate(() => (window as unknown as { statuses: string[] }).statuses);
}
