import assert from 'node:assert/strict';
import { remainingDraft } from '../../../../src/core/text/remaining-draft';

describe('The question box after a question was sent', () => {
  it('is empty, or has what was written behind the question since', () => {
    assert.equal(remainingDraft('Why?', 'Why?'), '');
    assert.equal(remainingDraft('Why? And how?', 'Why?'), 'And how?');
    assert.equal(remainingDraft('Why?\n\nAnd how?\n', 'Why?'), 'And how?\n');
  });

  it('keeps a text that is another one by now', () => {
    assert.equal(remainingDraft('Why not?', 'Why?'), 'Why not?');
    assert.equal(remainingDraft('Fix the tests', 'Fix the test'), 'Fix the tests');
    assert.equal(remainingDraft('', 'Why?'), '');
  });
});
