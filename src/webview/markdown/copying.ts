import { element } from '../dom';
import { latexOf, mathOf } from './latex';

/**
 * What is copied of an answer with formulas in it has their LaTeX in its plain text, and their MathML in its
 * rich one: KaTeX draws each twice, and out of many pieces.
 */
export function copyFormulasAsLatex(): void {
  document.addEventListener('copy', (event) => {
    const range = wholeFormulas(getSelection());
    const copied = range?.cloneContents();
    if (!copied?.querySelector('.formula') || !event.clipboardData) return;
    for (const part of copied.querySelectorAll('.code-heading, .code-fold')) part.remove();
    const rich = element('div', {}, copied.cloneNode(true));
    for (const formula of rich.querySelectorAll<HTMLElement>('.formula')) {
      formula.replaceWith(mathOf(formula) ?? latexOf(formula));
    }
    for (const formula of copied.querySelectorAll<HTMLElement>('.formula')) {
      // On lines of its own where it has them on the page.
      formula.replaceChildren(latexOf(formula));
    }
    event.clipboardData.setData('text/plain', textOf(copied));
    event.clipboardData.setData('text/html', rich.innerHTML);
    event.preventDefault();
  });
}

/** A selection that begins or ends within a formula has all of it. */
function wholeFormulas(selection: Selection | null): Range | undefined {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0).cloneRange();
  const first = formulaAround(range.startContainer);
  const last = formulaAround(range.endContainer);
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  return range;
}

function formulaAround(node: Node): Element | null | undefined {
  const inside = node instanceof Element ? node : node.parentElement;
  return inside?.closest('.formula');
}

/** As a reader of the page sees it, line breaks between blocks among it; for that it has to be laid out. */
function textOf(copied: DocumentFragment): string {
  const stage = element('div', { class: 'markdown offstage', 'aria-hidden': 'true' }, copied);
  document.body.append(stage);
  const text = stage.innerText;
  stage.remove();
  return text;
}
