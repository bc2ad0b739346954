import assert from 'node:assert/strict';
import katex from 'katex';
import { KATEX_MACROS } from '../../../src/webview/markdown/math/katex-commands';
import { forKatex } from '../../../src/webview/markdown/math/katex-source';
import { renderRepaired } from '../../../src/webview/markdown/math/formula-repairs';
import { escapePercentSigns } from '../../../src/webview/markdown/math/formula-escapes';

/** The visible text of a formula, or undefined if it cannot be rendered. */
function renderedText(source: string): string | undefined {
  let html = '';
  try {
    renderRepaired(escapePercentSigns(source), (written, macros) => {
      html = katex.renderToString(forKatex(written), {
        strict: 'ignore',
        output: 'html',
        displayMode: true,
        macros: { ...KATEX_MACROS, ...macros },
      });
    });
  } catch {
    return undefined;
  }
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[\s\u200b\u00a0]+/g, ' ')
    .trim();
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
    '\\SI{9.8}{\\metre\\per\\second\\squared} \\qty{5}{\\kilo\\gram}': '9.8ms−25kg',
    '\\num{1.5e-3} \\ang{45} \\unit{m/s^2} \\SI{10}{\\%}': '1.5×10−345∘m/s210%',
    '\\SIrange{1}{5}{m} \\qtyrange{2}{3}{\\kilo\\gram} \\numrange{1}{9}': '1m – 5m2kg – 3kg1 – 9',
    '\\SIlist{1;2}{\\metre} \\numlist{1;2;3} \\ang{30;15;5}': '1m, 2m1, 2, 330∘15′5′′',
    '\\SI{25}{\\degreeCelsius} \\si{\\micro\\ohm}': '25°CµΩ',
    '\\qty(a) \\qty[b] \\pqty{c} \\mqty(1 & 2) \\pmqty{3}': '(a)[b](c)(1 2 )(3 )',
    '\\ketbra{0} \\op{0}{1} \\mel{a}{H}{b} \\ev{H} \\comm{A}{B}': '∣0⟩⟨0∣∣0⟩⟨1∣⟨a∣H∣b⟩⟨H⟩[A,B]',
    '\\pdv{f}{x}{y} \\fdv{F}{f} \\eval{f}_0': '∂x∂y∂2f δfδF f∣0',
    '\\begin{dcases*} 1 & if $x>0$ \\end{dcases*}': '{1 if x>0',
    '\\begin{numcases}{f=} 1 & x \\end{numcases}': 'f={1 x',
    '\\begin{multlined} a \\end{multlined}': 'a',
    '\\prescript{14}{6}{C} \\nicefrac{1}{2} \\sideset{_a}{_b}\\prod': 'C614 C1/2 a ∏b',
    '5\\textdegree \\text{C, \\textdegree} \\celsius \\euro \\softmax(x)': '5°C, °°C€softmax(x)',
    'a \\hfill b \\strut \\setlength{\\x}{2pt} \\parbox{3cm}{some text}': 'absome text',
    'x \\eqno{(1)}': 'x(1)',
    '\\bbox[yellow]{y} \\class{a}{b} \\cssId{a}{c} \\matrix{a & b}': 'ybca b ',
    '\\root 3 \\of x \\* y \\/ \\hat\\i': '3x y\ue131^',
    '\\dv fx \\pdv fx \\dv f{x} \\comm{A}B \\comm A{B}': 'dxdf ∂x∂f dxdf [A,B][A,B]',
    '\\dv{x}{t}{\\Delta t}': 'dtdx Δt',
    '\\unit{\\constructor\\toString\\metre}': 'constructortoStringm',
    '\\verb|\\dv{x}| \\dyad{\\verb*+a\\-b+} \\dv{f}{x}': '\\dv{x}∣a\\-b⟩⟨a\\-b∣dxdf',
    '\\char`\\- a\\-b': '−ab',
    'x^\\ev{a} x^\\pqty{a} x^\\comm{a}{b} x^\\op{a} x^\\ip{a}{b} x^\\mel{a}{b}{c}':
      'x⟨a⟩x(a)x[a,b]x∣a⟩⟨a∣x⟨a∣b⟩x⟨a∣b∣c⟩',
    '\\sqrt\\cases{a} \\frac{1}\\qty(x) \\abs\\qty(y) a^\\va{x} \\sqrt\\abs{x} x^\\mqty(1) x^\\qty{z}':
      '{a (x)1 ∣(y)∣ax∣x∣ x(1 )x{z}',
    '\\ceil{x} \\floor{y} \\inner{a}{b} \\braket{a}{b} \\braket{a|b} \\braket{a}': '⌈x⌉⌊y⌋⟨a,b⟩⟨a∣b⟩⟨a∣b⟩⟨a⟩',
    '\\dd{x} \\dd x \\dd[3]{x} \\odv{f}{x} x\\qif y \\Vec{x} \\gradient f': 'dxdxd3xdxdf xifyx∇f',
    '\\vqty{x} \\Bqty{y} \\pb{f}{g} \\asin x \\iiiint \\adots \\permil': '∣x∣{y}{f,g}asinx∫∭⋰‰',
    '\\complexqty{1}{\\ohm} \\numproduct{1 x 2}': '1Ω1×2',
    '\\begin{bNiceMatrix} 1 \\end{bNiceMatrix} \\begin{IEEEeqnarray}{rCl} a &=& b \\end{IEEEeqnarray}':
      '[1 ]a = b',
    '\\textcolor{red!50}{x} \\color{red!50!blue} y \\shoveleft{z} \\smashoperator[r]{\\sum_i} \\xspace':
      'xyzi∑',
    '\\color[HTML]{FF0000} x \\textcolor[rgb]{1,0,0}{y}': 'xy',
  };
  for (const [source, text] of Object.entries(commands)) {
    it(`may contain commands of packages that KaTeX does not support: ${source}`, () =>
      assert.equal(renderedText(source), text.trim()));
  }

  it('keeps the commands that KaTeX supports', () => {
    for (const name of Object.keys(KATEX_MACROS)) {
      assert.throws(() => katex.renderToString(`${name}{a}{b}{c}`), /Undefined control sequence/, name);
    }
  });

  const repaired: Readonly<Record<string, string>> = {
    '$5 \\times 3 = $15 \\text{ if $x$}': '$5×3=$15 if x',
    '\\begin{aligned} a &= b \\tag{1} \\\\ c &= d \\tag{2} \\end{aligned}': 'ac =b=d (1)(2)',
    '\\boxed{\\begin{split} a \\tag{1} \\\\ b \\tag{2} \\end{split}}': 'ab (1)(2)',
    'a \\tag{1} \\\\ b \\tag{2}': 'ab (1)(2)',
    'a &= b \\tag{1} \\\\ c &= d \\tag{2}': 'ac =b=d (1)(2)',
    'f = \\begin{cases} a \\tag{1} \\\\ b \\tag*{2} \\end{cases}': 'f={a(1)b2',
    'a &= b \\\\ &= c': 'a =b=c',
    'a &lt; b &amp;&amp; c': 'a<b&&c',
    'a &amp; b': 'a&b',
    'a &amp;= b \\\\ &amp;= c': 'a =b=c',
    '\\underbrace{a}\\limits_{b}': 'ba ',
    'a \\\\* b': 'ab',
  };
  for (const [source, text] of Object.entries(repaired)) {
    it(`need not be valid in every detail: ${source}`, () => assert.equal(renderedText(source), text.trim()));
  }

  const withUnknownCommands: Readonly<Record<string, string>> = {
    '\\nosuch{x} + \\frac{a}{b}': '\\ nosuchx+ba',
    '\\text{\\nosuch x} x^\\nosuch': '\\ nosuch xx\\ nosuch',
    '\\text{a_b} \\nosuch': 'a_b\\ nosuch',
  };
  for (const [source, text] of Object.entries(withUnknownCommands)) {
    it(`shows an unknown command as code beside the rest: ${source}`, () =>
      assert.equal(renderedText(source)?.replace(/ $/, ''), text));
  }

  for (const invalid of ['\\frac{1}{', '\\left( x', '\\begin{nosuch} x \\end{nosuch}']) {
    it(`that is invalid is still rejected: ${invalid}`, () => assert.equal(renderedText(invalid), undefined));
  }
});
