import assert from 'node:assert/strict';
import katex from 'katex';
import { escapePercentSigns, repairText } from '../../../src/webview/markdown/math/formula-source';

/** The text that a formula shows; undefined where KaTeX does not take it. */
function shown(source: string): string | undefined {
  for (const written of [escapePercentSigns(source), repairText(escapePercentSigns(source))]) {
    try {
      const html = katex.renderToString(written, { strict: 'ignore', output: 'html' });
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
    it(`is drawn as it is meant: ${JSON.stringify(source)}`, () => assert.equal(shown(source), text));
  }

  for (const wrong of ['\\nosuch{x}', '\\frac{1}{', '\\text{\\nosuch}']) {
    it(`does not hide an error: ${wrong}`, () => assert.equal(shown(wrong), undefined));
  }
});
