import assert from 'node:assert/strict';
import { promptHistory, addPrompt } from '../../../../src/core/chat/prompt-history';
import { turn } from '../../../host/builders';

describe('The prompt history', () => {
  it('contains the questions of this chat, newest first, then the others, each once', () => {
    const turns = [turn('a', 'x'), turn('b', 'x'), turn('a', 'y')];
    assert.deepEqual(promptHistory(turns, ['old', 'b', 'other']), ['a', 'b', 'other', 'old']);
  });

  it('keeps up to 100 questions with the newest last, and no very long ones', () => {
    assert.deepEqual(addPrompt(['a', 'b'], 'a'), ['b', 'a']);
    const fullHistory = Array.from({ length: 100 }, (_, index) => `question ${index}`);
    assert.deepEqual(addPrompt(fullHistory, 'new').slice(-1), ['new']);
    assert.equal(addPrompt(fullHistory, 'new').length, 100);
    assert.deepEqual(addPrompt(['a'], 'x'.repeat(10_001)), ['a']);
  });
});
