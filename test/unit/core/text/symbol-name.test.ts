import assert from 'node:assert/strict';
import { isSymbolName } from '../../../../src/core/text/symbol-name';

describe('The name of a symbol in an answer', () => {
  it('is recognized as it is written in code', () => {
    for (const name of ['orbit', 'Orbit.step', 'ring::close()', 'Orbit#step', '$el', 'größe'])
      assert.equal(isSymbolName(name), true, name);
  });

  it('is not mistaken for other text in code', () => {
    for (const text of [
      'a b',
      'src/app.ts',
      'a.ts:10',
      'f(x)',
      '"x"',
      '',
      '1st',
      '`',
      '#x',
      '../x',
      '$(alert)',
    ])
      assert.equal(isSymbolName(text), false, text);
  });

  it('has no invisible letters and at most 100 characters', () => {
    assert.equal(isSymbolName('orbit\u3164'), false);
    assert.deepEqual([isSymbolName('a'.repeat(100)), isSymbolName('a'.repeat(101))], [true, false]);
  });
});
