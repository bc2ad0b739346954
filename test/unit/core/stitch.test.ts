import assert from 'node:assert/strict';
import { stitch } from '../../../src/core/chat/stitch';

/** What the whole text is; the continuation comes a character at a time and must make the same of it. */
function joined(before: string, continuation: string): string {
  const atOnce = stitch(before, continuation, 'ended');
  assert.ok(atOnce !== undefined);
  for (let length = 0; length <= continuation.length; length++) {
    const decided = stitch(before, continuation.slice(0, length), 'open');
    if (decided !== undefined) assert.equal(decided + continuation.slice(length), atOnce);
  }
  return before + atOnce;
}

function heldBack(before: string, continuation: string): number {
  let length = 0;
  while (stitch(before, continuation.slice(0, length), 'open') === undefined) length++;
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
  const kept: readonly (readonly [why: string, before: string, continuation: string])[] = [
    ['without a repetition', 'The integ', 'ral is 3.'],
    ['where only digits are the same', 'It is 10', '100'],
    ['where only many digits are the same', 'It is 1000000000000', '1000000000000'],
    ['where two letters are the same', 'so it is', 'is'],
    ['where a word of a part is the same', 'undone', 'one'],
    ['where a word comes twice', 'He said that', ' that man'],
    ['where two short names come twice', '$a + b + ', 'a + b + c$'],
    ['where words grow', 'got stronger and stronger', ' and stronger'],
    ['where words come again and again', 'so one two, one two, ', 'one two, three'],
    ['where a line is a rhythm', 'la, la, ', 'la, la, la'],
    ['where a word is a rhythm', 'oh mama', 'mama'],
    ['where lines come twice', 'Rows:\nab cd;\nab cd;\n', 'ab cd;\nab cd;\n'],
    ['where a line has no words', '1 + 2 + ', '1 + 2 + 3'],
    ['where a line is short', 'a +', 'a + b'],
    ['where lines come again and again', 'x\nx\nx\nx\nx\nx\nx\n', 'x\nx\nx\nx\nx\nx\nx\n'],
    ['where a rule is drawn', '| --------------', '-------------- |'],
    ['where a short line of much indentation comes again', '[\n            0,\n', '            0,\n'],
    ['where only blanks are the same', 'if x:\n                ', '                y'],
    ['where a function is called with itself', 'foo(', 'foo(x))'],
    ['where words behind a line break are few', '- Array', '\n- ArrayList'],
    ['where half a character would remain', 'We count words \ud83d', 'We count words \ud83d\ude00'],
    ['where it completes a character', 'smile \ud83d', '\ude00 again'],
    ['where it completes a line break', 'line\r', '\nline two'],
  ];
  for (const [why, before, continuation] of kept) {
    it(why, () => assert.equal(joined(before, continuation), before + continuation));
  }

  it('if the repetition is farther back than the searched text', () => {
    const before = `the very first words of all ${'abc '.repeat(500)}`;
    const again = before + 'end';
    assert.equal(joined(before, again), before + again);
  });

  it('if it contains only white space', () => {
    assert.equal(stitch('so the end', '\n \n', 'open'), undefined);
    assert.equal(stitch('so the end', '\n \n', 'ended'), '\n \n');
    assert.equal(stitch('so the end', '', 'ended'), '');
    assert.equal(stitch('', 'Text', 'open'), 'Text');
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

  const kept: readonly (readonly [why: string, before: string, continuation: string])[] = [
    ['where no code is open', 'Do\n```py\na\n```\n', '```py\nb\n```'],
    ['where it has no language, as it closes', '```py\na\n', '```\nDone'],
    ['where it is of other signs', '~~~\na\n', '```py\nb\n```'],
    ['where it is too short to close', '````\na\n', '```py\nb\n```'],
    ['where it is an example in Markdown', '```md\n# Title\n', '```py\nb\n```'],
    ['where it is indented as code is', '```py\n"""\n', '    ```js\n    b'],
    ['where it is a quotation in code', '```md\na\n', '> ```md\n> b'],
    ['where it stands in a list', '```md\na\n', '- ```md\n  b'],
    ['where words follow on its line', '```py\na\n', '``` and this is it.\n'],
    ['where its line does not end', '```py\na\n', `\`\`\`${'x'.repeat(2500)}\nb`],
    ['where it is code in a line', '```md\na\n', '```x``` is code\n'],
  ];
  for (const [why, before, continuation] of kept) {
    it(`stays ${why}`, () => assert.equal(joined(before, continuation), before + continuation));
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

  it('continues in dollars if a formula follows immediately', () => {
    assert.equal(joined('$$\na = ', '$$\\frac12$$'), '$$\na = \\frac12$$');
    assert.equal(joined('$$\na = ', '$$ \\frac12$$'), '$$\na =  \\frac12$$');
    assert.equal(joined('$$\na = ', '$$x$$'), '$$\na = x$$');
  });

  const kept: readonly (readonly [why: string, before: string, continuation: string])[] = [
    ['where none is open', 'so \\[ a \\] and ', '\\[ b \\]'],
    ['where one of other signs is open', 'so \\( a', '\\[ b \\]'],
    ['where a blank line has ended it', '\\[ a\n\nso ', '\\[ b \\]'],
    ['where a blank line of a quotation has ended it', '> \\[ a\n>\n> so ', '\\[ b \\]'],
    ['where it was code', 'Write `\\[` and ', '\\[ b \\]'],
    ['where it was code with a backtick', 'Write `` ` \\[ `` and ', '\\[ b \\]'],
    ['where code is open', '```tex\n\\[ a', '\\[ b \\]'],
    ['where code of a line is open', 'Write \\[ ` \\] `\\[ a', '\\[ b'],
    ['where it was in code', '```tex\n\\[ a\n```\nso ', '\\[ b \\]'],
    ['where it was masked', 'Write \\\\[ a', '\\[ b \\]'],
    ['where dollars may close it', '$$\na = b', '$$\n\nso'],
    ['where a sentence follows on the dollars', '$$\na = b\n', '$$ where a'],
    ['where no dollars are open', '$$a$$ so ', '$$b$$'],
  ];
  for (const [why, before, continuation] of kept) {
    it(`stays ${why}`, () => assert.equal(joined(before, continuation), before + continuation));
  }
});

describe('The beginning of a continuation', () => {
  it('is held back for a few characters', () => {
    const before = 'The sum of the first ten terms is the same as that of the others, and so the series';
    assert.ok(heldBack(before, ' converges to a limit.') <= 3);
    assert.ok(heldBack(before, 'the series converges to a limit.') <= 12);
    assert.ok(heldBack(`${before}\n`, '```python\nprint(1)\n') <= 12);
    assert.ok(heldBack(before, '**Note** that') <= 1);
  });

  it('is joined to a long text', () => {
    const before = `\`\`\`py\n${'x = [1, 2]\n'.repeat(20_000)}`;
    assert.equal(joined(before, '```py\ny = 3\n'), `${before}y = 3\n`);
    const zeros = '0'.repeat(200_000);
    assert.equal(joined(zeros, zeros.slice(-300)), zeros + zeros.slice(-300));
  });
});
