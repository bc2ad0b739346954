import assert from 'node:assert/strict';
import { currentAnswer, lastTurn } from '../../../../src/core/chat/conversation';
import { createSession, type Session } from '../../../../src/core/chat/session';
import { clientServicesOver, prepared, requestTo } from '../../../support/wire';
import { respondWith } from '../api/client-builders';

function sessionWithoutRoutes(): Session {
  let count = 0;
  const transport = respondWith({ status: 404, body: '{"message":"Not Found"}' });
  return createSession({ ...clientServicesOver(transport), newId: () => `id-${count++}` });
}

function suggestionIn({ conversation }: Session): string | undefined {
  const turn = lastTurn(conversation);
  assert.ok(turn);
  const { status } = currentAnswer(turn);
  assert.ok(status.kind === 'failed' && status.error.kind === 'wrong-address');
  return status.error.alternative;
}

describe('An error about the address of a service', () => {
  for (const address of [
    'https://a.example',
    'https://a.example/v1',
    'https://a.example/chat/completions',
    'https://a.example/openai',
    'https://a.example/openai/v1?x=1',
    'https://api.groq.com/v1',
  ]) {
    it(`does not suggest the address at which the same question has just failed: ${address}`, async () => {
      const session = sessionWithoutRoutes();
      await session.ask({ text: 'Why?' }, prepared(requestTo(address)));
      const suggested = suggestionIn(session) ?? '';
      assert.notEqual(suggested, '');
      await session.retry(prepared(requestTo(suggested)));
      assert.notEqual(endpointHref(suggestionIn(session)), endpointHref(address));
    });
  }

  it('suggests another address again for another question', async () => {
    const session = sessionWithoutRoutes();
    await session.ask({ text: 'Why?' }, prepared(requestTo('https://a.example/v1')));
    await session.ask({ text: 'How?' }, prepared(requestTo('https://a.example/chat/completions')));
    assert.equal(suggestionIn(session), 'https://a.example/v1');
  });

  it('suggests another address again if the same one was tried twice', async () => {
    const session = sessionWithoutRoutes();
    await session.ask({ text: 'Why?' }, prepared(requestTo('https://a.example/v1')));
    await session.retry(prepared(requestTo('https://a.example/v1')));
    assert.equal(suggestionIn(session), 'https://a.example/chat/completions');
  });
});

function endpointHref(baseUrl: string | undefined): string | undefined {
  return baseUrl === undefined ? undefined : requestTo(baseUrl).endpoint.chatCompletions.href;
}
