import assert from 'node:assert/strict';
import {
  BLOCK_SEPARATOR,
  expressionOf,
  matchesIn,
  type FindQuery,
} from '../../../src/webview/find/find-query';

describe('A query of Find', () => {
  const plain = { matchCase: false, wholeWord: false, regex: false };

  function found(text: string, query: string, options: Partial<FindQuery> = {}): readonly string[] {
    const expression = expressionOf({ ...plain, ...options, text: query });
    assert.ok(expression);
    return matchesIn(text, expression).map(([start, end]) => text.slice(start, end));
  }

  const cases: readonly (readonly [query: string, text: string, ...matches: string[]])[] = [
    ['a b', 'a  b, a\nb, ab', 'a  b', 'a\nb'],
    [' a', 'a a  a', ' a', '  a'],
    [' ', 'a  b c', '  ', ' '],
    ['a.b', 'a.b aXb', 'a.b'],
    ['α', 'α, \\alpha, \\alphabet and alpha', 'α', '\\alpha'],
    ['Σ', '\\Sigma and \\sum', '\\Sigma'],
    ['≤', 'a \\le b \\leq c \\left(', '\\le', '\\leq'],
    ['x → y', 'x \\to y, x → y', 'x \\to y', 'x → y'],
    ['😀', 'a 😀', '😀'],
    ['b c', `b${BLOCK_SEPARATOR}c b c`, 'b c'],
  ];
  for (const [query, text, ...matches] of cases) {
    it(`finds ${JSON.stringify(query)} in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(found(text, query, { matchCase: true }), matches);
    });
  }

  it('is found in linear time in text of one kind of character', () => {
    for (const text of [' '.repeat(100_000), 'a '.repeat(50_000), '\\'.repeat(100_000)]) {
      for (const query of [' x', 'a x', ' a  α', 'αx']) assert.deepEqual(found(text, query), []);
    }
  });
});
