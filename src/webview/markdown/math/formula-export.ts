/** Environments that LaTeX has outside of dollars only. */
const ownMathMode =
  /^\\begin\{((?:align|alignat|eqnarray|equation|flalign|gather|multline)\*?)\}[\s\S]*\\end\{\1\}$/;

/** A drawn formula, or one that could not be, as it stands in a LaTeX or a Markdown document. */
export function latexOf(formula: HTMLElement): string {
  const source = sourceOf(formula);
  if (formula.dataset['display'] !== 'true') return `$${source}$`;
  if (ownMathMode.test(source)) return source;
  return source.includes('\n') ? `$$\n${source}\n$$` : `$$${source}$$`;
}

/** One that is not drawn yet is its source. */
function sourceOf(formula: HTMLElement): string {
  return formula.dataset['source'] ?? formula.textContent;
}

/** KaTeX's own MathML, without the source that it puts beside it; undefined where nothing is drawn. */
export function mathmlOf(formula: HTMLElement): string | undefined {
  const math = mathOf(formula);
  // MathML has invisible operators, which are written out so that nothing of it is hidden.
  return math && new XMLSerializer().serializeToString(math).replace(/[\u200b\u2060-\u2064]/g, reference);
}

function reference(character: string): string {
  return `&#x${character.charCodeAt(0).toString(16)};`;
}

export function mathOf(formula: ParentNode): Element | undefined {
  const math = formula.querySelector('.katex-mathml > math')?.cloneNode(true);
  if (!(math instanceof Element)) return undefined;
  const semantics = math.querySelector(':scope > semantics');
  const presentation = semantics?.firstElementChild;
  if (semantics && presentation) semantics.replaceWith(presentation);
  return math;
}
