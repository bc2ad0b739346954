import assert from 'node:assert/strict';
import { requestTo } from '../../../../support/wire';
import {
  askAndCollect,
  respondWith,
  sseEvent,
  testClock,
  testTimeouts,
  type FakeResponse,
} from '../client-builders';

type Message = Readonly<Record<string, unknown>>;

interface ReceivedTexts {
  readonly reasoning: string;
  readonly text: string;
}

async function read(reply: FakeResponse): Promise<ReceivedTexts> {
  const request = requestTo('http://127.0.0.1', { timeouts: testTimeouts });
  const { events } = await askAndCollect(request, respondWith(reply), testClock('pass'));
  const joined = (type: 'reasoning' | 'text'): string =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  return { reasoning: joined('reasoning'), text: joined('text') };
}

function streamed(deltas: readonly Message[]): FakeResponse {
  const events = deltas.map((delta) => sseEvent({ choices: [{ index: 0, delta }] }));
  const end = sseEvent({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
  return { body: `${events.join('')}${end}${sseEvent('[DONE]')}` };
}

function completed(message: Message): FakeResponse {
  return { body: JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] }) };
}

const pieces = ['Is it', ' a or b?'] as const;
const expected: ReceivedTexts = { reasoning: 'Is it a or b?', text: 'It is b.' };

/** The delta that each server sends for a piece of reasoning. */
const formats: readonly (readonly [server: string, (text: string) => Message])[] = [
  ['DeepSeek', (text) => ({ reasoning_content: text, content: null })],
  ['vLLM', (text) => ({ reasoning: text })],
  ['a server that sends both names', (text) => ({ reasoning: text, reasoning_content: text })],
  ['a server that leaves one of the names empty', (text) => ({ reasoning: text, reasoning_content: '' })],
  [
    'OpenRouter, which repeats it in details',
    (text) => ({ reasoning: text, reasoning_details: [{ type: 'reasoning.text', index: 0, text }] }),
  ],
  [
    'OpenRouter, only in details, with an encrypted part',
    (text) => ({
      reasoning: null,
      reasoning_details: [
        { type: 'reasoning.text', index: 0, text },
        { type: 'reasoning.encrypted', index: 1, data: 'gAAAAA' },
      ],
    }),
  ],
  [
    'OpenRouter, as a summary',
    (text) => ({ reasoning_details: [{ type: 'reasoning.summary', index: 0, summary: text }] }),
  ],
  ['Mistral', (text) => ({ content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] })],
  ['Azure', (text) => ({ cot_summary: text, cot_id: 'cot_1' })],
  ['Copilot', (text) => ({ reasoning_text: text, reasoning_opaque: 'gAAAAA' })],
  ['a proxy of Anthropic', (text) => ({ thinking: text, signature: 'gAAAAA' })],
  [
    'LiteLLM, which repeats it in blocks',
    (text) => ({ reasoning_content: text, thinking_blocks: [{ type: 'thinking', thinking: text }] }),
  ],
  [
    'a server that repeats it in the content',
    (text) => ({ reasoning_content: text, content: [{ type: 'thinking', thinking: text }] }),
  ],
];

describe('The reasoning of a chat completion', () => {
  for (const [server, message] of formats) {
    it(`is read once in the format of ${server}, streamed or not`, async () => {
      const deltas = [...pieces.map(message), { content: 'It is ' }, { content: 'b.' }];
      assert.deepEqual(await read(streamed(deltas)), expected);
      const { content, ...others } = message(pieces.join(''));
      const parts = Array.isArray(content)
        ? [...(content as readonly unknown[]), { type: 'text', text: 'It is b.' }]
        : 'It is b.';
      assert.deepEqual(await read(completed({ ...others, content: parts })), expected);
    });
  }

  it('has a blank line between the parts of a summary', async () => {
    const parts = [0, 0, 1].map((index) => ({
      reasoning_details: [{ type: 'reasoning.summary', index, summary: 'a' }],
    }));
    assert.equal((await read(streamed([...parts, { content: 'b' }]))).reasoning, 'aa\n\na');
    const ids = ['one', 'one', 'two'].map((cot_id) => ({ cot_summary: 'a', cot_id }));
    assert.equal((await read(streamed([...ids, { content: 'b' }]))).reasoning, 'aa\n\na');
  });

  it('is read once even if a server repeats it as blocks in a chunk of their own', async () => {
    const whole = pieces.join('');
    const blocks = { reasoning_details: [{ type: 'reasoning.text', index: 0, text: whole }] };
    const deltas = [...pieces.map((text) => ({ reasoning: text })), blocks, { content: 'It is b.' }];
    assert.equal((await read(streamed(deltas))).reasoning, whole);
  });

  it('is kept if a server sends nothing else', async () => {
    const received = await read(streamed(pieces.map((text) => ({ reasoning_content: text, content: '' }))));
    assert.deepEqual(received, { reasoning: expected.reasoning, text: '' });
  });

  const unusualValues: readonly unknown[] = [
    7,
    {},
    [],
    [[7]],
    [null],
    { text: 'x' },
    [{ text: 7 }],
    'x'.repeat(1e6),
  ];
  it('may have any value without affecting the text', async () => {
    const names = ['reasoning', 'reasoning_details', 'thinking_blocks', 'thinking', 'cot_summary', 'cot_id'];
    for (const value of unusualValues) {
      const message = Object.fromEntries(names.map((name) => [name, value]));
      for (const content of [
        'It is b.',
        [
          { type: 'thinking', thinking: value },
          { type: 'text', text: 'It is b.' },
        ],
      ])
        assert.equal((await read(streamed([{ ...message, content }]))).text, 'It is b.');
    }
  });
});
