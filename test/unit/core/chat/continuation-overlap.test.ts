import assert from 'node:assert/strict';
import { withoutOverlap } from '../../../../src/core/chat/continuation-overlap';

/** The complete text. Asserts that it is the same if the continuation arrives one character at a time. */
function joined(before: string, continuation: string): string {
  const atOnce = withoutOverlap(before, continuation, 'ended');
  assert.ok(atOnce !== undefined);
  for (let length = 0; length <= continuation.length; length++) {
    const appended = withoutOverlap(before, continuation.slice(0, length), 'open');
    if (appended !== undefined) assert.equal(appended + continuation.slice(length), atOnce);
  }
  return before + atOnce;
}

/** The number of characters after which text is no longer held back. */
function heldBackLength(before: string, continuation: string): number {
  let length = 0;
  while (withoutOverlap(before, continuation.slice(0, length), 'open') === undefined) length++;
  return length;
}

describe('A repetition at the beginning of a continuation', () => {
  it('is removed if it consists of words', () => {
    assert.equal(joined('We sum up the first', 'the first ten terms.'), 'We sum up the first ten terms.');
    assert.equal(joined('This is done for the ', 'for the last time'), 'This is done for the last time');
    assert.equal(joined('and so we find', 'so we find 3.'), 'and so we find 3.');
    assert.equal(joined('so the end of the', 'the end of the day'), 'so the end of the day');
  });

  it('is removed with the line breaks before it', () => {
    assert.equal(
      joined('Say.\n\nIt grows without', '\n\nIt grows without end.'),
      'Say.\n\nIt grows without end.',
    );
    assert.equal(
      joined('Say.\r\nIt grows without', '\r\n\r\nIt grows without end.'),
      'Say.\r\nIt grows without end.',
    );
    assert.equal(
      joined('f(x):\n    total += x\n', '\n\n    total += x\n    y'),
      'f(x):\n    total += x\n    y',
    );
  });

  it('is removed if it is the last word, complete or not', () => {
    assert.equal(joined('the integ', 'integral'), 'the integral');
    assert.equal(joined('so the', 'the limit'), 'so the limit');
    assert.equal(joined('die Größ', 'Größe'), 'die Größe');
    assert.equal(joined('Mum did', 'did so'), 'Mum did so');
  });

  it('is removed if it is the unfinished line, with or without its indentation', () => {
    const before = 'def f(xs):\n    return su';
    assert.equal(joined(before, '    return sum(xs)'), 'def f(xs):\n    return sum(xs)');
    assert.equal(joined(before, 'return sum(xs)'), 'def f(xs):\n    return sum(xs)');
    assert.equal(joined('List:\n- The', '- The first'), 'List:\n- The first');
    assert.equal(joined('so\n  y = f(', 'y = f(x)'), 'so\n  y = f(x)');
    assert.equal(joined('so\n  y = f(', '  y = f(x)'), 'so\n  y = f(x)');
    assert.equal(joined('so\n    total_sum += x', '\n  total_sum += x + 1'), 'so\n    total_sum += x + 1');
  });

  it('is removed if it is an unfinished fence line', () => {
    assert.equal(joined('Do\n```', '```python\nx'), 'Do\n```python\nx');
    assert.equal(joined('Do\n  ~~~py', '~~~python\nx'), 'Do\n  ~~~python\nx');
  });

  it('is removed completely if it is a code block with its fence', () => {
    assert.equal(joined('Do\n```py\nfirst = 1\n', '```py\nfirst = 1\nb'), 'Do\n```py\nfirst = 1\nb');
  });

  it('is removed for surrogate pairs', () => {
    assert.equal(joined('Wir feiern 😀🎉', 'feiern 😀🎉😀 heute'), 'Wir feiern 😀🎉feiern 😀🎉😀 heute');
    assert.equal(joined('Wir feiern heute 😀🎉', 'feiern heute 😀🎉!'), 'Wir feiern heute 😀🎉!');
  });
});

