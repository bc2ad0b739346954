import assert from 'node:assert/strict';
import { textAfterSending } from '../../../../src/core/text/text-after-sending';

describe('The question box after a question was sent', () => {
  it('is empty, or has what was written behind the question since', () => {
    assert.equal(textAfterSending('Why?', 'Why?'), '');
    assert.equal(textAfterSending('Why? And how?', 'Why?'), 'And how?');
    assert.equal(textAfterSending('Why?\n\nAnd how?\n', 'Why?'), 'And how?\n');
  });

  it('keeps a text that is another one by now', () => {
    assert.equal(textAfterSending('Why not?', 'Why?'), 'Why not?');
    assert.equal(textAfterSending('Fix the tests', 'Fix the test'), 'Fix the tests');
    assert.equal(textAfterSending('', 'Why?'), '');
  });
});
