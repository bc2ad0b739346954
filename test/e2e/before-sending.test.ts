import assert from 'node:assert/strict';
import { startServer } from '../server/server';
import { openNewChat } from './chat-page';
import { screenshotInThemes } from './screenshots';
import { useChat } from './use-chat';

describe('Before a question is sent,', () => {
  const { workbench, chat } = useChat({ newChat: 'eachTest' });

  /** Waits for an estimate with a price, other than this one. */
  async function tokens(previous?: number): Promise<number> {
    const priced = chat.estimate.filter({ hasText: /^[\d,]+ tokens · at most \$\d/ });
    const changed = previous === undefined ? priced : priced.filter({ hasNotText: `${previous} tokens` });
    await changed.waitFor();
    return Number.parseInt(await changed.innerText(), 10);
  }

  it('its tokens and greatest cost are shown next to Send, and increase with its text and attachments', async () => {
    assert.equal(await chat.estimate.isVisible(), false);
    await chat.box.fill('Hello');
    const word = await tokens();
    await chat.box.fill('Hello, what is the meaning of this function, in a sentence or two?');
    const sentence = await tokens(word);
    assert.ok(sentence > word);

    await workbench.openFile('orbits.py');
    await workbench.select(21, 31);
    const attach = workbench.panel().getByRole('button', { name: /^Attach orbits\.py:21-31/ });
    await attach.click();
    const attached = await tokens(sentence);
    assert.ok(attached > sentence + 50);
    await attach.click();
    assert.equal(await tokens(attached), sentence);
    await workbench.closeEditors();
  });

  it('a screen reader announces the estimate with Send', async () => {
    await chat.box.fill('Hello');
    await tokens();
    const id = await chat.button('Send').getAttribute('aria-describedby');
    const sentence = await workbench.panel().locator(`[id="${id}"]`).textContent();
    assert.match(
      sentence ?? '',
      /^\d+ prompt tokens: your question\. With 1 × up to 25,000 completion tokens, including reasoning: at most \$0\.11\.$/,
    );
  });

  it('the chat so far is included in the estimate, and a new chat starts without one', async () => {
    await chat.box.fill('Hello');
    const alone = await tokens();
    await chat.box.press('Enter');
    await chat.until('Done');
    await chat.box.fill('Hello');
    assert.ok((await tokens(alone)) > alone);
    await openNewChat(workbench);
    await chat.estimate.waitFor({ state: 'hidden' });
  });
});

describe('A model with a small context window', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  it('receives what fits: the user sees which questions would be omitted, and decides', async () => {
    const smallModel = await startServer({ dialect: 'vllm', pace: { thinkingMs: 0, deltaMs: 0 } });
    try {
      await workbench.settings({ 'o1mini.baseUrl': smallModel.origin, 'o1mini.model': 'Qwen/Qwen3-8B' });
      smallModel.script({ kind: 'answer', text: 'word '.repeat(14_000) });
      await chat.ask('Tell me all about rings');
      await chat.until('Done');
      await chat.ask('And about graphs');
      await chat.until('Done');

      await chat.box.fill(`And about orbits? ${'Please. '.repeat(1000)}`);
      await workbench.panel().locator('.estimate[data-level=too-much]').waitFor();
      await screenshotInThemes(workbench, 'too-much');
      const sentBefore = smallModel.requests.length;
      await chat.button('Send').click();
      const dialog = workbench.dialog('exceeds the context window of 40,960 tokens');
      await dialog.waitFor();
      assert.match(await dialog.innerText(), /would be left out.*• Tell me all about rings\n/s);
      assert.doesNotMatch(await dialog.innerText(), /• And about graphs/);
      await workbench.screenshot('leave-out-dialog');
      assert.equal(smallModel.requests.length, sentBefore);
      await dialog.getByRole('button', { name: 'Leave Out and Send' }).click();
      await chat.questions.nth(2).waitFor();
      await chat.until('Done');
      await chat.answers
        .last()
        .getByText(/ · without the oldest question$/)
        .waitFor();
      const { messages } = smallModel.requests.at(-1)?.body as { messages: readonly { content: string }[] };
      assert.equal(messages[0]?.content, 'And about graphs');
      assert.equal(messages.length, 3);
      assert.equal(await chat.questions.count(), 3);
    } finally {
      await workbench.settings({ 'o1mini.baseUrl': api.origin, 'o1mini.model': undefined });
      await smallModel.close();
    }
  });
});

describe('The daily budget', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  before(() => workbench.settings({ 'o1mini.dailyBudget': 0.0001 }));
  after(() => workbench.settings({ 'o1mini.dailyBudget': undefined }));

  it('opens a dialog, and Cancel leaves the question in the box', async () => {
    await chat.box.fill('Is it worth it?');
    await workbench.panel().locator('.estimate[data-level=too-much]').waitFor();
    await chat.box.press('Enter');
    const dialog = workbench.dialog('exceed your daily budget of $0.0001 (o1mini.dailyBudget)');
    await dialog.waitFor();
    await workbench.screenshot('budget-dialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await workbench.panel().getByRole('button', { name: 'Send', disabled: false }).waitFor();
    assert.equal(await chat.box.inputValue(), 'Is it worth it?');
    assert.equal(api.requests.length, 0);
  });

  it('can be exceeded if the user agrees', async () => {
    await chat.button('Send').click();
    await workbench.dialog('daily budget').getByRole('button', { name: 'Send Anyway' }).click();
    await chat.questions.first().waitFor();
    await chat.until('Done');
    assert.equal(api.requests.length, 1);
    assert.equal(await chat.box.inputValue(), '');
  });

  it('is compared with the spending of the day, which Show Usage shows', async () => {
    await workbench.settings({ 'o1mini.dailyBudget': 0.0001 });
    await workbench.command('o1-mini: Show Usage');
    const before = await usage('of a daily budget of $0.0001');
    const bill = { meta: { usage: { usd_spent: 2 } } };
    api.script({
      kind: 'stream',
      chunks: [
        'data: {"choices":[{"index":0,"delta":{"content":"Expensive."},"finish_reason":"stop"}]}\n\n',
        `data: ${JSON.stringify(bill)}\n\n`,
        'data: [DONE]\n\n',
      ],
      end: 'close',
    });
    await workbench.settings({ 'o1mini.dailyBudget': undefined });
    await chat.ask('Something expensive');
    await chat.until('Done');
    await workbench.command('o1-mini: Show Usage');
    const after = await usage('No daily budget is set.');
    assert.ok(after >= before + 1.99 && after <= before + 2.01, `${before} and then ${after}`);
  });

  /** The spending of today in US dollars, from the notification with this text. */
  async function usage(text: string): Promise<number> {
    const item = await workbench.notification(text);
    const [, usd] = /on this computer is \$(\d+\.\d+)/.exec(await item.innerText()) ?? [];
    await workbench.command('Notifications: Clear All Notifications');
    return Number(usd);
  }
});