describe('A continuation stays unchanged', () => {
  const unchanged: readonly (readonly [condition: string, before: string, continuation: string])[] = [
    ['without a repetition', 'The integ', 'ral is 3.'],
    ['if only digits are the same', 'It is 10', '100'],
    ['if only many digits are the same', 'It is 1000000000000', '1000000000000'],
    ['if only two letters are the same', 'so it is', 'is'],
    ['if only a part of a word is the same', 'undone', 'one'],
    ['if a word is used twice', 'He said that', ' that man'],
    ['if short names are used twice', '$a + b + ', 'a + b + c$'],
    ['if words are repeated for emphasis', 'got stronger and stronger', ' and stronger'],
    ['if words are repeated several times', 'so one two, one two, ', 'one two, three'],
    ['if a line is repetitive', 'la, la, ', 'la, la, la'],
    ['if a word is repetitive', 'oh mama', 'mama'],
    ['if lines are repeated', 'Rows:\nab cd;\nab cd;\n', 'ab cd;\nab cd;\n'],
    ['if a line contains no words', '1 + 2 + ', '1 + 2 + 3'],
    ['if a line is short', 'a +', 'a + b'],
    ['if lines are repeated several times', 'x\nx\nx\nx\nx\nx\nx\n', 'x\nx\nx\nx\nx\nx\nx\n'],
    ['if the text is a horizontal line', '| --------------', '-------------- |'],
    ['if a short line with much indentation is repeated', '[\n            0,\n', '            0,\n'],
    ['if only spaces are the same', 'if x:\n                ', '                y'],
    ['if a function is called within itself', 'foo(', 'foo(x))'],
    ['if only one word follows a line break', '- Array', '\n- ArrayList'],
    ['if half a surrogate pair would remain', 'We count words \ud83d', 'We count words \ud83d\ude00'],
    ['if it completes a surrogate pair', 'smile \ud83d', '\ude00 again'],
    ['if it completes a line break', 'line\r', '\nline two'],
  ];
  for (const [condition, before, continuation] of unchanged) {
    it(condition, () => assert.equal(joined(before, continuation), before + continuation));
  }

  it('if the repetition is farther back than the searched text', () => {
    const before = `the very first words of all ${'abc '.repeat(500)}`;
    const repetition = before + 'end';
    assert.equal(joined(before, repetition), before + repetition);
  });

  it('if it contains only white space', () => {
    assert.equal(withoutOverlap('so the end', '\n \n', 'open'), undefined);
    assert.equal(withoutOverlap('so the end', '\n \n', 'ended'), '\n \n');
    assert.equal(withoutOverlap('so the end', '', 'ended'), '');
    assert.equal(withoutOverlap('', 'Text', 'open'), 'Text');
  });
});

describe('A reopened fence', () => {
  it('is removed in open code', () => {
    assert.equal(joined('```python\na = 1\n', '```python\nb = 2\n```'), '```python\na = 1\nb = 2\n```');
    assert.equal(joined('~~~\na = 1\n', '\n~~~~ js title="x"\nb'), '~~~\na = 1\nb');
    assert.equal(joined('```py\r\na = 1\r\n', '```py\r\nb = 2\r\n'), '```py\r\na = 1\r\nb = 2\r\n');
    assert.equal(joined('```py\na', '```py'), '```py\na');
  });

  it('is removed in a list and in a quotation', () => {
    assert.equal(joined('1. Do\n   ```c\n   a;\n', '   ```c\n   b;'), '1. Do\n   ```c\n   a;\n   b;');
    assert.equal(joined('> ```c\n> a;\n', '> ```c\n> b;'), '> ```c\n> a;\n> b;');
    assert.equal(joined('> ```c\n> a;\n', '```c\n> b;'), '> ```c\n> a;\n> b;');
  });

  it('keeps its line break after an unfinished line', () => {
    assert.equal(joined('```py\na = 1', '```py\nb = 2'), '```py\na = 1\nb = 2');
    assert.equal(joined('```py\r\na = 1', '```py\r\nb = 2'), '```py\r\na = 1\r\nb = 2');
  });

  it('is removed with the line that is repeated after it', () => {
    assert.equal(joined('```py\nx = su', '```python\nx = sum(y)'), '```py\nx = sum(y)');
    assert.equal(joined('```py\n  int', '```python\n  integer'), '```py\n  integer');
    assert.equal(
      joined('```py\nb()\nfirst = 1\n', '```py\nfirst_ = 1\nb'),
      '```py\nb()\nfirst = 1\nfirst_ = 1\nb',
    );
    assert.equal(joined('```py\nb()\nfirst = foo\n', '```py\nfirst = foo\nb'), '```py\nb()\nfirst = foo\nb');
    assert.equal(joined('```js\n    }', '```js\n    }\n'), '```js\n    }\n    }\n');
    assert.equal(joined('```txt\n123', '```txt\n123\n'), '```txt\n123\n123\n');
    assert.equal(joined('```c\n  a', '```c\n  a = 1'), '```c\n  a\n  a = 1');
  });

  const unchanged: readonly (readonly [condition: string, before: string, continuation: string])[] = [
    ['if no code block is open', 'Do\n```py\na\n```\n', '```py\nb\n```'],
    ['if it has no language, because it closes the block', '```py\na\n', '```\nDone'],
    ['if it consists of other characters', '~~~\na\n', '```py\nb\n```'],
    ['if it is too short to close the block', '````\na\n', '```py\nb\n```'],
    ['if it is an example in a Markdown block', '```md\n# Title\n', '```py\nb\n```'],
    ['if it is indented like code', '```py\n"""\n', '    ```js\n    b'],
    ['if it is a quotation in code', '```md\na\n', '> ```md\n> b'],
    ['if it is in a list', '```md\na\n', '- ```md\n  b'],
    ['if text follows on its line', '```py\na\n', '``` and this is it.\n'],
    ['if its line does not end', '```py\na\n', `\`\`\`${'x'.repeat(2500)}\nb`],
    ['if it is inline code', '```md\na\n', '```x``` is code\n'],
  ];
  for (const [condition, before, continuation] of unchanged) {
    it(`is kept ${condition}`, () => assert.equal(joined(before, continuation), before + continuation));
  }
});

