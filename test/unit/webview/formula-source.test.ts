import assert from 'node:assert/strict';
import katex from 'katex';
import { KATEX_MACROS } from '../../../src/webview/markdown/math/katex-commands';
import { forKatex } from '../../../src/webview/markdown/math/katex-source';
import { escapePercentSigns, repairText } from '../../../src/webview/markdown/math/formula-source';

/** The visible text of a formula, or undefined if KaTeX rejects the formula. */
function renderedText(source: string): string | undefined {
  for (const candidate of [escapePercentSigns(source), repairText(escapePercentSigns(source))]) {
    try {
      const html = katex.renderToString(forKatex(candidate), {
        strict: 'ignore',
        output: 'html',
        displayMode: true,
        macros: { ...KATEX_MACROS },
      });
      return html
        .replace(/<[^>]*>/g, '')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&')
        .replace(/[\s\u200b\u00a0]+/g, ' ')
        .trim();
    } catch {
      continue;
    }
  }
  return undefined;
}

describe('Text in a formula', () => {
  const formulas: Readonly<Record<string, string>> = {
    '\\text{learning_rate}': 'learning_rate',
    '\\text{# cases}': '# cases',
    '\\text{50% of}': '50% of',
    '\\text{kJ/(kg \\cdot K)}': 'kJ/(kg ⋅ K)',
    '\\text{a & b}': 'a & b',
    '\\text{x^2}': 'x^2',
    '\\text{costs $5}': 'costs $5',
    '\\text{if $x_1 > 0$}': 'if x1 >0',
    '\\text{in \\alpha_1 and \\frac{a}{b}}': 'in α1 and ba',
    '\\mbox{a_b}': 'a_b',
    '\\textbf{a_b} + \\textit{c_d}': 'a_b+c_d',
    '\\text{a_{b} and \\textbf{c_d}}': 'a_b and c_d',
    'x_{\\text{max_iter}}': 'xmax_iter',
    '50%': '50%',
    'a % b = c': 'a%b=c',
    'x = 5 % a comment\n + y': 'x=5+y',
    '\\% 5': '%5',
    '# + 1': '#+1',
    '\\text{100\\% sure}': '100% sure',
    '\\frac{\\text{true_positives}}{\\text{# of all}}': '# of alltrue_positives',
    '\\text{\\{a_b\\}}': '{a_b}',
    '\\text{so \\ldots}': 'so …',
    '\\mbox{if } x': 'if x',
  };
  for (const [source, text] of Object.entries(formulas)) {
    it(`is rendered as intended: ${JSON.stringify(source)}`, () => assert.equal(renderedText(source), text));
  }

  const commands: Readonly<Record<string, string>> = {
    '\\dv{f}{x} \\dv{x} \\pdv[2]{f}{x}': 'dxdf dxd ∂x2∂2f',
    '\\abs*{x} \\sgn x \\E[X]': '∣x∣sgnxE[X]',
    '\\begin{bmatrix}[c|c] 1 & 2 \\end{bmatrix}': '[1 2 ]',
    '\\begin{psmallmatrix} 1 \\end{psmallmatrix}': '(1 )',
    '\\begin{array}{*{2}{c}|r@{.}p{3cm}} a & b & c & d \\end{array}': 'a b c d',
    '\\begin{subequations}x \\label{eq:a_b}\\end{subequations}': 'x',
    '\\eqref{eq:a_b}': '(eq:a_b)',
  };
  for (const [source, text] of Object.entries(commands)) {
    it(`may contain commands of packages that KaTeX does not support: ${source}`, () =>
      assert.equal(renderedText(source), text));
  }

  it('keeps the commands that KaTeX supports', () => {
    for (const name of Object.keys(KATEX_MACROS)) {
      assert.throws(() => katex.renderToString(`${name}{a}{b}{c}`), /Undefined control sequence/, name);
    }
  });

  for (const invalid of ['\\nosuch{x}', '\\frac{1}{', '\\text{\\nosuch}']) {
    it(`that is invalid is still rejected: ${invalid}`, () => assert.equal(renderedText(invalid), undefined));
  }
});
