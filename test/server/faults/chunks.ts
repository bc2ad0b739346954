import type { Expected, PlayedFault } from './fault';
import { chunk, data, done, finish, sends, answerText, answerStream } from './stream';

const complete: Expected = { outcome: 'complete', text: answerText };

function choice(fields: object): object {
  return { choices: [{ index: 0, ...fields }] };
}

/** Chunks without text that must not affect the answer. */
const harmless: readonly (readonly [name: string, description: string, chunk: unknown])[] = [
  ['choices-missing', 'A chunk without choices.', { object: 'chat.completion.chunk' }],
  ['choices-null', 'A chunk whose choices are null.', { choices: null }],
  [
    'choices-empty',
    'A first chunk without choices and with an empty ID.',
    { choices: [], id: '', prompt_filter_results: [] },
  ],
  ['choices-object', 'A chunk whose choices are an object.', { choices: { 0: chunk('lost') } }],
  ['choice-null', 'A choice that is null.', { choices: [null] }],
  ['chunk-null', 'A chunk that is null.', null],
  ['chunk-list', 'A chunk that is an array.', []],
  ['delta-null', 'A delta that is null.', choice({ delta: null })],
  ['delta-missing', 'A choice without a delta.', choice({})],
  ['content-null', 'Content that is null.', choice({ delta: { content: null } })],
  ['content-number', 'Content that is a number.', choice({ delta: { content: 7 } })],
  [
    'index-beyond',
    'An index beyond the number of requested answers.',
    choice({ index: 7, delta: { content: 'lost' } }),
  ],
  ['index-string', 'An index that is a string.', choice({ index: '0', delta: { content: 'lost' } })],
  ['index-negative', 'A negative index.', choice({ index: -1, delta: { content: 'lost' } })],
  ['index-decimal', 'An index that is not an integer.', choice({ index: 0.5, delta: { content: 'lost' } })],
  ['finish-empty', 'A finish_reason that is an empty string.', choice({ delta: {}, finish_reason: '' })],
];

const usages: readonly PlayedFault[] = [
  {
    name: 'usage-on-each-chunk',
    description: 'Usage in each chunk, and null in the last one.',
    expected: { ...complete, promptTokens: 12 },
    play: sends({
      parts: [
        data({ ...chunk('Zwölf Türme – '), usage: { prompt_tokens: 11 } }),
        data({ ...chunk('🗼 – und mehr.'), usage: { prompt_tokens: 12 } }),
        data({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: null }),
        done,
      ],
    }),
  },
  {
    name: 'usage-after-finish',
    description: 'Usage in a chunk without choices after the finish_reason.',
    expected: { ...complete, promptTokens: 9 },
    play: sends({ parts: [answerStream, data({ choices: [], usage: { prompt_tokens: 9 } }), done] }),
  },
  {
    name: 'usage-invalid',
    description: 'Usage that is not an object, and counts that are not numbers.',
    expected: complete,
    play: sends({
      parts: [
        data({ choices: [], usage: 'much' }),
        data({ choices: [], usage: { prompt_tokens: '9' } }),
        answerStream,
        done,
      ],
    }),
  },
  {
    name: 'cost-only',
    description: 'A last chunk with the cost and without choices.',
    expected: complete,
    play: sends({
      parts: [answerStream, data({ meta: { usage: { credits_used: 5, usd_spent: 0.01 } } }), done],
    }),
  },
];

const contents: readonly PlayedFault[] = [
  {
    name: 'index-missing',
    description: 'Choices without an index if one answer was requested.',
    expected: complete,
    play: sends({ parts: [answerStream.replaceAll('"index":0,', ''), done] }),
  },
  {
    name: 'content-in-parts',
    description: 'Content as an array of text and thinking parts.',
    expected: { ...complete, reasoning: 'Hm.' },
    play: sends({
      parts: [
        data(chunk([{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }])),
        data(
          chunk([
            { type: 'text', text: 'Zwölf Türme – ' },
            { type: 'text', text: '🗼 – und mehr.' },
          ]),
        ),
        finish,
        done,
      ],
    }),
  },
  {
    name: 'reasoning-twice',
    description: 'The same reasoning under two names.',
    expected: { ...complete, reasoning: 'Hm.' },
    play: sends({
      parts: [data(choice({ delta: { reasoning: 'Hm.', reasoning_content: 'Hm.' } })), answerStream, done],
    }),
  },
  {
    name: 'reasoning-empty',
    description: 'Reasoning under two names, one of them empty.',
    expected: { ...complete, reasoning: 'Hm.' },
    play: sends({
      parts: [data(choice({ delta: { reasoning: 'Hm.', reasoning_content: '' } })), answerStream, done],
    }),
  },
  {
    name: 'finish-repeated',
    description: 'A finish_reason in several chunks.',
    expected: { ...complete, finish: 'stop' },
    play: sends({ parts: [answerStream, finish, finish, done] }),
  },
  {
    name: 'refusal',
    description: 'A refusal in its own field.',
    expected: { outcome: 'complete', text: '', refusal: 'I cannot.', finish: 'stop' },
    play: sends({
      parts: [
        data(choice({ delta: { refusal: 'I ' } })),
        data(choice({ delta: { refusal: 'cannot.' } })),
        finish,
        done,
      ],
    }),
  },
  {
    name: 'content-filter',
    description: 'A content filter ends the answer.',
    expected: { outcome: 'complete', text: 'So far', finish: 'content_filter' },
    play: sends({
      parts: [data(chunk('So far')), data(choice({ delta: {}, finish_reason: 'content_filter' })), done],
    }),
  },
  {
    name: 'no-text-length',
    description: 'The token limit is reached before the first text.',
    expected: { outcome: 'complete', text: '', finish: 'length' },
    play: sends({ parts: [data(choice({ delta: { content: '' }, finish_reason: 'length' })), done] }),
  },
];

export const chunkFaults: readonly PlayedFault[] = [
  ...harmless.map(([name, description, harmlessChunk]) => ({
    name,
    description,
    expected: complete,
    play: sends({ parts: [data(harmlessChunk), answerStream, data(harmlessChunk), done] }),
  })),
  ...usages,
  ...contents,
];