describe('A reopened formula', () => {
  it('continues the open formula', () => {
    assert.equal(joined('so \\[ a = b', '\\[ + c \\]'), 'so \\[ a = b + c \\]');
    assert.equal(joined('so \\( a = b', '\n\\( + c \\)'), 'so \\( a = b + c \\)');
    assert.equal(joined('so \\[\na_1 + b_1', '\\[\nb_1 + c\n\\]'), 'so \\[\na_1 + b_1 + c\n\\]');
    assert.equal(joined('`\\]` \\[\na = b \\\\[2pt]\n', '\\[c'), '`\\]` \\[\na = b \\\\[2pt]\nc');
    assert.equal(joined('Do\n```\n`\n```\n\\[ a', '\\[ + c'), 'Do\n```\n`\n```\n\\[ a + c');
  });

  it('continues the open environments', () => {
    const before = '\\[\n\\begin{aligned}\n\\begin{x} 1 \\end{x} a &= b \\\\\n';
    assert.equal(joined(before, '\\[\n\\begin{aligned}c &= d'), `${before}c &= d`);
    assert.equal(joined(before, '\\[\\begin{cases}c'), `${before}\\begin{cases}c`);
    assert.equal(
      joined('\\[\\begin{array}{l@{}r}a &', '\\[\\begin{array}{l@{}r} b'),
      '\\[\\begin{array}{l@{}r}a & b',
    );
    assert.equal(joined('\\[\\begin{aligned}a &', '\\[\\begin{aligned}{b}'), '\\[\\begin{aligned}a &{b}');
  });

  it('continues a formula that began long before', () => {
    for (const opening of [
      '\\[\\begin{aligned}',
      '\\[\\begin{array}{l@{}r}',
      '\\(\\begin{aligned} \\begin{cases}',
    ]) {
      const before = `${opening}${'a &= b \\\\\n'.repeat(300)}`;
      assert.equal(joined(before, `${opening}c`), `${before}c`);
    }
  });

  it('starts an environment again after its end', () => {
    const before = '\\[\\begin{cases}a\\end{cases}\n';
    assert.equal(joined(before, '\\[\\begin{cases}b'), `${before}\\begin{cases}b`);
  });

  it('continues between dollars if a formula follows immediately', () => {
    assert.equal(joined('$$\na = ', '$$\\frac12$$'), '$$\na = \\frac12$$');
    assert.equal(joined('$$\na = ', '$$ \\frac12$$'), '$$\na =  \\frac12$$');
    assert.equal(joined('$$\na = ', '$$x$$'), '$$\na = x$$');
  });

  const unchanged: readonly (readonly [condition: string, before: string, continuation: string])[] = [
    ['if none is open', 'so \\[ a \\] and ', '\\[ b \\]'],
    ['if a formula with other delimiters is open', 'so \\( a', '\\[ b \\]'],
    ['if a blank line has ended the formula', '\\[ a\n\nso ', '\\[ b \\]'],
    ['if a blank line of a quotation has ended the formula', '> \\[ a\n>\n> so ', '\\[ b \\]'],
    ['if the delimiter was inline code', 'Write `\\[` and ', '\\[ b \\]'],
    ['if the delimiter was inline code with a backtick', 'Write `` ` \\[ `` and ', '\\[ b \\]'],
    ['if a code block is open', '```tex\n\\[ a', '\\[ b \\]'],
    ['if inline code is open', 'Write \\[ ` \\] `\\[ a', '\\[ b'],
    ['if the delimiter was in a code block', '```tex\n\\[ a\n```\nso ', '\\[ b \\]'],
    ['if the delimiter was escaped', 'Write \\\\[ a', '\\[ b \\]'],
    ['if the dollars may close the formula', '$$\na = b', '$$\n\nso'],
    ['if a sentence follows the dollars', '$$\na = b\n', '$$ where a'],
    ['if no dollars are open', '$$a$$ so ', '$$b$$'],
  ];
  for (const [condition, before, continuation] of unchanged) {
    it(`is kept ${condition}`, () => assert.equal(joined(before, continuation), before + continuation));
  }
});

describe('The beginning of a continuation', () => {
  it('is held back for only a few characters', () => {
    const before = 'The sum of the first ten terms is the same as that of the others, and so the series';
    assert.ok(heldBackLength(before, ' converges to a limit.') <= 3);
    assert.ok(heldBackLength(before, 'the series converges to a limit.') <= 12);
    assert.ok(heldBackLength(`${before}\n`, '```python\nprint(1)\n') <= 12);
    assert.ok(heldBackLength(before, '**Note** that') <= 1);
  });

  it('is also joined to a long text', () => {
    const before = `\`\`\`py\n${'x = [1, 2]\n'.repeat(20_000)}`;
    assert.equal(joined(before, '```py\ny = 3\n'), `${before}y = 3\n`);
    const zeros = '0'.repeat(200_000);
    assert.equal(joined(zeros, zeros.slice(-300)), zeros + zeros.slice(-300));
  });
});
