import assert from 'node:assert/strict';
import { withoutSent } from '../../../../src/core/text/without-sent';

describe('The question box after a question was sent', () => {
  it('is empty, or has what was written behind the question since', () => {
    assert.equal(withoutSent('Why?', 'Why?'), '');
    assert.equal(withoutSent('Why? And how?', 'Why?'), 'And how?');
    assert.equal(withoutSent('Why?\n\nAnd how?\n', 'Why?'), 'And how?\n');
  });

  it('keeps a text that is another one by now', () => {
    assert.equal(withoutSent('Why not?', 'Why?'), 'Why not?');
    assert.equal(withoutSent('Fix the tests', 'Fix the test'), 'Fix the tests');
    assert.equal(withoutSent('', 'Why?'), '');
  });
});
