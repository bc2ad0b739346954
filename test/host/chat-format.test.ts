import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reduce, emptyConversation, type Conversation } from '../../src/core/chat/conversation';
import { serializeChat } from '../../src/host/storage/chats/chat-format';
import { chatOfJson } from '../../src/host/storage/chats/chat-parser';
import { arbitraryChat } from './arbitrary-chats';
import {
  accepted,
  asked,
  billed,
  chatAfter,
  complete,
  failed,
  finished,
  sent,
  defaultTerms,
  text,
  used,
} from './builders';

async function parseChat(text: string): Promise<Conversation> {
  return chatOfJson(JSON.parse(text));
}

/** A file as version 1 wrote it. */
const version1 = {
  version: 1,
  conversation: {
    id: 'a',
    turns: [
      {
        id: 't1',
        question: { text: 'Why?', context: { file: 'a.py', lines: [1, 2], language: 'python', code: 'x' } },
        answers: [
          {
            status: { kind: 'failed', error: { kind: 'timeout', phase: 'first-byte', seconds: 900 } },
            choices: [],
          },
          {
            status: { kind: 'done' },
            choices: [{ text: 'Because.', reasoning: 'Hm.', finishReason: 'stop' }],
            model: 'o1-mini-2024-09-12',
            usage: { promptTokens: 9, completionTokens: 99, reasoningTokens: 64 },
          },
        ],
      },
      {
        id: 't2',
        question: { text: 'And then?' },
        answers: [{ status: { kind: 'thinking', since: 5 }, choices: [{ text: '', reasoning: '' }] }],
      },
    ],
  },
};

/** A chat with everything that an answer can contain. */
function fullChat(): Conversation {
  const terms = { ...defaultTerms, n: 2, omitted: { turns: 3, context: true } };
  const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3, cachedTokens: 4, reasoningTokens: 5 };
  const others = [{ name: 'prompt_tokens_details.audio_tokens', tokens: 6 }];
  const identity = { id: 'chatcmpl-1', model: 'o1-mini-2024-09-12', fingerprint: 'fp_1' };
  const retired = { status: 404, message: 'gone', requestId: 'r', model: 'o1-mini' };
  const failedChat = chatAfter([asked('Why?', terms), failed({ kind: 'model-not-found', ...retired })]);
  return chatAfter(
    [
      { type: 'retried', terms },
      sent(7),
      sent(8, 1),
      accepted(['r-1', 'i-1']),
      { type: 'identified', requestIndex: 0, identity },
      { type: 'reasoning', index: 1, text: 'Hm.' },
      text('One, two'),
      { type: 'refusal', index: 1, text: 'I cannot.' },
      { type: 'annotated', index: 0, annotations: [{ url: 'https://a.example', at: [1, null] }] },
      used({ ...usage, others }),
      billed(0.25),
      finished('length'),
      complete,
      { type: 'continued', terms: defaultTerms },
      sent(),
      text('tw'),
      asked('Next?', terms),
      {
        type: 'retrying',
        requestIndex: 0,
        attempt: 1,
        maxAttempts: 2,
        delayMs: 500,
        error: { kind: 'network', reason: 'reset', detail: 'ECONNRESET' },
      },
    ],
    reduce(failedChat, { type: 'replacementFound', model: 'o4-mini' }),
  );
}

describe('The file of a chat', () => {
  it('of version 1 is read with its texts, reasoning and outcomes', async () => {
    const { id, turns } = await parseChat(JSON.stringify(version1));
    assert.equal(id, 'a');
    const attachment = { kind: 'selection', label: 'a.py:1-2', language: 'python', content: 'x' };
    assert.deepEqual(
      turns.map(({ question }) => question),
      [{ text: 'Why?', attachments: [attachment] }, { text: 'And then?' }],
    );
    const [failure, answer] = turns[0]?.answers ?? [];
    assert.deepEqual(failure?.status, version1.conversation.turns[0]?.answers[0]?.status);
    const choice = { text: 'Because.', reasoning: 'Hm.', finishReason: 'stop', refusal: '' };
    assert.deepEqual(answer, { status: { kind: 'done' }, choices: [choice], chosen: 0, runs: [] });
  });

  it('of version 1 can be continued and is then stored in the current version', async () => {
    const chat = chatAfter([asked('More?'), sent(), text('Yes.')], await parseChat(JSON.stringify(version1)));
    assert.deepEqual(await parseChat(serializeChat(chat)), chat);
  });

  it('of version 2 is read like the current version', async () => {
    const { title, turns, ...chat } = fullChat();
    const asVersion2 = turns.map(({ askedAt, ...turn }) => turn);
    const written = { version: 2, conversation: { ...chat, turns: asVersion2 } };
    assert.deepEqual(await parseChat(JSON.stringify(written)), { ...chat, turns });
  });

  it('preserves everything that an answer can contain', async () => {
    const chat = fullChat();
    const [first, second] = chat.turns;
    const seams = first?.answers.at(-1)?.choices.map(({ seam }) => seam);
    assert.deepEqual(
      [seams?.[0], second?.answers[0].status.kind],
      ['tw', 'retrying'],
      'the sample contains both',
    );
    assert.deepEqual(await parseChat(serializeChat(chat)), chat);
  });

  it('preserves every possible chat', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryChat, async (chat) =>
        assert.deepEqual(await parseChat(serializeChat(chat)), chat),
      ),
      { numRuns: 300 },
    );
  });

  it('is read even if a later version has added properties', async () => {
    const chat = fullChat();
    const added = JSON.parse(serializeChat(chat), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && !('url' in value)
        ? { ...value, mood: 'good' }
        : value,
    ) as unknown;
    assert.deepEqual(await parseChat(JSON.stringify(added)), chat);
  });

  const valid = JSON.parse(serializeChat(fullChat())) as { conversation: object };
  const conversationWith = (answer: object): object => ({
    id: 'a',
    turns: [{ id: 't', askedAt: 0, question: { text: '' }, answers: [answer] }],
  });
  const answer = { status: { kind: 'done' }, choices: [], chosen: 0, runs: [] };
  const invalid: Readonly<Record<string, unknown>> = {
    null: null,
    'a number': 2,
    'a list': [],
    'no version': { conversation: valid.conversation },
    'a future version': { ...valid, version: 5 },
    'no conversation': { version: 3 },
    'a turn without an answer': {
      version: 3,
      conversation: { id: 'a', turns: [{ id: 't', askedAt: 0, question: { text: '' }, answers: [] }] },
    },
    'an unknown status': {
      version: 3,
      conversation: conversationWith({ ...answer, status: { kind: 'asleep' } }),
    },
    'an unknown error': {
      version: 3,
      conversation: conversationWith({ ...answer, status: { kind: 'failed', error: { kind: 'tired' } } }),
    },
    'a choice without text': { version: 3, conversation: conversationWith({ ...answer, choices: [{}] }) },
    'a run without terms': { version: 3, conversation: conversationWith({ ...answer, runs: [{}] }) },
    'an answer of version 1': { ...version1, version: 2 },
  };
  for (const [what, json] of Object.entries(invalid)) {
    it(`is rejected if it contains ${what}`, () => assert.rejects(parseChat(JSON.stringify(json))));
  }

  it('is rejected if it was cut off', async () => {
    const whole = serializeChat(emptyConversation('a'));
    for (let length = 0; length < whole.length; length++) {
      await assert.rejects(parseChat(whole.slice(0, length)));
    }
  });
});
