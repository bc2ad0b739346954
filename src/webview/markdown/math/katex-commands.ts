/** Names of operators that KaTeX does not know. */
const OPERATORS =
  'Aut Cov Gal Hom Prob Res Tr Var adj arccot arccsc arcosh arcsec arsinh artanh csch curl diag erf grad id im lcm proj rank sech sgn sign sinc supp tr vol';

/** Commands of common packages that KaTeX does not know, as it can draw them: physics, mathtools, amsthm, dsfont and others. */
export const KATEX_MACROS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(OPERATORS.split(' ').map((name) => [`\\${name}`, `\\operatorname{${name}}`])),
  '\\C': '\\mathbb{C}',
  '\\E': '\\mathbb{E}',
  '\\Q': '\\mathbb{Q}',
  '\\abs': '\\left|#1\\right|',
  '\\norm': '\\left\\|#1\\right\\|',
  '\\vb': '\\mathbf{#1}',
  '\\vu': '\\hat{\\mathbf{#1}}',
  '\\dd': '\\mathrm{d}',
  '\\dv': '\\frac{\\mathrm{d}#1}{\\mathrm{d}#2}',
  '\\pdv': '\\frac{\\partial#1}{\\partial#2}',
  '\\eps': '\\varepsilon',
  '\\mathbbm': '\\mathbb{#1}',
  '\\mathds': '\\mathbb{#1}',
  '\\textsc': '\\text{#1}',
  '\\ensuremath': '#1',
  '\\cancelto': '{\\cancel{#2}}^{#1}',
  '\\overarc': '\\overset{\\frown}{#1}',
  '\\wideparen': '\\overset{\\frown}{#1}',
  '\\hdots': '\\ldots',
  '\\qed': '\\square',
  '\\textbackslash': '\\backslash',
  '\\textsuperscript': '^{\\text{#1}}',
  '\\textsubscript': '_{\\text{#1}}',
  '\\intertext': '\\text{#1}\\notag\\\\',
  '\\toprule': '\\hline',
  '\\midrule': '\\hline',
  '\\bottomrule': '\\hline',
};
