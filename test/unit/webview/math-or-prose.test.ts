import assert from 'node:assert/strict';
import { isBetweenFormulas } from '../../../src/webview/markdown/syntax/math-or-prose';

describe('Text between dollar signs', () => {
  it('is recognized quickly, whatever follows a function with a factor', () => {
    const start = performance.now();
    for (const digits of [20, 2000]) isBetweenFormulas('', `2 pi${' 1'.repeat(digits)} ab`, '');
    assert.ok(performance.now() - start < 2000);
  });
});
