import { formulaSource } from '../markdown/math/formula-export';
import { deferredPart } from '../rendering/deferred';
import { BLOCK_SEPARATOR, type Match } from './find-query';

/** Elements that are not searched: buttons and labels of the panel. */
const EXCLUDED =
  'button, footer, textarea, summary, .code-heading, [role="toolbar"], .choice-tabs, .sr-only, .card .action-buttons';

/** A text node or element, with the offset and the length of its text in the searched text. */
interface TextSegment {
  readonly node: Text | Element;
  readonly start: number;
  readonly length: number;
  /** The source of the formula, if this is the visible text of one. */
  readonly source?: TextSegment;
}

/**
 * The text of a part of the conversation. Formulas, and parts that are not rendered yet, are included as source.
 * After each block follow the visible texts of its rendered formulas.
 */
export interface SearchText {
  readonly text: string;
  readonly segments: readonly TextSegment[];
}

export function searchTextOf(root: Element): SearchText {
  const segments: TextSegment[] = [];
  let text = '';

  const formulas: TextSegment[] = [];

  function add(node: Text | Element, added: string, source?: TextSegment): TextSegment {
    const segment = { node, start: text.length, length: added.length, ...(source && { source }) };
    segments.push(segment);
    text += added;
    return segment;
  }

  function endBlock(): void {
    text += BLOCK_SEPARATOR;
    for (const source of formulas.splice(0)) {
      for (const shown of shownTexts(source.node)) add(shown, shown.data, source);
      text += BLOCK_SEPARATOR;
    }
  }

  function walk(element: Element): void {
    const deferred = deferredPart(element);
    const inline = isInline(element);
    if (!inline) endBlock();
    if (deferred) add(element, deferred.text());
    else if (element instanceof HTMLElement && element.matches('.formula'))
      formulas.push(add(element, formulaSource(element)));
    else {
      for (const child of element.childNodes) {
        if (child instanceof Text) add(child, child.data);
        else if (child instanceof HTMLBRElement) add(child, '\n');
        else if (child instanceof Element && !child.matches(EXCLUDED)) walk(child);
      }
    }
    if (!inline) endBlock();
  }

  walk(root);
  return { text, segments };
}

/** The visible texts of a rendered formula, without the zero-width characters that KaTeX adds. */
function shownTexts(formula: Node): readonly Text[] {
  const shown: Text[] = [];
  if (!(formula instanceof Element)) return shown;
  for (const part of formula.querySelectorAll('.katex-html')) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { currentNode: node } = texts;
      if (node instanceof Text && node.data !== '\u200b') shown.push(node);
    }
  }
  return shown;
}

/**
 * The matches in the order of the page. If both the visible text and the source of a formula match, only the match in
 * the visible text is kept, because it can be highlighted.
 */
export function inPageOrder({ segments }: SearchText, matches: readonly Match[]): readonly Match[] {
  if (!segments.some(({ source }) => source)) return matches;
  const located = matches.map((match) => ({ match, segment: segmentAt(segments, match[0]) }));
  const shown = new Set(located.map(({ segment }) => segment?.source));
  const isSecond = (segment: TextSegment, [, end]: Match): boolean =>
    shown.has(segment) && end <= segment.start + segment.length;
  return located
    .filter(({ match, segment }) => segment && !isSecond(segment, match))
    .sort((a, b) => positionOf(a.segment) - positionOf(b.segment))
    .map(({ match }) => match);
}

function positionOf(segment: TextSegment | undefined): number {
  return (segment?.source ?? segment)?.start ?? 0;
}

/** The range of a match in the page; undefined if it is empty. */
export function rangeOf({ segments }: SearchText, start: number, end: number): Range | undefined {
  const first = segmentAt(segments, start);
  const last = segmentAt(segments, end - 1);
  if (!first || !last) return undefined;
  const range = document.createRange();
  if (first.node instanceof Text) range.setStart(first.node, within(first.node, start - first.start));
  else range.setStartBefore(first.node);
  if (last.node instanceof Text) range.setEnd(last.node, within(last.node, end - last.start));
  else range.setEndAfter(last.node);
  return range;
}

/** A text may have become shorter since it was searched. */
function within({ length }: Text, offset: number): number {
  return Math.min(offset, length);
}

/**
 * The segment that contains an offset. It is found by binary search, because a conversation has thousands of
 * segments.
 */
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
