import assert from 'node:assert/strict';
import { typedWord } from '../../../src/webview/input/completion-trigger';

describe('A word that asks to be completed', () => {
  const at = (text: string) => typedWord(text.replace('|', ''), text.indexOf('|'));

  it('begins with # or @ at the start of a word', () => {
    assert.deepEqual(at('#|'), { prompts: false, typed: '', start: 0 });
    assert.deepEqual(at('why @or| then'), { prompts: false, typed: 'or', start: 4 });
    assert.deepEqual(at('(#src/a.ts|)'), { prompts: false, typed: 'src/a.ts', start: 1 });
    assert.deepEqual(at('a\n#b|'), { prompts: false, typed: 'b', start: 2 });
  });

  it('is a prompt behind / at the very beginning only', () => {
    assert.deepEqual(at('/ex|'), { prompts: true, typed: 'ex', start: 0 });
    assert.equal(at('a /ex|'), undefined);
    assert.equal(at('\n/ex|'), undefined);
    assert.equal(at('/ex plain|'), undefined);
  });

  it('is no heading, no address, no colour in a word, and none before the cursor', () => {
    for (const text of ['# Title|', 'ada@example.org|', 'c#|', '##|', '#a b|', '|#a']) {
      assert.equal(at(text), undefined, text);
    }
  });
});
