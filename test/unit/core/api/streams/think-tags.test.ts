import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AnswerPart } from '../../../../../src/core/api/events';
import { createThinkTagReader } from '../../../../../src/core/api/streams/think-tags';

/** The reasoning and the text of an answer that arrives in these pieces. */
function read(pieces: readonly string[]): { readonly reasoning: string; readonly text: string } {
  const reader = createThinkTagReader();
  let [reasoning, text] = ['', ''];
  const parts = pieces.flatMap((piece) => reader.read({ type: 'text', index: 0, text: piece }));
  for (const part of [...parts, ...reader.end()]) {
    if (part.type === 'reasoning') reasoning += part.text;
    if (part.type === 'text') text += part.text;
    if (part.type === 'reclassifiedAsReasoning') [reasoning, text] = [text.trimStart(), ''];
  }
  return { reasoning: reasoning.trimEnd(), text };
}

function cut(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let [position, index] = [0, 0]; position < text.length; index++) {
    const length = lengths[index % lengths.length] ?? 1;
    pieces.push(text.slice(position, position + length));
    position += length;
  }
  return pieces;
}

const answers: readonly (readonly [form: string, text: string, reasoning: string, answer: string])[] = [
  [
    'with both tags',
    '<think>\nFirst, a.\nThen b.\n</think>\n\nIt is **b**.',
    'First, a.\nThen b.',
    'It is **b**.',
  ],
  ['in one line', '<think>a</think>b', 'a', 'b'],
  ['after white space', '\n\n <think>a</think>\nb', 'a', 'b'],
  ['with another name', '<thinking>a</thinking>b', 'a', 'b'],
  ['in capitals', '<THINK>a</THINK>b', 'a', 'b'],
  ['with no content', '<think>\n\n</think>\n\nb', '', 'b'],
  ['without an end', '<think>a and </thin', 'a and </thin', ''],
  ['without the opening tag', 'First, a.\n\n- b\n</think>\n\nIt is b.', 'First, a.\n\n- b', 'It is b.'],
  ['without the opening tag, in one line', 'a</think>b', 'a', 'b'],
  ['with code', '<think>\n```\nx\n```\n</think>\ny', '```\nx\n```', 'y'],
  ['with other tags', '<think>a < b <b>c</b></think>d', 'a < b <b>c</b>', 'd'],
  ['in brackets', '[THINK]a [b] <c>[/THINK]\n\nd [e]', 'a [b] <c>', 'd [e]'],
  ['in brackets without the opening one', 'First, a[0].[/THINK]b', 'First, a[0].', 'b'],
  [
    'without the opening tag, with the closing tag in code before',
    'It ends with `</think>`, I think.\n</think>\nb',
    'It ends with `</think>`, I think.',
    'b',
  ],
  [
    'in channels',
    '<|channel|>analysis<|message|>First, a < b.<|end|><|start|>assistant<|channel|>final<|message|>It is b.<|return|>',
    'First, a < b.',
    'It is b.',
  ],
  [
    'in several channels, with a role first',
    ' <|start|>assistant<|channel|>analysis<|message|>a<|end|>\n<|start|>assistant<|channel|>commentary to=x <|constrain|>json<|message|>b<|call|><|start|>assistant<|channel|>final<|message|>c <|x|> d',
    'a\n\nb',
    'c <|x|> d',
  ],
  ['in channels without an end', '<|channel|>analysis<|message|>a and <|en', 'a and <|en', ''],
  [
    'in channels without their brackets',
    'analysisWe say a.assistantfinalIt is b.',
    'analysisWe say a.',
    'It is b.',
  ],
  ['with the tags of Seed', '<seed:think>a</seed:think>b', 'a', 'b'],
  ['with the tags of Kimi', '◁think▷a◁/think▷b', 'a', 'b'],
  ['with the name reasoning', '<reasoning>a</reasoning>\n\nb', 'a', 'b'],
  [
    'before a solution',
    '<|begin_of_thought|>\na\n<|end_of_thought|>\n\n<|begin_of_solution|>\nb\n<|end_of_solution|>',
    'a',
    'b',
  ],
  ['before an answer in a tag', '<think>a</think>\n<answer>\nb <c>\n</answer>\n', 'a', 'b <c>'],
  [
    'before a tag that only begins like that of an answer',
    '<think>a</think>\n<answers>\nb',
    'a',
    '<answers>\nb',
  ],
  ['before an answer in a tag without an end', '<think>a</think><answer>b </ans', 'a', 'b </ans'],
  ['before an answer in a tag, and text', '<think>a</think><answer>42</answer>\n\nNote', 'a', '42\n\nNote'],
  [
    'that is about another tag',
    '<think>Use <reasoning>x</reasoning> tags.</think>b',
    'Use <reasoning>x</reasoning> tags.',
    'b',
  ],
  ['before text that contains the tag', '<think>a</think>b <answer>c</answer>', 'a', 'b <answer>c</answer>'],
  ['with a second pair in the answer', '<think>a</think>b <think>c</think>', 'a', 'b <think>c</think>'],
];
const textsWithoutReasoning = [
  'No tags, a < b and <div>.',
  '<div>html</div>',
  '<',
  '<thi',
  '<thinker>',
  'The tag `</think>` ends it.',
  '```html\n<think>x</think>\n```\nThat is it.',
  'a </thin',
  '[think] of a [link](x) and a[0]',
  '[Th',
  '<|x|> is no marker',
  'analysis of a; assistantfinal',
  'analysisResult = 5; assistant, finally',
  'In code: `<|channel|>final<|message|>`',
  'It ends with </reasoning>, and </answer> too.',
  '◁ and ◁thin',
  '<|begin_of_text|>',
  '',
  '  \n',
];

describe('Reasoning in the text of an answer', () => {
  for (const [form, text, reasoning, answer] of answers) {
    it(`is separated from the text: ${form}`, () => {
      assert.deepEqual(read([text]), { reasoning, text: answer });
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (lengths) => {
          assert.deepEqual(read(cut(text, lengths)), { reasoning, text: answer });
        }),
      );
    });
  }

  for (const text of textsWithoutReasoning) {
    it(`is not found in ${JSON.stringify(text)}`, () => {
      for (const length of [1, 2, 3, 1000])
        assert.deepEqual(read(cut(text, [length])), { reasoning: '', text });
    });
  }

  it('is no longer searched after a text that is longer than any reasoning', () => {
    const long = 'a'.repeat(600_001);
    assert.deepEqual(read([long, '</think>b']), { reasoning: '', text: `${long}</think>b` });
    const short = long.slice(2);
    assert.deepEqual(read([short, '</think>b']), { reasoning: short, text: 'b' });
  });

  it('is separate for each alternative, and ends before its finish reason', () => {
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
