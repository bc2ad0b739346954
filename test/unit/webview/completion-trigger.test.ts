import assert from 'node:assert/strict';
import { typedWord } from '../../../src/webview/input/completion-trigger';

describe('A word that triggers completion', () => {
  /** The trigger in a text whose cursor is marked by `|`. */
  const triggerIn = (text: string) => typedWord(text.replace('|', ''), text.indexOf('|'));

  it('begins with # or @ at the start of a word', () => {
    assert.deepEqual(triggerIn('#|'), { prompts: false, typed: '', start: 0 });
    assert.deepEqual(triggerIn('why @or| then'), { prompts: false, typed: 'or', start: 4 });
    assert.deepEqual(triggerIn('(#src/a.ts|)'), { prompts: false, typed: 'src/a.ts', start: 1 });
    assert.deepEqual(triggerIn('a\n#b|'), { prompts: false, typed: 'b', start: 2 });
  });

  it('is a prompt after /, which must be the first character of the text', () => {
    assert.deepEqual(triggerIn('/ex|'), { prompts: true, typed: 'ex', start: 0 });
    assert.equal(triggerIn('a /ex|'), undefined);
    assert.equal(triggerIn('\n/ex|'), undefined);
    assert.equal(triggerIn('/ex plain|'), undefined);
  });

  it('is neither a heading, an email address, a # within a word, nor text after the cursor', () => {
    for (const text of ['# Title|', 'ada@example.org|', 'c#|', '##|', '#a b|', '|#a']) {
      assert.equal(triggerIn(text), undefined, text);
    }
  });
});
