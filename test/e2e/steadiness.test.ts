import assert from 'node:assert/strict';
import { startServer, type ApiServer } from '../server/server';
import { enterApiKey } from './enter-api-key';
import { pausedAnswer } from './replies';
import { useChat } from './window';

const key = 'sk-steady-1';
const deltas = Array.from({ length: 100 }, (_, index) => `word${index} `);

describe('R9 An answer that has begun', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });
  let other: ApiServer;

  before(async () => {
    other = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
  });
  afterEach(async () => {
    api.setKey(undefined);
    await workbench.settings({ 'o1mini.baseUrl': api.origin, 'o1mini.model': undefined });
  });
  after(() => other.close());

  /** Asks, does something in the middle of the answer, and looks that all of the answer comes. */
  async function inMidStream(action: () => Promise<unknown>): Promise<void> {
    const { reply, resume } = pausedAnswer(deltas, 12);
    api.script(reply);
    await chat.ask('Count steadily');
    await chat.answers.last().getByText('word5 ').waitFor();
    await action();
    assert.equal(api.requests[0]?.state, 'open', 'still in the middle');
    resume();
    await chat.until('Done');
    const text = await chat.answers.last().locator('.markdown').innerText();
    assert.equal(text.trim(), deltas.join('').trim());
    assert.equal(api.requests.length, 1);
  }

  it('ends as it began when the model is changed meanwhile; the next has the new one', async () => {
    await inMidStream(() => workbench.settings({ 'o1mini.model': 'o4-mini' }));
    await chat.answers
      .last()
      .getByText(/^o1-mini-2024-09-12 ·/)
      .waitFor();
    await chat.ask('And now?');
    await chat.until('Done');
    await chat.answers
      .last()
      .getByText(/^o4-mini-2025-04-16 ·/)
      .waitFor();
  });

  it('comes from the service it began at when the address is changed meanwhile', async () => {
    await inMidStream(() => workbench.settings({ 'o1mini.baseUrl': other.origin }));
    assert.equal(other.requests.length, 0);
    await chat.ask('And now?');
    await chat.until('Done');
    assert.deepEqual([api.requests.length, other.requests.length], [1, 1]);
  });

  it('ends though its key is removed meanwhile; the next goes without', async () => {
    api.setKey(key);
    await workbench.command('o1-mini: Set API Key');
    await enterApiKey(workbench, key);
    await inMidStream(async () => {
      await workbench.command('o1-mini: Delete API Key');
      await workbench.notification(`The API key for ${api.origin} was deleted.`);
    });
    await chat.ask('And now?');
    await chat.until('Failed: The service refused the API key');
    const sent = api.requests.map(({ headers }) => headers.authorization);
    assert.deepEqual(sent, [`Bearer ${key}`, undefined]);
  });

  it('is asked for again where it was asked for first, though the address is changed in the wait', async () => {
    const before = other.requests.length;
    const headers = { 'retry-after': '3' };
    api.script({ kind: 'status', status: 503, headers, body: '{"message":"Overloaded"}' });
    await chat.ask('Where do you go?');
    await chat.until('Waiting · retrying in');
    await workbench.settings({ 'o1mini.baseUrl': other.origin, 'o1mini.model': 'o3' });
    await chat.until('Done');
    assert.deepEqual([api.requests.length, other.requests.length], [2, before]);
    assert.deepEqual(api.requests[1]?.body, api.requests[0]?.body);
  });
});
