import { sourceOf } from '../markdown/math/formula-export';
import { deferredPart } from '../rendering/deferred';
import { BLOCK_SEPARATOR } from './find-query';

/** Elements that are not searched: buttons and labels of the panel. */
const EXCLUDED =
  'button, footer, textarea, summary, .code-heading, [role="toolbar"], .alternatives, .sr-only, .card .action-buttons';

/** A text node or element, with the offset and the length of its text in the searched text. */
interface TextSegment {
  readonly node: Text | Element;
  readonly start: number;
  readonly length: number;
}

/** The text of a part of the conversation. Formulas and parts that are not rendered yet are included as source. */
export interface SearchText {
  readonly text: string;
  readonly segments: readonly TextSegment[];
}

export function searchTextOf(root: Element): SearchText {
  const segments: TextSegment[] = [];
  let text = '';

  function add(node: Text | Element, added: string): void {
    segments.push({ node, start: text.length, length: added.length });
    text += added;
  }

  function walk(element: Element): void {
    const deferred = deferredPart(element);
    const inline = isInline(element);
    if (!inline) text += BLOCK_SEPARATOR;
    if (deferred) add(element, deferred.text());
    else if (element instanceof HTMLElement && element.matches('.formula')) add(element, sourceOf(element));
    else {
      for (const child of element.childNodes) {
        if (child instanceof Text) add(child, child.data);
        else if (child instanceof Element && !child.matches(EXCLUDED)) walk(child);
      }
    }
    if (!inline) text += BLOCK_SEPARATOR;
  }

  walk(root);
  return { text, segments };
}

/** The range of a match in the page; undefined if it is empty. */
export function rangeOf({ segments }: SearchText, start: number, end: number): Range | undefined {
  const first = segmentAt(segments, start);
  const last = segmentAt(segments, end - 1);
  if (!first || !last) return undefined;
  const range = document.createRange();
  if (first.node instanceof Text) range.setStart(first.node, start - first.start);
  else range.setStartBefore(first.node);
  if (last.node instanceof Text) range.setEnd(last.node, end - last.start);
  else range.setEndAfter(last.node);
  return range;
}

/** The segment that contains an offset, by binary search, because there are thousands. */
function segmentAt(segments: readonly TextSegment[], at: number): TextSegment | undefined {
  let [low, high] = [0, segments.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (!segment) return undefined;
    if (at < segment.start) high = middle - 1;
    else if (at >= segment.start + segment.length) low = middle + 1;
    else return segment;
  }
  return undefined;
}

const INLINE_TAGS = new Set(['SPAN', 'STRONG', 'EM', 'S', 'A', 'CODE', 'SUB', 'SUP', 'KBD', 'MARK']);

function isInline(element: Element): boolean {
  return INLINE_TAGS.has(element.tagName) && !element.matches('pre > code, .formula[data-display="true"]');
}
