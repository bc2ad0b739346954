import assert from 'node:assert/strict';
import { createSentenceReader } from '../../../src/webview/accessibility/sentences';

function saidOf(...parts: readonly string[]): readonly string[] {
  const reader = createSentenceReader('en');
  return [...parts.flatMap((part) => reader.append(part)), ...reader.finish()];
}

describe('What is read out of an answer', () => {
  it('is a sentence as soon as the next one has begun', () => {
    const reader = createSentenceReader('en');
    assert.deepEqual(reader.append('The sky is blue'), []);
    assert.deepEqual(reader.append('. '), []);
    assert.deepEqual(reader.append('It sc'), ['The sky is blue.']);
    assert.deepEqual(reader.append('atters light.'), []);
    assert.deepEqual(reader.finish(), ['It scatters light.']);
    assert.deepEqual(reader.finish(), []);
  });

  for (const [what, markdown, expected] of [
    ['no marks of emphasis', 'It is **very** _much_ ~~not~~ `so`.', ['It is very much not so.']],
    ['a link’s words without its address', 'See [the page](https://example.org/a_b).', ['See the page.']],
    [
      'the number of a list’s item, and no bullet',
      '1. One\n2. Two\n\n- a\n- b',
      ['1: One', '2: Two', 'a', 'b'],
    ],
    ['a heading apart from its text', '# Light\nIt is fast.', ['Light', 'It is fast.']],
    ['lines of a paragraph as one', 'It is\nblue. So\nit is.', ['It is blue.', 'So it is.']],
    ['code as its language and length', '```python\nx = 1\ny = 2\n```\n', ['Code block, python, 2 lines']],
    ['code without a language', '~~~\nx\n~~~\nDone.', ['Code block, 1 line', 'Done.']],
    ['code that breaks off', 'So:\n```js\nx. Y', ['So:', 'Code block, js, 1 line']],
    [
      'a formula in a sentence as LaTeX',
      'With $a. B$ it is \\(x^2\\). Good.',
      ['With a. B it is x^2 .', 'Good.'],
    ],
    ['a formula of its own', '$$\n\\frac12\n$$\n', ['Formula: \\frac12']],
    ['a formula in one line', '\\[ x^2 \\]\nYes.', ['Formula: x^2', 'Yes.']],
    ['an environment', '\\begin{align}\nx\n\\end{align}\n', ['Formula: \\begin{align} x \\end{align}']],
    ['a formula that never ends, up to the empty line', '$$x\n\nAfter it.', ['Formula: x', 'After it.']],
    ['prices as they are', 'It costs $5. That is much. Or $6?', ['It costs $5. That is much. Or $6?']],
    ['a table row by row', '| a | b |\n|---|---|\n| 1 | 2 |\n', ['a, b', '1, 2']],
    ['nothing of a rule', 'One.\n\n---\n\nTwo.', ['One.', 'Two.']],
    ['an abbreviation as no end', 'Numbers, e.g. pi or so. End.', ['Numbers, e.g. pi or so.', 'End.']],
    ['Chinese by its own full stop', '天是蓝的。海也是。', ['天是蓝的。', '海也是。']],
  ] as const) {
    it(`is ${what}`, () => {
      assert.deepEqual(saidOf(markdown), expected);
    });
  }

  it('is bounded, however long a sentence is', () => {
    assert.deepEqual(saidOf('word '.repeat(200_000)), ['A long paragraph']);
    assert.deepEqual(saidOf(`$$${'x+'.repeat(1000)}$$`), ['A long formula']);
  });
});
