import assert from 'node:assert/strict';
import type { ChatEvent, Transport } from '../../../../src/core/api';
import { shownChoice } from '../../../../src/core/chat/answer';
import { currentAnswer, lastTurn } from '../../../../src/core/chat/conversation';
import { createSession, type Session } from '../../../../src/core/chat/session';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer } from '../../../server/server';
import { clientServicesOver, prepared, requestTo } from '../../../support/wire';

describe('A session', () => {
  let api: ApiServer;
  let session: Session;

  beforeEach(async () => {
    api = await startServer({ pace: NO_DELAY });
    session = sessionOver(nodeTransport);
  });
  afterEach(() => api.close());

  const ask = (text: string): Promise<void> => session.ask({ text }, prepared(requestTo(api.origin)));

  it('reports every change in order until the answer has ended', async () => {
    const causes: (ChatEvent['type'] | undefined)[] = [];
    session.onChange((event) => causes.push(event?.type));
    await ask('Hello');
    assert.deepEqual(causes.slice(0, 3), [undefined, 'sent', 'accepted']);
    assert.equal(causes.at(-1), 'ended');
    assert.equal(session.running, false);
  });

  it('sends one request for several simultaneous questions', async () => {
    await Promise.all(Array.from({ length: 50 }, () => ask('Hello')));
    assert.equal(api.requests.length, 1);
    assert.equal(session.conversation.turns.length, 1);
  });

  it('continues a stored conversation', async () => {
    await ask('Hello');
    const stored = session.conversation;
    const next = createSession({ ...clientServicesOver(nodeTransport), newId: () => 'next' }, stored);
    assert.equal(next.conversation, stored);
    await next.ask({ text: 'And now?' }, prepared(requestTo(api.origin)));
    assert.equal(next.conversation.turns.length, 2);
  });

  it('retries nothing if there is no question', async () => {
    await session.retry(prepared(requestTo(api.origin)));
    assert.equal(api.requests.length, 0);
  });

  it('adds an error that prevents a request to the conversation', async () => {
    await session.ask({ text: 'Hello' }, { kind: 'fail', error: { kind: 'bad-address', problem: 'no-url' } });
    const turn = lastTurn(session.conversation);
    assert.ok(turn);
    assert.deepEqual(currentAnswer(turn).status, {
      kind: 'failed',
      error: { kind: 'bad-address', problem: 'no-url' },
    });
  });

  it('ends an answer although a listener fails when the question is asked', async () => {
    let hasFailed = false;
    session.onChange(() => {
      if (hasFailed) return;
      hasFailed = true;
      throw new Error('The webview is gone');
    });
    await ask('Hello');
    assert.equal(session.running, false);
    await ask('Once more');
    const turn = lastTurn(session.conversation);
    assert.deepEqual(turn && [turn.question.text, currentAnswer(turn).status.kind], ['Once more', 'done']);
  });

  it('keeps the broken answer when a question is sent again', async () => {
    const delta = 'data: {"choices":[{"index":0,"delta":{"content":"Half"}}]}\n\n';
    api.script({ kind: 'stream', chunks: [delta], end: 'destroy' });
    await ask('Hello');
    await session.retry(prepared(requestTo(api.origin)));
    const answers = lastTurn(session.conversation)?.answers ?? [];
    assert.deepEqual(
      answers.map(({ status }) => status.kind),
      ['incomplete', 'done'],
    );
    assert.equal(answers[0] && shownChoice(answers[0]).text, 'Half');
  });
});

function sessionOver(transport: Transport): Session {
  let ids = 0;
  return createSession({ ...clientServicesOver(transport), newId: () => `id-${++ids}` });
}
