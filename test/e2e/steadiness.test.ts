import assert from 'node:assert/strict';
import { startServer, type ApiServer } from '../server/server';
import { freshChat, type ChatPage } from './chat-page';
import { enterKey } from './keys';
import { held } from './streamed';
import { sharedWindow, type TestWindow } from './window';

const key = 'sk-steady-1';
const deltas = Array.from({ length: 100 }, (_, index) => `word${index} `);

describe('R9 An answer that has begun', () => {
  let w: TestWindow;
  let chat: ChatPage;
  let other: ApiServer;

  before(async () => {
    w = sharedWindow();
    other = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
  });
  beforeEach(async () => {
    w.api.clear();
    chat = await freshChat(w);
  });
  afterEach(async () => {
    w.api.setKey(undefined);
    await w.settings({ 'o1mini.baseUrl': w.api.origin, 'o1mini.model': undefined });
  });
  after(() => other.close());

  /** Asks, does something in the middle of the answer, and looks that all of the answer comes. */
  async function inMidStream(action: () => Promise<unknown>): Promise<void> {
    const { reply, letGo } = held(deltas, 12);
    w.api.script(reply);
    await chat.ask('Count steadily');
    await chat.answers.last().getByText('word5 ').waitFor();
    await action();
    assert.equal(w.api.requests[0]?.state, 'open', 'still in the middle');
    letGo();
    await chat.until('Done');
    const text = await chat.answers.last().locator('.markdown').innerText();
    assert.equal(text.trim(), deltas.join('').trim());
    assert.equal(w.api.requests.length, 1);
  }

  it('ends as it began when the model is changed meanwhile; the next has the new one', async () => {
    await inMidStream(() => w.settings({ 'o1mini.model': 'o4-mini' }));
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
    await inMidStream(() => w.settings({ 'o1mini.baseUrl': other.origin }));
    assert.equal(other.requests.length, 0);
    await chat.ask('And now?');
    await chat.until('Done');
    assert.deepEqual([w.api.requests.length, other.requests.length], [1, 1]);
  });

  it('ends though its key is removed meanwhile; the next goes without', async () => {
    w.api.setKey(key);
    await w.command('o1-mini: Set API Key');
    await enterKey(w, key);
    await inMidStream(async () => {
      await w.command('o1-mini: Delete API Key');
      await w.notification(`The API key for ${w.api.origin} was deleted.`);
    });
    await chat.ask('And now?');
    await chat.until('Failed: The service refused the API key');
    const sent = w.api.requests.map(({ headers }) => headers.authorization);
    assert.deepEqual(sent, [`Bearer ${key}`, undefined]);
  });

  it('is asked for again where it was asked for first, though the address is changed in the wait', async () => {
    const before = other.requests.length;
    const headers = { 'retry-after': '3' };
    w.api.script({ kind: 'status', status: 503, headers, body: '{"message":"Overloaded"}' });
    await chat.ask('Where do you go?');
    await chat.until('Waiting · trying again');
    await w.settings({ 'o1mini.baseUrl': other.origin, 'o1mini.model': 'o3' });
    await chat.until('Done');
    assert.deepEqual([w.api.requests.length, other.requests.length], [2, before]);
    assert.deepEqual(w.api.requests[1]?.body, w.api.requests[0]?.body);
  });
});
