import assert from 'node:assert/strict';
import { createSentenceReader } from '../../../src/webview/accessibility/sentences';

function sentencesOf(...parts: readonly string[]): readonly string[] {
  const reader = createSentenceReader('en');
  return [...parts.flatMap((part) => reader.append(part)), ...reader.finish()];
}

describe('The spoken text of an answer', () => {
  it('contains a sentence as soon as the next one has begun', () => {
    const reader = createSentenceReader('en');
    assert.deepEqual(reader.append('The sky is blue'), []);
    assert.deepEqual(reader.append('. '), []);
    assert.deepEqual(reader.append('It sc'), ['The sky is blue.']);
    assert.deepEqual(reader.append('atters light.'), []);
    assert.deepEqual(reader.finish(), ['It scatters light.']);
    assert.deepEqual(reader.finish(), []);
  });

  for (const [name, markdown, expected] of [
    ['no marks of emphasis', 'It is **very** _much_ ~~not~~ `so`.', ['It is very much not so.']],
    ['the text of a link without its address', 'See [the page](https://example.org/a_b).', ['See the page.']],
    [
      'the numbers of list items, but no bullets',
      '1. One\n2. Two\n\n- a\n- b',
      ['1: One', '2: Two', 'a', 'b'],
    ],
    ['a heading separately from its text', '# Light\nIt is fast.', ['Light', 'It is fast.']],
    ['the lines of a paragraph as one text', 'It is\nblue. So\nit is.', ['It is blue.', 'So it is.']],
    ['the language and length of code', '```python\nx = 1\ny = 2\n```\n', ['Code block, python, 2 lines']],
    ['the length of code without a language', '~~~\nx\n~~~\nDone.', ['Code block, 1 line', 'Done.']],
    ['the length of code that was cut off', 'So:\n```js\nx. Y', ['So:', 'Code block, js, 1 line']],
    [
      'a formula in a sentence as LaTeX',
      'With $a. B$ it is \\(x^2\\). Good.',
      ['With a. B it is x^2 .', 'Good.'],
    ],
    ['a display formula', '$$\n\\frac12\n$$\n', ['Formula: \\frac12']],
    ['a display formula in one line', '\\[ x^2 \\]\nYes.', ['Formula: x^2', 'Yes.']],
    ['a LaTeX environment', '\\begin{align}\nx\n\\end{align}\n', ['Formula: \\begin{align} x \\end{align}']],
    ['a formula without an end, up to the empty line', '$$x\n\nAfter it.', ['Formula: x', 'After it.']],
    ['prices unchanged', 'It costs $5. That is much. Or $6?', ['It costs $5. That is much. Or $6?']],
    ['a table row by row', '| a | b |\n|---|---|\n| 1 | 2 |\n', ['a, b', '1, 2']],
    ['no horizontal rules', 'One.\n\n---\n\nTwo.', ['One.', 'Two.']],
    ['abbreviations within a sentence', 'Numbers, e.g. pi or so. End.', ['Numbers, e.g. pi or so.', 'End.']],
    ['Chinese sentences that end with a Chinese full stop', '天是蓝的。海也是。', ['天是蓝的。', '海也是。']],
  ] as const) {
    it(`contains ${name}`, () => {
      assert.deepEqual(sentencesOf(markdown), expected);
    });
  }

  it('is limited in length, even for very long sentences', () => {
    assert.deepEqual(sentencesOf('word '.repeat(200_000)), ['A long paragraph']);
    assert.deepEqual(sentencesOf(`$$${'x+'.repeat(1000)}$$`), ['A long formula']);
  });
});
