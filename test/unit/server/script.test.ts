import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { pausedAnswer } from '../../e2e/replies';
import type { RecordedRequest, ScriptedReply } from '../../server/server';
import { question, serverUnderTest, textOf } from './client';

describe('The local API server with a script', () => {
  const api = serverUnderTest();

  async function postScripted(reply: ScriptedReply): Promise<Response> {
    api.server.script(reply);
    return api.post(question);
  }

  it('sends a scripted reply once and then returns to normal answers', async () => {
    const response = await postScripted({
      kind: 'status',
      status: 503,
      headers: { 'retry-after': '1' },
      body: 'later',
    });
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('retry-after'), '1');
    assert.equal(await response.text(), 'later');
    assert.equal((await api.post(question)).status, 201);
  });

  it('streams raw bytes and ends the connection as specified', async () => {
    const chunks = ['data: ', new Uint8Array([0xc3]), new Uint8Array([0xa9])];
    const closed = await postScripted({ kind: 'stream', chunks, end: 'close' });
    assert.equal(closed.headers.get('content-type'), 'text/event-stream');
    assert.equal(await closed.text(), 'data: é');

    const destroyed = await postScripted({ kind: 'stream', chunks, end: 'destroy' });
    await assert.rejects(destroyed.text());
    assert.equal(await api.server.requests[1]?.ended, 'destroyed');

    const hanging = await postScripted({ kind: 'stream', chunks: ['data: a\n\n'], end: 'hang' });
    await hanging.body?.cancel();
    assert.equal(await api.server.requests[2]?.ended, 'closedEarly');
  });

  it('redirects', async () => {
    api.server.script({ kind: 'redirect', status: 307, location: 'http://elsewhere.invalid/' });
    const response = await api.post(question, { redirect: 'manual' });
    assert.equal(response.status, 307);
    assert.equal(response.headers.get('location'), 'http://elsewhere.invalid/');
  });

  it('does not respond until the client cancels the request', async () => {
    const abortController = new AbortController();
    const events = new EventEmitter<{ request: [RecordedRequest] }>();
    await api.start({ onRequest: (request) => events.emit('request', request) });
    const requestReceived = once(events, 'request') as Promise<[RecordedRequest]>;
    api.server.script({ kind: 'hang' });
    const answer = api.post(question, { signal: abortController.signal });
    const [request] = await requestReceived;
    assert.equal(request.state, 'open');
    abortController.abort();
    await assert.rejects(answer);
    assert.equal(await request.ended, 'closedEarly');
  });

  it('answers with a given text, complete despite the token limit and split into the given deltas', async () => {
    api.server.script({ kind: 'answer', text: 'a b c' });
    assert.equal(textOf(await api.stream({ ...question, max_completion_tokens: 1 })), 'a b c');
    api.server.script({ kind: 'answer', text: '', deltas: ['x', 'y', 'z'] });
    const chunks = await api.stream(question);
    const contents = chunks.flatMap(({ choices }) => choices?.[0]?.delta.content ?? []);
    assert.deepEqual(contents, ['', 'x', 'y', 'z']);
  });

  it('holds back the second half of an answer until it is resumed', async () => {
    const { reply, resume } = pausedAnswer(['one ', 'two ', 'three ', 'four '], 0);
    api.server.script(reply);
    const response = await api.post({ ...question, stream: true });
    const decoder = new TextDecoder();
    let received = '';
    for await (const chunk of response.body ?? []) {
      received += decoder.decode(chunk, { stream: true });
      if (!received.includes('two ') || received.includes('three ')) continue;
      assert.equal(api.server.requests[0]?.state, 'open');
      resume();
    }
    assert.match(received, /three .*four .*\[DONE\]/s);
  });

  it('forgets the requests and the script when it is cleared', async () => {
    await api.post(question);
    api.server.script({ kind: 'status', status: 500, body: '' });
    api.server.clear();
    assert.equal(api.server.requests.length, 0);
    assert.equal((await api.post(question)).status, 201);
  });
});
