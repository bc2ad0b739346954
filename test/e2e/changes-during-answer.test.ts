import assert from 'node:assert/strict';
import { startServer, type ApiServer } from '../server/server';
import { enterApiKey } from './enter-api-key';
import { pausedAnswer } from './replies';
import { useChat } from './use-chat';

const key = 'sk-steady-1';
const deltas = Array.from({ length: 100 }, (_, index) => `word${index} `);

describe('R9 An answer that has started', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });
  let otherApi: ApiServer;

  before(async () => {
    otherApi = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
  });
  afterEach(async () => {
    api.setKey(undefined);
    await workbench.settings({ 'o1mini.baseUrl': api.origin, 'o1mini.model': undefined });
  });
  after(() => otherApi.close());

  /** Performs an action in the middle of an answer, and checks that the answer is complete. */
  async function duringAnswer(action: () => Promise<unknown>): Promise<void> {
    const { reply, resume } = pausedAnswer(deltas, 12);
    api.script(reply);
    await chat.ask('Count steadily');
    await chat.answers.last().getByText('word5 ').waitFor();
    await action();
    assert.equal(api.requests[0]?.state, 'open', 'the answer is still running');
    resume();
    await chat.until('Done');
    const text = await chat.answers.last().locator('.markdown').innerText();
    assert.equal(text.trim(), deltas.join('').trim());
    assert.equal(api.requests.length, 1);
  }

  it('is completed by its model if the setting changes, and the next one uses the new model', async () => {
    await duringAnswer(() => workbench.settings({ 'o1mini.model': 'o4-mini' }));
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

  it('is completed by its service if the address changes', async () => {
    await duringAnswer(() => workbench.settings({ 'o1mini.baseUrl': otherApi.origin }));
    assert.equal(otherApi.requests.length, 0);
    await chat.ask('And now?');
    await chat.until('Done');
    assert.deepEqual([api.requests.length, otherApi.requests.length], [1, 1]);
  });

  it('is completed if its key is deleted, and the next question is sent without a key', async () => {
    api.setKey(key);
    await workbench.command('o1-mini: Set API Key');
    await enterApiKey(workbench, key);
    await duringAnswer(async () => {
      await workbench.command('o1-mini: Delete API Key');
      await workbench.notification(`The API key for ${api.origin} was deleted.`);
    });
    await chat.ask('And now?');
    await chat.until('Failed: The service refused the API key');
    const sent = api.requests.map(({ headers }) => headers.authorization);
    assert.deepEqual(sent, [`Bearer ${key}`, undefined]);
  });

  it('is retried at its service, even if the address changes during the wait', async () => {
    const before = otherApi.requests.length;
    const headers = { 'retry-after': '3' };
    api.script({ kind: 'status', status: 503, headers, body: '{"message":"Overloaded"}' });
    await chat.ask('Where do you go?');
    await chat.until('Waiting · retrying in');
    await workbench.settings({ 'o1mini.baseUrl': otherApi.origin, 'o1mini.model': 'o3' });
    await chat.until('Done');
    assert.deepEqual([api.requests.length, otherApi.requests.length], [2, before]);
    assert.deepEqual(api.requests[1]?.body, api.requests[0]?.body);
  });
});
