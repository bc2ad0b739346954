import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { pausedAnswer } from '../../e2e/replies';
import type { RecordedRequest, ScriptedReply } from '../../server/server';
import { question, serverUnderTest, textOf } from './client';

describe('The local API server, following a script', () => {
  const api = serverUnderTest();

  async function played(reply: ScriptedReply): Promise<Response> {
    api.server.script(reply);
    return api.post(question);
  }

  it('plays a reply once, and returns to ordinary answers', async () => {
    const response = await played({
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

  it('streams raw bytes and ends as told', async () => {
    const chunks = ['data: ', new Uint8Array([0xc3]), new Uint8Array([0xa9])];
    const whole = await played({ kind: 'stream', chunks, end: 'close' });
    assert.equal(whole.headers.get('content-type'), 'text/event-stream');
    assert.equal(await whole.text(), 'data: é');

    const broken = await played({ kind: 'stream', chunks, end: 'destroy' });
    await assert.rejects(broken.text());
    assert.equal(await api.server.requests[1]?.ended, 'cut');

    const open = await played({ kind: 'stream', chunks: ['data: a\n\n'], end: 'hang' });
    await open.body?.cancel();
    assert.equal(await api.server.requests[2]?.ended, 'closedEarly');
  });

  it('redirects', async () => {
    api.server.script({ kind: 'redirect', status: 307, location: 'http://elsewhere.invalid/' });
    const response = await api.post(question, { redirect: 'manual' });
    assert.equal(response.status, 307);
    assert.equal(response.headers.get('location'), 'http://elsewhere.invalid/');
  });

  it('hangs until the client gives up', async () => {
    const stop = new AbortController();
    const events = new EventEmitter<{ request: [RecordedRequest] }>();
    await api.start({ onRequest: (request) => events.emit('request', request) });
    const arrival = once(events, 'request') as Promise<[RecordedRequest]>;
    api.server.script({ kind: 'hang' });
    const answer = api.post(question, { signal: stop.signal });
    const [request] = await arrival;
    assert.equal(request.state, 'open');
    stop.abort();
    await assert.rejects(answer);
    assert.equal(await request.ended, 'closedEarly');
  });

  it('answers with a given text, whole whatever the limit, and cut as given', async () => {
    api.server.script({ kind: 'answer', text: 'a b c' });
    assert.equal(textOf(await api.streamed({ ...question, max_completion_tokens: 1 })), 'a b c');
    api.server.script({ kind: 'answer', text: '', deltas: ['x', 'y', 'z'] });
    const chunks = await api.streamed(question);
    const contents = chunks.flatMap(({ choices }) => choices?.[0]?.delta.content ?? []);
    assert.deepEqual(contents, ['', 'x', 'y', 'z']);
  });

  it('keeps back the second half of an answer as long as it is told to', async () => {
    const { reply, resume } = pausedAnswer(['one ', 'two ', 'three ', 'four '], 0);
    api.server.script(reply);
    const response = await api.post({ ...question, stream: true });
    const decoder = new TextDecoder();
    let arrived = '';
    for await (const chunk of response.body ?? []) {
      arrived += decoder.decode(chunk, { stream: true });
      if (!arrived.includes('two ') || arrived.includes('three ')) continue;
      assert.equal(api.server.requests[0]?.state, 'open');
      resume();
    }
    assert.match(arrived, /three .*four .*\[DONE\]/s);
  });

  it('forgets requests and script when cleared', async () => {
    await api.post(question);
    api.server.script({ kind: 'status', status: 500, body: '' });
    api.server.clear();
    assert.equal(api.server.requests.length, 0);
    assert.equal((await api.post(question)).status, 201);
  });
});
