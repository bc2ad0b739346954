import assert from 'node:assert/strict';
import { screenshotInThemes } from './screenshots';
import { streamOf } from './replies';
import { useChat } from './use-chat';

const answer = {
  id: 'chatcmpl-known',
  model: 'o1-mini-2024-09-12',
  system_fingerprint: 'fp_known',
  choices: [{ index: 0, delta: { content: 'Forty-two.' }, finish_reason: 'stop' }],
};
const usage = {
  choices: [],
  usage: {
    prompt_tokens: 57,
    completion_tokens: 2167,
    total_tokens: 2224,
    prompt_tokens_details: { cached_tokens: 32 },
    completion_tokens_details: { reasoning_tokens: 2112, accepted_prediction_tokens: 7 },
  },
};
const billing = { meta: { usage: { credits_used: 19_200, usd_spent: 0.0096 } } };

describe('The details of an answer', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  afterEach(() => workbench.settings({ 'o1mini.seed': undefined }));

  const seeds = (): readonly unknown[] =>
    api.requests.map(({ body }) => (body as { readonly seed?: number }).seed);

  /** Opens Details, and returns its values by their labels. */
  async function details(): Promise<Readonly<Record<string, string>>> {
    const last = chat.answers.last();
    await last.getByText('Details', { exact: true }).click();
    await last.locator('dl').waitFor();
    const [labels, texts] = await Promise.all([
      last.locator('dt').allInnerTexts(),
      last.locator('dd').allInnerTexts(),
    ]);
    return Object.fromEntries(labels.map((label, index) => [label, texts[index] ?? '']));
  }

  it('are a line with model, tokens, price and seed', async () => {
    await workbench.settings({ 'o1mini.seed': 42 });
    api.script(streamOf(answer, usage, billing));
    await chat.ask('What is it?');
    await chat.until('Done');
    const line =
      'o1-mini-2024-09-12 · 57 prompt · 2,167 completion · 2,112 reasoning tokens · $0.0096 · seed 42';
    await chat.answers.getByText(line, { exact: true }).waitFor();
  });

  it('contain all values that the service reported, and the price that it billed', async () => {
    await workbench.settings({ 'o1mini.seed': 42 });
    api.script(streamOf(answer, usage, billing));
    await chat.ask('What is it?');
    await chat.until('Done');
    const {
      'Time to first token': first,
      'Total time': total,
      'Request ID': requestId,
      ...rest
    } = await details();
    assert.deepEqual(rest, {
      'Requested model': `o1-mini, ${api.origin}`,
      Model: 'o1-mini-2024-09-12',
      'Finish reason': 'stop',
      'Prompt tokens': '57',
      'Cached prompt tokens': '32',
      'Completion tokens': '2,167',
      'Reasoning tokens': '2,112',
      'Total tokens': '2,224',
      'accepted prediction tokens': '7',
      'Token limit': '25,000',
      Price: '$0.0096 (as billed by the service)',
      Seed: '42',
      'Answer ID': 'chatcmpl-known',
      'System fingerprint': 'fp_known',
      'HTTP status': '201',
    });
    assert.match(`${first} ${total}`, /^\d+\.\d s \d+\.\d s$/);
    assert.match(requestId ?? '', /^[0-9a-f]{24}$/);
    await screenshotInThemes(workbench, 'details');
  });

  it('say that a price is estimated if the service does not bill', async () => {
    api.script(streamOf(answer, usage));
    await chat.ask('What is it?');
    await chat.until('Done');
    await chat.answers.getByText(/ · about \$0\.0096$/).waitFor();
    assert.equal((await details())['Price'], 'about $0.0096 (estimated from tokens)');
  });

  it('are also available for an answer that is not streamed', async () => {
    await workbench.settings({ 'o1mini.stream': false });
    await chat.ask('All at once');
    await chat.until('Done');
    await workbench.settings({ 'o1mini.stream': undefined });
    const values = await details();
    assert.match(values['Price'] ?? '', /^\$0\.\d+ \(as billed by the service\)$/);
    assert.match(values['Answer ID'] ?? '', /^chatcmpl-/);
    assert.match(values['Request ID'] ?? '', /^[0-9a-f]{24}$/);
  });

  it('contain the seed, which Regenerate sends again even if the setting has changed', async () => {
    await workbench.settings({ 'o1mini.seed': 42 });
    await chat.ask('A number, please');
    await chat.until('Done');
    const first = await chat.answers.locator('.markdown').innerText();
    await workbench.settings({ 'o1mini.seed': 7 });
    await chat.button('Regenerate').click();
    await workbench.panel().getByText('Earlier answer').waitFor();
    await chat.until('Done');
    assert.deepEqual(seeds(), [42, 42]);
    assert.equal(await chat.answers.locator('.markdown').innerText(), first);
    await chat.ask('And another');
    await chat.until('Done');
    assert.deepEqual(seeds(), [42, 42, 7]);
  });

  it('leave a refusal visible as such, in the words of the model', async () => {
    const delta = { refusal: 'I cannot help with that.' };
    api.script(streamOf({ ...answer, choices: [{ index: 0, delta, finish_reason: 'stop' }] }));
    await chat.ask('Something bad');
    await chat.until('Done');
    const refusal = chat.answers.getByRole('note').filter({ hasText: 'The model declined to answer' });
    await refusal.getByText('I cannot help with that.').waitFor();
    assert.equal(await chat.answers.getByRole('alert').count(), 0);
    assert.equal(await chat.answers.getByText('empty answer').count(), 0);
  });
});
