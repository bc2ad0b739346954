import assert from 'node:assert/strict';
import { isDiffLanguage } from '../../../../../src/core/text/excerpts/patches';

describe('The language of a patch', () => {
  it('has several names, with a path or braces', () => {
    for (const word of ['diff', 'Patch', '{diff}', 'diff:src/app.ts', 'language-diff'])
      assert.ok(isDiffLanguage(word), word);
  });

  it('is not another language', () => {
    for (const word of ['', 'python', 'difference', 'src/diff.ts', 'patch-file'])
      assert.ok(!isDiffLanguage(word), word);
  });
});
