import assert from 'node:assert/strict';
import { formerQuestions, withAsked } from '../../../src/core/chat/prompt-history';
import { turn } from '../../host/builders';

describe('Former questions', () => {
  it('are those of this chat, newest first, then others, each once', () => {
    const turns = [turn('a', 'x'), turn('b', 'x'), turn('a', 'y')];
    assert.deepEqual(formerQuestions(turns, ['old', 'b', 'other']), ['a', 'b', 'other', 'old']);
  });

  it('are kept with the newest last, a hundred of them, and no whole documents', () => {
    assert.deepEqual(withAsked(['a', 'b'], 'a'), ['b', 'a']);
    const hundred = Array.from({ length: 100 }, (_, index) => `question ${index}`);
    assert.deepEqual(withAsked(hundred, 'new').slice(-1), ['new']);
    assert.equal(withAsked(hundred, 'new').length, 100);
    assert.deepEqual(withAsked(['a'], 'x'.repeat(10_001)), ['a']);
  });
});
