import assert from 'node:assert/strict';
import fc from 'fast-check';
import katex from 'katex';
import { countEquationsInHtml, countEquations } from '../../../src/webview/markdown/math/equation-numbers';
import { parseBlocks } from '../../../src/webview/markdown/parser';

/** As many as KaTeX leaves to the counter. */
function renderedNumbers(source: string): number {
  const html = katex.renderToString(source, { displayMode: true, strict: 'ignore', output: 'html' });
  return html.split('class="eqn-num"').length - 1;
}

const row = fc
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
const source = fc
  .tuple(
    fc.constantFrom('align', 'align*', 'gather', 'gather*', 'aligned', 'alignat'),
    fc.array(row, { minLength: 1, maxLength: 5 }),
    fc.constantFrom('\\\\', '\\\\[2pt]', ' \\\\\n'),
    fc.constantFrom('', '\\\\', '\\\\[2pt]', '\\\\ % end\n'),
  )
  .map(([name, rows, line, end]) => {
    const columns = name === 'alignat' ? '{2}' : '';
    return `\\begin{${name}}${columns} ${rows.join(line)} ${end}\\end{${name}}`;
  });

describe('The numbers of equations', () => {
  it('are as many as KaTeX gives, row by row', () => {
    fc.assert(
      fc.property(source, (formula) => {
        let expected: number;
        try {
          expected = renderedNumbers(formula);
        } catch {
          return;
        }
        assert.equal(countEquations(formula), expected, formula);
      }),
      { numRuns: 3000 },
    );
  });

  const known: Readonly<Record<string, number>> = {
    'x^2 \\\\ y': 0,
    '\\begin{equation} x \\end{equation}': 1,
    '\\begin{equation} \\begin{split} a &= b \\\\ &= c \\end{split} \\end{equation}': 1,
    '\\begin{equation*} x \\end{equation*}': 0,
    '\\begin{align} a &= b \\\\ c &= d \\tag{5} \\\\ e &= f \\end{align}': 2,
    '\\begin{gather} a \\\\ b': 1,
  };
  for (const [formula, count] of Object.entries(known)) {
    it(`are ${count} in ${formula}`, () => assert.equal(countEquations(formula), count));
  }

  it('are counted in the formulas of a block, and not in code', () => {
    const markdown = [
      '$$\\begin{align} a &= b \\\\ c &= d \\end{align}$$ then $$\\begin{equation} x < y \\end{equation}$$',
      '```tex\n\\begin{equation} x \\end{equation}\n```',
      'and `\\begin{equation} x \\end{equation}`',
    ].join('\n\n');
    const counts = parseBlocks(markdown, {}).map(({ html }) => countEquationsInHtml(html));
    assert.deepEqual(counts, [3, 0, 0]);
  });
});
