import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reduce, emptyConversation, type Conversation } from '../../src/core/chat/conversation';
import { chatOfJson, serializeChat } from '../../src/host/storage/chat-format';
import { anyChat } from './any-chat';
import {
  accepted,
  asked,
  billed,
  chatAfter,
  complete,
  failed,
  finished,
  sent,
  someTerms,
  text,
  used,
} from './builders';

async function parseChat(text: string): Promise<Conversation> {
  return chatOfJson(JSON.parse(text));
}

/** Literally what version 1 wrote. */
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

/** Everything that an answer can have. */
function fullChat(): Conversation {
  const terms = { ...someTerms, n: 2, omitted: { turns: 3, context: true } };
  const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3, cachedTokens: 4, reasoningTokens: 5 };
  const others = [{ name: 'prompt_tokens_details.audio_tokens', tokens: 6 }];
  const identity = { id: 'chatcmpl-1', model: 'o1-mini-2024-09-12', fingerprint: 'fp_1' };
  const retired = { status: 404, message: 'gone', requestId: 'r', model: 'o1-mini' };
  const cut = chatAfter([asked('Why?', terms), failed({ kind: 'model-not-found', ...retired })]);
  return chatAfter(
    [
      { type: 'retried', terms },
      sent(7),
      sent(8, 1),
      accepted(['r-1', 'i-1']),
      { type: 'identified', call: 0, identity },
      { type: 'reasoning', index: 1, text: 'Hm.' },
      text('One, two'),
      { type: 'refusal', index: 1, text: 'I cannot.' },
      { type: 'annotated', index: 0, annotations: [{ url: 'https://a.example', at: [1, null] }] },
      used({ ...usage, others }),
      billed(0.25),
      finished('length'),
      complete,
      { type: 'continued', terms: someTerms },
      sent(),
      text('tw'),
      asked('Next?', terms),
      {
        type: 'retrying',
        call: 0,
        attempt: 1,
        of: 2,
        delayMs: 500,
        error: { kind: 'network', reason: 'reset', detail: 'ECONNRESET' },
      },
    ],
    reduce(cut, { type: 'replacementFound', model: 'o4-mini' }),
  );
}

describe('The file of a chat', () => {
  it('of version 1 is read, with its texts, thoughts and ends', async () => {
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

  it('of version 1 can be gone on with, and is kept as one of today', async () => {
    const chat = chatAfter([asked('More?'), sent(), text('Yes.')], await parseChat(JSON.stringify(version1)));
    assert.deepEqual(await parseChat(serializeChat(chat)), chat);
  });

  it('of version 2 is read as one of today', async () => {
    const { title, turns, ...chat } = fullChat();
    const asVersion2 = turns.map(({ askedAt, ...turn }) => turn);
    const written = { version: 2, conversation: { ...chat, turns: asVersion2 } };
    assert.deepEqual(await parseChat(JSON.stringify(written)), { ...chat, turns });
  });

  it('gives back all there is of an answer', async () => {
    const chat = fullChat();
    const [first, second] = chat.turns;
    const seams = first?.answers.at(-1)?.choices.map(({ seam }) => seam);
    assert.deepEqual([seams?.[0], second?.answers[0].status.kind], ['tw', 'retrying'], 'the test is whole');
    assert.deepEqual(await parseChat(serializeChat(chat)), chat);
  });

  it('gives back every chat that there can be', async () => {
    await fc.assert(
      fc.asyncProperty(anyChat, async (chat) => assert.deepEqual(await parseChat(serializeChat(chat)), chat)),
      { numRuns: 300 },
    );
  });

  it('is read though a later version of us has added to it', async () => {
    const chat = fullChat();
    const added = JSON.parse(serializeChat(chat), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && !('url' in value)
        ? { ...value, mood: 'good' }
        : value,
    ) as unknown;
    assert.deepEqual(await parseChat(JSON.stringify(added)), chat);
  });

  const good = JSON.parse(serializeChat(fullChat())) as { conversation: object };
  const turns = (answer: object): object => ({
    id: 'a',
    turns: [{ id: 't', askedAt: 0, question: { text: '' }, answers: [answer] }],
  });
  const answer = { status: { kind: 'done' }, choices: [], chosen: 0, runs: [] };
  const garbage: Readonly<Record<string, unknown>> = {
    null: null,
    'a number': 2,
    'a list': [],
    'no version': { conversation: good.conversation },
    'a version to come': { ...good, version: 5 },
    'no conversation': { version: 3 },
    'a turn without an answer': {
      version: 3,
      conversation: { id: 'a', turns: [{ id: 't', askedAt: 0, question: { text: '' }, answers: [] }] },
    },
    'an unknown status': { version: 3, conversation: turns({ ...answer, status: { kind: 'asleep' } }) },
    'an unknown error': {
      version: 3,
      conversation: turns({ ...answer, status: { kind: 'failed', error: { kind: 'tired' } } }),
    },
    'a choice without text': { version: 3, conversation: turns({ ...answer, choices: [{}] }) },
    'a run without terms': { version: 3, conversation: turns({ ...answer, runs: [{}] }) },
    'an answer of version 1': { ...version1, version: 2 },
  };
  for (const [what, json] of Object.entries(garbage)) {
    it(`is refused where it holds ${what}`, () => assert.rejects(parseChat(JSON.stringify(json))));
  }

  it('is refused where it was cut off', async () => {
    const whole = serializeChat(emptyConversation('a'));
    for (let length = 0; length < whole.length; length++) {
      await assert.rejects(parseChat(whole.slice(0, length)));
    }
  });
});
