import assert from 'node:assert/strict';
import {
  isProseInDoubleDollars,
  isProseInDollars,
  isSpacedFormula,
} from '../../../src/webview/markdown/syntax/math-or-prose';

describe('Text between dollar signs', () => {
  it('is recognized quickly, whatever follows a function with a factor', () => {
    const start = performance.now();
    for (const digits of [20, 2000]) isProseInDollars('', `2 pi${' 1'.repeat(digits)} ab`, '');
    assert.ok(performance.now() - start < 2000);
  });

  const displayFormulas = [
    ' a + b',
    'a + b ',
    ' f(x)',
    'x ',
    ' x < y',
    '\na + b',
    '\nx',
    'x\n',
    ' 2x - 1',
    'g(x, y) ',
    'O(n log log n)',
    'sin alpha',
    'P(rain | cloudy)',
    'max(a, min(b, c))',
    'AB CD',
    'dx dy',
    ' log log n ',
  ];
  for (const source of displayFormulas) {
    it(`is a formula between double dollar signs: ${JSON.stringify(source)}`, () =>
      assert.equal(isProseInDoubleDollars(source, ' '), false));
  }

  const texts: readonly (readonly [string, string])[] = [
    [' – ', '$'],
    ['HOME, ', 'P'],
    ['HOME/bin:', 'P'],
    ['HOME ', ' '],
    ['a -lt ', 'b'],
    ['i ', 'j'],
    ['fn(1) . ', 'o'],
    [' to ', '$'],
    [' (mid), ', ' '],
    [' (US), ', ' '],
    [' SELECT 1 ', ' '],
    ['USER and ', ' '],
    [' cheap, fair ', ' '],
    ['sin of pride and ', ' '],
  ];
  for (const [source, after] of texts) {
    it(`is text between double dollar signs: ${JSON.stringify(source)} before ${JSON.stringify(after)}`, () =>
      assert.equal(isProseInDoubleDollars(source, after), true));
  }

  const spaced: Readonly<Record<string, boolean>> = {
    ' x^2 + y^2 ': true,
    ' \\frac{a}{b} ': true,
    ' x_1 ': true,
    ' 2^{10} ': true,
    ' (a+b)^2 ': true,
    ' P(\\text{rain today}) ': true,
    ' x ': false,
    ' a = 1 ': false,
    ' x^2': false,
    ' cd my_dir && ls ': false,
    ' grep ^a file ': false,
    ' for a_b or 10 ': false,
    ' echo "x_1" ': false,
  };
  for (const [source, isFormula] of Object.entries(spaced)) {
    it(`is ${isFormula ? 'a formula' : 'text'} with spaces on its inner sides: ${JSON.stringify(source)}`, () =>
      assert.equal(isSpacedFormula(source), isFormula));
  }
});
