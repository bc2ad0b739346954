import assert from 'node:assert/strict';
import type { ChatError } from '../../../../../src/core/api';
import { bytes, collectAnswer, requestTo, transportOf } from '../../../../support/wire';

const finish = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };

async function collectChunks(chunks: readonly unknown[], n = 1): ReturnType<typeof collectAnswer> {
  const lines = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  const request = requestTo('http://127.0.0.1', { parameters: { n } });
  return collectAnswer(request, transportOf({ chunks: [bytes(`${lines.join('')}data: [DONE]\n\n`)] }));
}

async function failureOf(stream: string): Promise<ChatError> {
  const { outcome } = await collectAnswer(
    requestTo('http://127.0.0.1'),
    transportOf({ chunks: [bytes(stream)] }),
  );
  assert.equal(outcome.kind, 'failed');
  return outcome.error;
}

describe('An answer', () => {
  const oddChunks: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['a delta that is null', { choices: [{ index: 0, delta: null }] }, []],
    ['a delta that is missing', { choices: [{ index: 0 }] }, []],
    [
      'content in parts',
      { choices: [{ index: 0, delta: { content: [{ type: 'text', text: 'A' }] } }] },
      ['A'],
    ],
    ['a refusal', { choices: [{ index: 0, delta: { refusal: 'No.' } }] }, []],
    ['an index of 7', { choices: [{ index: 7, delta: { content: 'lost' } }] }, []],
    ['an index of "0"', { choices: [{ index: '0', delta: { content: 'lost' } }] }, []],
    ['an index of -1', { choices: [{ index: -1, delta: { content: 'lost' } }] }, []],
    ['no index if one answer was requested', { choices: [{ delta: { content: 'A' } }] }, ['A']],
    ['a first chunk without choices', { choices: [], id: '', prompt_filter_results: [] }, []],
    ['no choices at all', { meta: { usage: { usd_spent: 0.5 } } }, []],
    [
      'an index of null if one answer was requested',
      { choices: [{ index: null, delta: { content: 'A' } }] },
      ['A'],
    ],
    ['choices that are not a list', { choices: 'none' }, []],
  ];
  for (const [name, chunk, expected] of oddChunks) {
    it(`is read with ${name}`, async () => {
      const answer = await collectChunks([chunk, finish]);
      assert.deepEqual([answer.texts, answer.outcome], [expected, { kind: 'complete' }]);
    });
  }

  it('contains reasoning once if a server sends it in two fields', async () => {
    const delta = { reasoning_content: 'Hm', reasoning: 'Hm' };
    const { events } = await collectChunks([{ choices: [{ index: 0, delta }] }, finish]);
    assert.deepEqual(
      events.filter(({ type }) => type === 'reasoning'),
      [{ type: 'reasoning', index: 0, text: 'Hm' }],
    );
  });

  it('keeps a refusal separate from the text', async () => {
    const { events } = await collectChunks([{ choices: [{ index: 0, delta: { refusal: 'No.' } }] }, finish]);
    assert.ok(events.some((event) => event.type === 'refusal' && event.text === 'No.'));
  });

  const deltaOf = (delta: object): unknown => ({ choices: [{ index: 0, delta }] });
  const pieceOf = (content: string): unknown => ({ choices: [{ index: 0, message: { content } }] });
  const messageOf = (message: object): unknown => ({
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...message } }],
    usage: { prompt_tokens: 1, completion_tokens: 2 },
  });
  /** The chunks of an answer, its text, and its reasoning. */
  const repeatedAnswers: readonly (readonly [string, readonly unknown[], string, string])[] = [
    [
      'all of it',
      [deltaOf({ content: 'An' }), deltaOf({ content: 'swer.' }), messageOf({ content: 'Answer.' })],
      'Answer.',
      '',
    ],
    ['more than has arrived', [deltaOf({ content: 'An' }), messageOf({ content: 'Answer.' })], 'Answer.', ''],
    [
      'another text',
      [deltaOf({ content: 'Answer.' }), messageOf({ content: 'Something else.' })],
      'Answer.',
      '',
    ],
    ['less', [deltaOf({ content: 'Answer.' }), messageOf({ content: 'An' })], 'Answer.', ''],
    ['nothing', [deltaOf({ content: 'Answer.' }), messageOf({ content: '' })], 'Answer.', ''],
    [
      'all of it twice',
      [deltaOf({ content: 'An' }), messageOf({ content: 'Answer.' }), messageOf({ content: 'Answer.' })],
      'Answer.',
      '',
    ],
    [
      'the reasoning, too',
      [
        deltaOf({ reasoning_content: 'Hm, ' }),
        deltaOf({ reasoning_content: 'so.' }),
        deltaOf({ content: 'Answer.' }),
        messageOf({ reasoning_content: 'Hm, so.', content: 'Answer.' }),
      ],
      'Answer.',
      'Hm, so.',
    ],
    [
      'the reasoning in a tag',
      [
        deltaOf({ content: '<think>Hm</think>' }),
        deltaOf({ content: 'Answer.' }),
        messageOf({ content: '<think>Hm</think>Answer.' }),
      ],
      'Answer.',
      'Hm',
    ],
    [
      'text after reasoning alone',
      [deltaOf({ reasoning: 'Hm' }), messageOf({ content: 'Answer.' })],
      'Answer.',
      'Hm',
    ],
    [
      'the first text, after a role',
      [deltaOf({ role: 'assistant' }), messageOf({ content: 'Answer.' })],
      'Answer.',
      '',
    ],
    [
      'pieces, after a delta',
      [deltaOf({ content: 'An' }), pieceOf('sw'), pieceOf('er'), messageOf({ content: '.' })],
      'Answer.',
      '',
    ],
    [
      'a piece that is longer than the text before it',
      [deltaOf({ content: 'An' }), pieceOf('swer.'), messageOf({ content: '' })],
      'Answer.',
      '',
    ],
    [
      'all of it, trimmed',
      [deltaOf({ content: '\n\nAn' }), deltaOf({ content: 'swer.' }), messageOf({ content: 'Answer.' })],
      '\n\nAnswer.',
      '',
    ],
    [
      'all of it without the reasoning',
      [
        deltaOf({ content: '<think>Hm</think>An' }),
        deltaOf({ content: 'swer.' }),
        messageOf({ content: 'Answer.' }),
      ],
      'Answer.',
      'Hm',
    ],
    [
      'pieces, without deltas',
      [messageOf({ content: 'An' }), messageOf({ content: 'swer.' })],
      'Answer.',
      '',
    ],
  ];
  for (const [repeated, chunks, text, thoughts] of repeatedAnswers) {
    it(`contains each text once if a message at the end of a stream has ${repeated}`, async () => {
      const { texts, events, outcome } = await collectChunks(chunks);
      const reasoning = events.map((event) => (event.type === 'reasoning' ? event.text : ''));
      assert.deepEqual([texts, reasoning.join(''), outcome], [[text], thoughts, { kind: 'complete' }]);
      assert.ok(events.some((event) => event.type === 'finished' && event.reason === 'stop'));
      assert.ok(events.some((event) => event.type === 'usage' && event.usage.completionTokens === 2));
    });
  }

  it('has the last usage that is not null', async () => {
    const usages = [{ prompt_tokens: 1 }, null, { prompt_tokens: 2 }, null];
    const { events } = await collectChunks([...usages.map((usage) => ({ ...finish, usage }))]);
    const received = events.flatMap((event) => (event.type === 'usage' ? [event.usage] : []));
    assert.deepEqual(received.at(-1), { promptTokens: 2 });
  });

  it('keeps interleaved choices separate', async () => {
    const chunkOf = (index: number, content: string): unknown => ({
      choices: [{ index, delta: { content } }],
    });
    const { texts } = await collectChunks(
      [chunkOf(2, 'c'), chunkOf(0, 'a'), chunkOf(1, 'b'), chunkOf(2, 'C'), finish],
      3,
    );
    assert.deepEqual(texts, ['a', 'b', 'cC']);
  });

  it('is incomplete while one of its choices has no finish reason', async () => {
    const open = 'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n';
    assert.deepEqual(await failureOf(open), { kind: 'truncated' });
  });

  it('is incomplete until every choice that has begun has a finish reason', async () => {
    const begun = { choices: [{ index: 1, delta: { content: 'B' } }] };
    const chunks = [begun, finish].map((chunk) => bytes(`data: ${JSON.stringify(chunk)}\n\n`));
    const request = requestTo('http://127.0.0.1', { parameters: { n: 2 } });
    const { outcome } = await collectAnswer(request, transportOf({ chunks }));
    assert.deepEqual(outcome, { kind: 'failed', error: { kind: 'truncated' } });
  });

  it('is rejected if a stream begins with something other than JSON', async () => {
    assert.equal((await failureOf('data: {"choices":\n\ndata: [DONE]\n\n')).kind, 'not-an-answer');
  });

  it('fails if a stream continues with something other than JSON, also in the packet of the first text', async () => {
    const begun = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'A' } }] })}\n\n`;
    assert.deepEqual(await failureOf(`${begun}data: {"choices":\n\ndata: [DONE]\n\n`), {
      kind: 'unreadable',
      detail: '{"choices":',
    });
  });

  it('reports its identity once, and again when it changes', async () => {
    const chunkOf = (model: string): Uint8Array =>
      bytes(
        `data: ${JSON.stringify({ id: 'a', model, choices: [{ index: 0, delta: { content: 'A' } }] })}\n\n`,
      );
    const chunks = [chunkOf('o1-mini'), chunkOf('o1-mini'), chunkOf('o1'), bytes('data: [DONE]\n\n')];
    const { events } = await collectAnswer(requestTo('http://127.0.0.1'), transportOf({ chunks }));
    const received = events.flatMap((event) => (event.type === 'identified' ? [event.identity.model] : []));
    assert.deepEqual(received, ['o1-mini', 'o1']);
  });

  const counts = { prompt_tokens: 7, completion_tokens: 0, total_tokens: 7 };
  for (const [form, body] of [
    ['one piece', JSON.stringify({ object: 'chat.completion', choices: [], usage: counts })],
    ['one piece without a list', JSON.stringify({ object: 'chat.completion', usage: counts })],
    ['a stream', `data: ${JSON.stringify({ choices: [], usage: counts })}\n\ndata: [DONE]\n\n`],
  ] as const) {
    it(`is empty, and its tokens are counted, if it has no choices in ${form}`, async () => {
      const { texts, events, outcome } = await collectAnswer(
        requestTo('http://127.0.0.1', { parameters: { n: 2 } }),
        transportOf({ chunks: [bytes(body)] }),
      );
      assert.deepEqual([texts, outcome], [[], { kind: 'complete' }]);
      assert.ok(events.some((event) => event.type === 'usage' && event.usage.promptTokens === 7));
    });
  }

  it('is rejected if it has counts, but is a list of something else, or has no counts', async () => {
    for (const json of [
      { object: 'list', data: [], usage: counts },
      { object: 'chat.completion', choices: [] },
      { usage: counts },
    ]) {
      assert.equal((await failureOf(JSON.stringify(json))).kind, 'not-an-answer');
    }
  });

  it('is rejected if a stream contains only [DONE]', async () => {
    assert.equal((await failureOf('data: [DONE]\n\n')).kind, 'not-an-answer');
  });

  it('ends at [DONE], even without the blank line after it', async () => {
    const stream = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'A' } }] })}\n\ndata: [DONE]`;
    const { outcome } = await collectAnswer(
      requestTo('http://127.0.0.1'),
      transportOf({ chunks: [bytes(stream)] }),
    );
    assert.deepEqual(outcome, { kind: 'complete' });
  });

  const unusualStreams: readonly (readonly [string, string, string])[] = [
    ['a byte order mark', '\ufeff', 'text/event-stream'],
    ['a byte order mark and no content type', '\ufeff', ''],
    ['the content type of JSON', '', 'application/json'],
    ['white space after [DONE]', '', 'text/event-stream'],
  ];
  for (const [name, prefix, contentType] of unusualStreams) {
    it(`is read from a stream with ${name}`, async () => {
      const chunk = { choices: [{ index: 0, delta: { content: 'A' }, finish_reason: 'stop' }] };
      const chunks = [bytes(`${prefix}data: ${JSON.stringify(chunk)}\n\ndata: [DONE] \n\n`)];
      const answer = await collectAnswer(requestTo('http://127.0.0.1'), transportOf({ chunks, contentType }));
      assert.deepEqual([answer.texts, answer.outcome], [['A'], { kind: 'complete' }]);
    });
  }

  it('keeps the text of a chunk that also contains an error', async () => {
    const chunk = {
      choices: [{ index: 0, delta: { content: 'last' } }],
      error: { message: 'gone', code: 502 },
    };
    const { texts, outcome } = await collectChunks([chunk]);
    assert.deepEqual(texts, ['last']);
    assert.deepEqual(outcome, { kind: 'failed', error: { kind: 'broken-off', message: 'gone' } });
  });
});
