import assert from 'node:assert/strict';
import { promptHistory, addPrompt } from '../../../src/core/chat/prompt-history';
import { turn } from '../../host/builders';

describe('Former questions', () => {
  it('are those of this chat, newest first, then others, each once', () => {
    const turns = [turn('a', 'x'), turn('b', 'x'), turn('a', 'y')];
    assert.deepEqual(promptHistory(turns, ['old', 'b', 'other']), ['a', 'b', 'other', 'old']);
  });

  it('are kept with the newest last, a hundred of them, and no whole documents', () => {
    assert.deepEqual(addPrompt(['a', 'b'], 'a'), ['b', 'a']);
    const hundred = Array.from({ length: 100 }, (_, index) => `question ${index}`);
    assert.deepEqual(addPrompt(hundred, 'new').slice(-1), ['new']);
    assert.equal(addPrompt(hundred, 'new').length, 100);
    assert.deepEqual(addPrompt(['a'], 'x'.repeat(10_001)), ['a']);
  });
});
