import assert from 'node:assert/strict';
import { createSentenceReader } from '../../../src/webview/accessibility/sentences';

function sentencesOf(...parts: readonly string[]): readonly string[] {
  const reader = createSentenceReader('en');
  return [...parts.flatMap((part) => reader.append(part)), ...reader.finish()];
}

const nested = '```markdown\nSo:\n```bash\nls\n```\nmore\n```\n\nThe end is here. Really.';

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
      ['With a. B it is x^2.', 'Good.'],
    ],
    ['a display formula', '$$\n\\frac12\n$$\n', ['Formula: \\frac12']],
    ['a display formula in one line', '\\[ x^2 \\]\nYes.', ['Formula: x^2', 'Yes.']],
    ['a LaTeX environment', '\\begin{align}\nx\n\\end{align}\n', ['Formula: \\begin{align} x \\end{align}']],
    ['a formula without an end as the text that is drawn', '$$x\n\nAfter it.', ['$$x', 'After it.']],
    ['prices unchanged', 'It costs $5. That is much. Or $6?', ['It costs $5.', 'That is much.', 'Or $6?']],
    ['a table row by row', '| a | b |\n|---|---|\n| 1 | 2 |\n', ['a, b', '1, 2']],
    ['nested code as one block', nested, ['Code block, markdown, 5 lines', 'The end is here.', 'Really.']],
    [
      'code in an item, and the text after it',
      '1. ```js\n   x = 1\n   ```\n\nText after it. More.',
      ['1: Code block, js, 1 line', 'Text after it.', 'More.'],
    ],
    ['code in a quotation', '> Second.\n> ```js\n> let x\n> ```', ['Second.', 'Code block, js, 1 line']],
    ['no marks of a quotation', '> First\n> line.\n> Second.', ['First line.', 'Second.']],
    ['the words in tags', 'H<sub>2</sub>O is it.<br>Press <kbd>Ctrl</kbd>.', ['H2O is it.', 'Press Ctrl.']],
    ['the state of a task', '- [x] done this\n- [ ] to do', ['☑ done this', '☐ to do']],
    ['links that are defined later', 'See [the manual][m].\n\n[m]: https://a.org', ['See the manual.']],
    ['the text of a link without a definition', 'See [the manual][m].', ['See the manual.']],
    ['indices as they are', 'It is a [0][1] of b.', ['It is a [0][1] of b.']],
    ['characters for references', 'A &lt;div&gt; &amp; more', ['A <div> & more']],
    ['a table without outer pipes', 'a | b\n--- | ---\n1 |\n | 2', ['a, b', '1', '2']],
    [
      'a bar in a cell as it is',
      '| a | b |\n|---|---|\n| `x \\|\\| y` | $\\|z\\|$ |',
      ['a, b', 'x || y, |z|'],
    ],
    ['an image in a link as its text', '[![CI](https://x.y/z.svg)](https://x.y) works', ['CI works']],
    ['a fence with math as a formula', '```math\nx^2\n```', ['Formula: x^2']],
    ['a formula with a blank line as one', '$$\nx\n\ny\n$$\n\nSo.', ['Formula: x y', 'So.']],
    ['a formula in brackets with a blank line as one', '\\[\nx\n\ny\n\\]\n\nSo.', ['Formula: x y', 'So.']],
    ['addresses', 'See <https://example.com/a> (c_(d)).', ['See https://example.com/a (c_(d)).']],
    ['no mark of a line break', 'one\\\ntwo.', ['one two.']],
    ['the numbers of items from the first on', '3. c\n   - x\n4. d', ['3: c', 'x', '4: d']],
    ['no horizontal rules', 'One.\n\n---\n\nTwo.', ['One.', 'Two.']],
    ['abbreviations within a sentence', 'Numbers, e.g. pi or so. End.', ['Numbers, e.g. pi or so.', 'End.']],
    ['Chinese sentences that end with a Chinese full stop', '天是蓝的。海也是。', ['天是蓝的。', '海也是。']],
  ] as const) {
    it(`contains ${name}`, () => {
      assert.deepEqual(sentencesOf(markdown), expected);
    });
  }

  it('contains the items of a list and the sentences of an item before the list ends', () => {
    const reader = createSentenceReader('en');
    const parts = ['Do this:\n1. Open **it**. Then', ' wait.\n2. Cl', 'ose it. Re'];
    assert.deepEqual(
      parts.map((part) => reader.append(part)),
      [['Do this:', '1: Open it.'], ['Then wait.'], ['2: Close it.']],
    );
  });

  it('contains code that seems to be a fence until its marks end, in every place', () => {
    const text = 'Use this:\n```npm i``` to install. Then go on. More.\n\nNext.';
    const expected = ['Use this: npm i to install.', 'Then go on.', 'More.', 'Next.'];
    assert.deepEqual(sentencesOf(...Array.from(text)), expected);
    assert.deepEqual(sentencesOf(...Array.from(text.replaceAll(/^(?=.)/gm, '> '))), expected);
  });

  it('contains a sentence only when it is certain that no formula continues it', () => {
    const parts = ['It is. … \\("Q', 'uoted." (So.) \\)'];
    assert.deepEqual(sentencesOf(...parts), sentencesOf(parts.join('')));
  });

  it('goes on where it has ended when the answer is continued', () => {
    const reader = createSentenceReader('en');
    assert.deepEqual([...reader.append('It scatt'), ...reader.finish()], ['It scatt']);
    assert.deepEqual([...reader.append('ers light. Yes'), ...reader.finish()], ['ers light.', 'Yes']);
  });

  it('is limited in length, even for very long sentences', () => {
    assert.deepEqual(sentencesOf('word '.repeat(200_000)), ['A long paragraph']);
    assert.deepEqual(sentencesOf(`$$${'x+'.repeat(1000)}$$`), ['A long formula']);
  });

  it('is found quickly after a bracket without an end', () => {
    const began = performance.now();
    assert.deepEqual(sentencesOf(`[${'a'.repeat(30_000)}`), ['A long paragraph']);
    assert.ok(performance.now() - began < 500);
  });
});
