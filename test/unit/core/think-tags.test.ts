import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AnswerPart } from '../../../src/core/api/events';
import { createThinkTagReader } from '../../../src/core/api/streams/think-tags';

/** What is kept of texts that come in these pieces. */
function read(pieces: readonly string[]): { readonly reasoning: string; readonly text: string } {
  const reader = createThinkTagReader();
  let [reasoning, text] = ['', ''];
  const parts = pieces.flatMap((piece) => reader.read({ type: 'text', index: 0, text: piece }));
  for (const part of [...parts, ...reader.end()]) {
    if (part.type === 'reasoning') reasoning += part.text;
    if (part.type === 'text') text += part.text;
    if (part.type === 'textWasReasoning') [reasoning, text] = [text.trimStart(), ''];
  }
  return { reasoning: reasoning.trimEnd(), text };
}

function cut(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let [at, cut] = [0, 0]; at < text.length; cut++) {
    const length = lengths[cut % lengths.length] ?? 1;
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

const answers: readonly (readonly [what: string, text: string, reasoning: string, answer: string])[] = [
  [
    'with both tags',
    '<think>\nFirst, a.\nThen b.\n</think>\n\nIt is **b**.',
    'First, a.\nThen b.',
    'It is **b**.',
  ],
  ['in one line', '<think>a</think>b', 'a', 'b'],
  ['behind white space', '\n\n <think>a</think>\nb', 'a', 'b'],
  ['of another name', '<thinking>a</thinking>b', 'a', 'b'],
  ['in capitals', '<THINK>a</THINK>b', 'a', 'b'],
  ['that are empty', '<think>\n\n</think>\n\nb', '', 'b'],
  ['that never end', '<think>a and </thin', 'a and </thin', ''],
  ['whose opening tag is missing', 'First, a.\n\n- b\n</think>\n\nIt is b.', 'First, a.\n\n- b', 'It is b.'],
  ['whose opening tag is missing, in one line', 'a</think>b', 'a', 'b'],
  ['with code in them', '<think>\n```\nx\n```\n</think>\ny', '```\nx\n```', 'y'],
  ['with other tags', '<think>a < b <b>c</b></think>d', 'a < b <b>c</b>', 'd'],
  ['with a second pair in the answer', '<think>a</think>b <think>c</think>', 'a', 'b <think>c</think>'],
];
const plain = [
  'No tags, a < b and <div>.',
  '<div>html</div>',
  '<',
  '<thi',
  '<thinker>',
  'The tag `</think>` ends it.',
  '```html\n<think>x</think>\n```\nThat is it.',
  'a </thin',
  '',
  '  \n',
];

describe('Reasoning in the text of an answer', () => {
  for (const [what, text, reasoning, answer] of answers) {
    it(`are taken out of it: ${what}`, () => {
      assert.deepEqual(read([text]), { reasoning, text: answer });
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (lengths) => {
          assert.deepEqual(read(cut(text, lengths)), { reasoning, text: answer });
        }),
      );
    });
  }

  for (const text of plain) {
    it(`are not seen in ${JSON.stringify(text)}`, () => {
      for (const length of [1, 2, 3, 1000])
        assert.deepEqual(read(cut(text, [length])), { reasoning: '', text });
    });
  }

  it('are separate for each alternative, and end before its finish reason', () => {
    const reader = createThinkTagReader();
    const parts: readonly AnswerPart[] = [
      { type: 'text', index: 0, text: '<think>a</thi' },
      { type: 'text', index: 1, text: 'b <' },
      { type: 'finished', index: 1, reason: 'stop' },
      { type: 'text', index: 0, text: 'nk>c' },
    ];
    assert.deepEqual(
      [...parts.flatMap((part) => reader.read(part)), ...reader.end()],
      [
        { type: 'reasoning', index: 0, text: 'a' },
        { type: 'text', index: 1, text: 'b ' },
        { type: 'text', index: 1, text: '<' },
        { type: 'finished', index: 1, reason: 'stop' },
        { type: 'text', index: 0, text: 'c' },
      ],
    );
  });
});
