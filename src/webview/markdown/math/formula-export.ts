/** Environments that must not be enclosed in dollar signs. */
const SELF_CONTAINED =
  /^\\begin\{((?:align|alignat|eqnarray|equation|flalign|gather|multline)\*?)\}[\s\S]*\\end\{\1\}$/;

/** A formula as it is written in a LaTeX or Markdown document, whether it was rendered or not. */
export function toLatex(formula: HTMLElement): string {
  const source = formulaSource(formula);
  if (formula.dataset['display'] !== 'true') return `$${source}$`;
  if (SELF_CONTAINED.test(source)) return source;
  return source.includes('\n') ? `$$\n${source}\n$$` : `$$${source}$$`;
}

/** The source of a formula. A formula that is not rendered yet contains its source as text. */
export function formulaSource(formula: HTMLElement): string {
  return formula.dataset['source'] ?? formula.textContent;
}

/** The MathML of KaTeX, without its annotation; undefined if the formula is not rendered. */
export function toMathMl(formula: HTMLElement): string | undefined {
  const math = mathElementOf(formula);
  // Invisible operators of MathML become character references, so that the text has no hidden characters.
  return (
    math && new XMLSerializer().serializeToString(math).replace(/[\u200b\u2060-\u2064]/g, characterReference)
  );
}

function characterReference(character: string): string {
  return `&#x${character.charCodeAt(0).toString(16)};`;
}

export function mathElementOf(formula: ParentNode): Element | undefined {
  const math = formula.querySelector('.katex-mathml > math')?.cloneNode(true);
  if (!(math instanceof Element)) return undefined;
  const semantics = math.querySelector(':scope > semantics');
  const presentation = semantics?.firstElementChild;
  if (semantics && presentation) semantics.replaceWith(presentation);
  return math;
}
