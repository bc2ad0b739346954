import assert from 'node:assert/strict';
import { buildWireRequest } from '../../../../../src/core/api';
import { withoutLocalData } from '../../../../../src/core/chat/export';
import { currentAnswer, type Conversation } from '../../../../../src/core/chat/conversation';
import { createSession, type Session } from '../../../../../src/core/chat/session';
import { toMessages } from '../../../../../src/core/prompt/messages';
import { nodeTransport } from '../../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer } from '../../../../server/server';
import { responseEvents, streamOf } from '../../../../support/response-stream';
import {
  bytes,
  collectAnswer,
  clientServicesOver,
  prepared,
  requestTo,
  transportOf,
} from '../../../../support/wire';
import { askAndCollect, eventsOfType, respondWith, testClock } from '../client-builders';
import {
  completed,
  item,
  secondQuestion,
  source,
  typesIn,
  type Body,
  type Changes,
} from './reasoning-builders';

describe('Encrypted reasoning', () => {
  let api: ApiServer;

  before(async () => {
    api = await startServer({ pace: NO_DELAY });
  });
  beforeEach(() => api.clear());
  after(() => api.close());

  async function ask(session: Session, changes: Changes = {}): Promise<void> {
    const messages = toMessages(session.conversation.turns, { text: 'Why?' }, '');
    const parameters = { api: 'responses' as const, ...changes.parameters };
    const request = requestTo(api.origin, { messages, ...changes, parameters });
    await session.ask({ text: 'Why?' }, prepared(request));
  }

  function newSession(stored?: Conversation): Session {
    return createSession({ ...clientServicesOver(nodeTransport), newId: () => crypto.randomUUID() }, stored);
  }

  const bodies = (): readonly Body[] => api.requests.map(({ body }) => body as Body);

  for (const stream of [true, false]) {
    it(`is sent with its answer in later questions, ${stream ? 'streamed' : 'not streamed'}, also after the chat was stored`, async () => {
      const first = newSession();
      await ask(first, { parameters: { stream } });
      const stored = JSON.parse(JSON.stringify(first.conversation)) as Conversation;
      const session = newSession(stored);
      await ask(session, { parameters: { stream } });
      await ask(session, { parameters: { stream } });
      assert.deepEqual(
        session.conversation.turns.map((turn) => currentAnswer(turn).status.kind),
        ['done', 'done', 'done'],
      );
      const turn = ['user', 'reasoning', 'assistant'];
      assert.deepEqual(bodies().map(typesIn), [['user'], [...turn, 'user'], [...turn, ...turn, 'user']]);
      assert.equal(api.requests.length, 3);
    });
  }

  it('is not sent to another model, address or API', async () => {
    const session = newSession();
    await ask(session);
    for (const parameters of [{ model: 'o1-mini-2024-09-12' }, { api: 'chat' as const }])
      await ask(session, { parameters });
    const other = requestTo(`${api.origin}/other`, secondQuestion);
    const transport = respondWith(completed);
    await askAndCollect(other, transport, testClock('pass'));
    assert.deepEqual(
      api.requests.map(({ body }) => JSON.stringify(body).includes('"encrypted_content"')),
      [false, false, false],
    );
    assert.doesNotMatch(transport.sent[0]?.body ?? '', /"encrypted_content"/);
  });

  it('is sent for the latest answers only if the total would exceed a megabyte', async () => {
    const answerOf = (id: string) => ({
      role: 'assistant' as const,
      content: id,
      reasoningItems: { source, items: [{ ...item, id, encrypted_content: 'x'.repeat(400_000) }] },
    });
    const messages = ['a', 'b', 'c'].flatMap((id) => [{ role: 'user' as const, content: id }, answerOf(id)]);
    const request = requestTo('http://127.0.0.1', { ...secondQuestion, messages });
    const { body } = await buildWireRequest(request, new Set());
    const ids = (body as Body).input.flatMap(({ type, id }) => (type === 'reasoning' ? [id] : []));
    assert.deepEqual(ids, ['b', 'c']);
  });

  it('is not part of an exported chat', async () => {
    const session = newSession();
    await ask(session);
    assert.match(JSON.stringify(session.conversation), /encrypted_content/);
    assert.doesNotMatch(JSON.stringify(withoutLocalData(session.conversation)), /encrypted_content/);
  });

  describe('in an answer', () => {
    const events = responseEvents().map((event) =>
      event.type === 'response.output_item.done' && event['output_index'] === 0
        ? { ...event, item: { ...(event['item'] as object), encrypted_content: 'gAAAAA' } }
        : event,
    );
    const itemsOf = async (list: typeof events, apiKey?: string): Promise<readonly unknown[]> => {
      const request = requestTo('http://127.0.0.1', {
        parameters: { api: 'responses' },
        ...(apiKey !== undefined && { apiKey }),
      });
      const answer = await collectAnswer(request, transportOf({ chunks: [bytes(streamOf(list))] }));
      return eventsOfType(answer, 'reasoningItems').flatMap(({ items }) => items);
    };

    it('is stored once, from the completed item, with its summary', async () => {
      const [only, ...more] = await itemsOf([...events.slice(0, -1), ...events.slice(-4)]);
      assert.deepEqual(more, []);
      assert.equal((only as { readonly encrypted_content: string }).encrypted_content, 'gAAAAA');
      assert.equal((only as { readonly summary: readonly unknown[] }).summary.length, 2);
    });

    it('is stored without fields that are null, which some services send and reject', async () => {
      const withNull = events.map((event) =>
        event.type === 'response.output_item.done' && event['output_index'] === 0
          ? { ...event, item: { ...(event['item'] as object), status: null, content: null } }
          : event,
      );
      const [only] = await itemsOf(withNull);
      assert.deepEqual(Object.keys(only as object), ['id', 'type', 'summary', 'encrypted_content']);
    });

    it('is not stored if it is larger than half a megabyte or contains the key', async () => {
      const withContent = (content: string): typeof events =>
        events.map((event) =>
          event.type === 'response.output_item.done' && event['output_index'] === 0
            ? { ...event, item: { ...(event['item'] as object), encrypted_content: content } }
            : event,
        );
      assert.equal((await itemsOf(withContent('x'.repeat(500_000)))).length, 1);
      assert.deepEqual(await itemsOf(withContent('x'.repeat(600_000))), []);
      assert.deepEqual(await itemsOf(withContent('gAsk-sentinel-8f2aAA'), 'sk-sentinel-8f2a'), []);
    });

    it('is not stored before commentary, which is not stored as a message either', async () => {
      const commentary = { id: 'msg_0', type: 'message', phase: 'commentary', content: [] };
      const index = events.findIndex(({ type }) => type === 'response.output_item.done') + 1;
      const done = { type: 'response.output_item.done', output_index: 7, item: commentary };
      assert.deepEqual(await itemsOf([...events.slice(0, index), done, ...events.slice(index)]), []);
    });
  });
});
