import { deferredPart } from '../rendering/deferred';

/** Elements that are not searched: buttons, names and notes of the panel, and the MathML of a formula. */
const leftOut =
  'button, footer, textarea, summary, .code-heading, [role="toolbar"], .alternatives, .sr-only, .card .action-buttons';

/** A run of text on the page, and where it begins in the text that is searched. */
interface Piece {
  readonly node: Text | Element;
  readonly start: number;
  readonly length: number;
}

/** The text of a part of the conversation. A formula and what is not drawn yet are there as their source. */
export interface SearchText {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

export function searchTextOf(root: Element): SearchText {
  const pieces: Piece[] = [];
  let text = '';

  function add(node: Text | Element, added: string): void {
    pieces.push({ node, start: text.length, length: added.length });
    text += added;
  }

  function walk(element: Element): void {
    const waiting = deferredPart(element);
    if (waiting) return add(element, waiting.text());
    if (element.matches('.formula')) return add(element, formulaSource(element));
    for (const child of element.childNodes) {
      if (child instanceof Text) add(child, child.data);
      else if (child instanceof Element && !child.matches(leftOut)) walk(child);
    }
    // What stands in two blocks is not found as one.
    if (!isInline(element)) text += '\n';
  }

  walk(root);
  return { text, pieces };
}

/** The place of a match on the page; undefined where nothing of it is drawn. */
export function rangeOf({ pieces }: SearchText, start: number, end: number): Range | undefined {
  const first = pieceAt(pieces, start);
  const last = pieceAt(pieces, end - 1);
  if (!first || !last) return undefined;
  const range = document.createRange();
  if (first.node instanceof Text) range.setStart(first.node, start - first.start);
  else range.setStartBefore(first.node);
  if (last.node instanceof Text) range.setEnd(last.node, end - last.start);
  else range.setEndAfter(last.node);
  return range;
}

/** The piece with a character of the text, by halving: there are thousands of them. */
function pieceAt(pieces: readonly Piece[], at: number): Piece | undefined {
  let [low, high] = [0, pieces.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle];
    if (!piece) return undefined;
    if (at < piece.start) high = middle - 1;
    else if (at >= piece.start + piece.length) low = middle + 1;
    else return piece;
  }
  return undefined;
}

function formulaSource(formula: Element): string {
  const source = formula.querySelector('annotation[encoding="application/x-tex"]') ?? formula;
  return source.textContent;
}

const inline = new Set(['SPAN', 'STRONG', 'EM', 'S', 'A', 'CODE', 'SUB', 'SUP', 'KBD', 'MARK']);

function isInline(element: Element): boolean {
  return inline.has(element.tagName) && !element.matches('pre > code');
}
