import assert from 'node:assert/strict';
import { MAX_WRITTEN_LENGTH } from '../../../src/webview/markdown/math/formula-limits';
import { forKatex } from '../../../src/webview/markdown/math/katex-source';

describe('The source for KaTeX', () => {
  for (const command of ['\\dyad', '\\ketbra', '\\op', '\\ip', '\\ev{a}']) {
    it(`has a limited length, however deep ${command} is nested`, () => {
      for (const levels of [17, 40, 400]) {
        const source = `${command}{`.repeat(levels) + 'x' + '}'.repeat(levels);
        assert.ok(forKatex(source).length <= MAX_WRITTEN_LENGTH, String(levels));
      }
    });
  }

  for (const [source, written] of Object.entries({
    'x\\hskip\\*-999em y': 'x\\hskip-5em y',
    'x\\kern\\noindent-999em y': 'x\\kern-5em y',
    'a\\\\*[-99em]b': 'a\\\\[-1em]b',
    'x\\kern\\label{x}-999em y': 'x\\kern-5em y',
    'a\\\\verb|\\kern-999em|': 'a\\\\verb|\\kern-5em|',
    'x\\mspace{-9999mu}y': 'x\\mspace{-5em}y',
  })) {
    it(`has limited negative lengths, also behind commands that are removed: ${source}`, () =>
      assert.equal(forKatex(source), written));
  }
});
