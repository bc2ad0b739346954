import { closestElement, intersection } from '../ui/selection';

/** The first and the last visible character of a selection. The text between them, which may be long, is not read. */
export interface SelectionEdges {
  readonly first: DOMRect;
  readonly last: DOMRect;
  /** Whether the selection goes on after the line of the last character, as it does after a triple-click. */
  readonly includesLineEnd: boolean;
}

/** The edges of a selected range; undefined if no visible text is selected. */
export function edgesOf(range: Range): SelectionEdges | undefined {
  const [first, last] = [textAt(range, 'firstChild'), textAt(range, 'lastChild')];
  if (!first || !last) return undefined;
  const lastAt = last.toString().trimEnd().length - 1;
  const rest = range.cloneRange();
  rest.setStart(last.startContainer, last.startOffset + lastAt);
  return {
    first: characterAt(first, first.toString().search(/\S/)),
    last: characterAt(last, lastAt),
    includesLineEnd: rest.toString().includes('\n') || !closestElement(rest.commonAncestorContainer, BLOCKS),
  };
}

/** Elements that contain text in lines. */
const BLOCKS = 'p, li, td, th, pre, h1, h2, h3, h4, h5, h6';

/** The selected part of the first or the last text that is visible. */
function textAt(range: Range, edge: 'firstChild' | 'lastChild'): Range | undefined {
  const { commonAncestorContainer: common } = range;
  const root = common instanceof Text ? (common.parentNode ?? common) : common;
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
    if (!range.intersectsNode(node)) return NodeFilter.FILTER_REJECT;
    if (node instanceof Element)
      return node.checkVisibility() ? NodeFilter.FILTER_SKIP : NodeFilter.FILTER_REJECT;
    return intersection(node, range).toString().trim() === ''
      ? NodeFilter.FILTER_SKIP
      : NodeFilter.FILTER_ACCEPT;
  });
  const text = texts[edge]();
  return text ? intersection(text, range) : undefined;
}

/** @param index of the character within a range in one text */
function characterAt({ startContainer: text, startOffset }: Range, index: number): DOMRect {
  const character = document.createRange();
  character.setStart(text, startOffset + index);
  character.setEnd(text, startOffset + index + 1);
  return character.getBoundingClientRect();
}
