import assert from 'node:assert/strict';
import fc from 'fast-check';
import katex from 'katex';
import { countEquationsInHtml, countEquations } from '../../../src/webview/markdown/math/equation-numbers';
import { forKatex } from '../../../src/webview/markdown/math/katex-source';
import { parseBlocks } from '../../../src/webview/markdown/parser';

/** The number of equations that KaTeX leaves to the CSS counter. */
function renderedEquationCount(formula: string): number {
  const html = katex.renderToString(forKatex(formula), {
    displayMode: true,
    strict: 'ignore',
    output: 'html',
  });
  return html.split('class="eqn-num"').length - 1;
}

const anyRow = fc
  .tuple(
    fc.constantFrom(
      'a',
      'a &= b',
      '',
      '{b \\\\ c}',
      '\\begin{cases} x \\\\ y \\end{cases}',
      '\\{ \\%',
      '% \\\\\n',
    ),
    fc.constantFrom('', '', '', '\\notag', '\\nonumber', '\\tag{7}', '\\tag*{A}', '\\text{tag}'),
  )
  .map((parts) => parts.join(' '));
const anyFormula = fc
  .tuple(
    fc.constantFrom('align', 'align*', 'gather', 'gather*', 'aligned', 'alignat'),
    fc.array(anyRow, { minLength: 1, maxLength: 5 }),
    fc.constantFrom('\\\\', '\\\\[2pt]', ' \\\\\n'),
    fc.constantFrom('', '\\\\', '\\\\[2pt]', '\\\\ % end\n'),
  )
  .map(([name, rows, separator, end]) => {
    const columns = name === 'alignat' ? '{2}' : '';
    return `\\begin{${name}}${columns} ${rows.join(separator)} ${end}\\end{${name}}`;
  });

describe('The equation count', () => {
  it('equals the number of equations that KaTeX numbers', () => {
    fc.assert(
      fc.property(anyFormula, (formula) => {
        let expected: number;
        try {
          expected = renderedEquationCount(formula);
        } catch {
          return;
        }
        assert.equal(countEquations(formula), expected, formula);
      }),
      { numRuns: 3000 },
    );
  });

  const expectedCounts: Readonly<Record<string, number>> = {
    'x^2 \\\\ y': 0,
    '\\begin{equation} x \\end{equation}': 1,
    '\\begin{equation} \\begin{split} a &= b \\\\ &= c \\end{split} \\end{equation}': 1,
    '\\begin{equation*} x \\end{equation*}': 0,
    '\\begin{align} a &= b \\\\ c &= d \\tag{5} \\\\ e &= f \\end{align}': 2,
    '\\begin{gather} a \\\\ b': 1,
  };
  for (const [formula, count] of Object.entries(expectedCounts)) {
    it(`is ${count} for ${formula}`, () => assert.equal(countEquations(formula), count));
  }

  it('of a block includes formulas but not code', () => {
    const markdown = [
      '$$\\begin{align} a &= b \\\\ c &= d \\end{align}$$ then $$\\begin{equation} x < y \\end{equation}$$',
      '```tex\n\\begin{equation} x \\end{equation}\n```',
      'and `\\begin{equation} x \\end{equation}`',
    ].join('\n\n');
    const counts = parseBlocks(markdown, {}).map(({ html }) => countEquationsInHtml(html));
    assert.deepEqual(counts, [3, 0, 0]);
  });

  it('equals it for environments that are replaced by similar ones', () => {
    for (const name of ['flalign', 'flalign*', 'multline', 'dmath', 'eqnarray', 'numcases', 'IEEEeqnarray']) {
      const argument = name === 'numcases' ? '{f}' : name === 'IEEEeqnarray' ? '{ll}' : '';
      const formula = `\\begin{${name}}${argument} a & b \\\\ c & d \\end{${name}}`;
      assert.equal(countEquations(formula), renderedEquationCount(formula), name);
    }
    for (const name of ['alignat', 'xalignat', 'xxalignat*']) {
      const formula = `\\begin{${name}}{2} a &= b & c &= d \\\\ e \\notag \\\\ f \\end{${name}}`;
      assert.equal(countEquations(formula), renderedEquationCount(formula), name);
    }
  });
});
