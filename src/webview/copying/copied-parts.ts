import { deferredIn, renderDeferred } from '../rendering/deferred';
import { closestElement, intersection, selectedRange, textInRange } from '../ui/selection';

/** Maximum length of a text that is rendered to be copied, in characters. Longer ones are copied without formatting. */
export const MAX_RENDERED_LENGTH = 200_000;

/** Buttons and labels of the panel, which are not part of a copied conversation. */
const PANEL_UI =
  'button, footer, textarea, .code-heading, .code-fold, [role="toolbar"], [role="tablist"], .choice-tabs, .sr-only, .formula-message, [hidden]';

/** Text of the conversation, in contrast to labels of the panel. */
const CONTENT = '.question-text, .markdown, .refusal p, .question-attachment pre, .markdown-source';

function isPanelUi(element: Element): boolean {
  return element.matches(PANEL_UI) || !element.checkVisibility();
}

/** Whether a node is not part of a copied conversation. */
export function isExcluded(node: Node): boolean {
  return node instanceof Element && (node.localName === 'summary' || isPanelUi(node));
}

/** Whether line breaks of a text are visible, as in a question. */
export function hasVisibleLineBreaks({ parentElement: parent }: Text): boolean {
  return parent !== null && getComputedStyle(parent).whiteSpaceCollapse === 'preserve-breaks';
}

/** Whether text of the conversation is within a range in it. */
export function containsContent(range: Range): boolean {
  const inside = elementAround(range);
  if (!inside || inside.closest(CONTENT)) return inside !== null;
  return [...inside.querySelectorAll(CONTENT)].some((part) => range.intersectsNode(part));
}

export function elementAround({ commonAncestorContainer: common }: Range): Element | null {
  return common instanceof Element ? common : common.parentElement;
}

/** The selected part of the conversation, from its first to its last text; undefined if no text of it is selected. */
export function rangeToCopy(log: Element): Range | undefined {
  const selected = selectedRange();
  if (!selected?.intersectsNode(log)) return undefined;
  const range = intersection(log, selected);
  renderDeferredIn(range);
  return trim(range) ? withCheckBox(withWholeFormulas(range)) : undefined;
}

/** Before the range is moved to texts, because rendering replaces them. */
function renderDeferredIn(range: Range): void {
  const root = elementAround(range);
  if (!root) return;
  const length = deferredIn(root).reduce((sum, part) => sum + part.text().length, 0);
  if (length > 0 && length <= MAX_RENDERED_LENGTH) renderDeferred(root);
}

/**
 * Moves the ends of a range to the first and the last text in it. A triple-click, for example, selects up to the beginning
 * of the next block, of which nothing is selected then.
 *
 * @returns whether there is any text in it
 */
function trim(range: Range): boolean {
  const { commonAncestorContainer: root } = range;
  if (root instanceof Text) return true;
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
    if (!range.intersectsNode(node) || isExcluded(node)) return NodeFilter.FILTER_REJECT;
    return isSelectedText(node, range) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
  });
  const first = texts.firstChild();
  texts.currentNode = root;
  const last = texts.lastChild();
  if (!first || !last) return false;
  if (first instanceof Element) range.setStartBefore(first);
  else if (first !== range.startContainer) range.setStart(first, 0);
  if (last instanceof Element) range.setEndAfter(last);
  else if (last !== range.endContainer) range.setEnd(last, last.textContent?.length ?? 0);
  return true;
}

/** White space is text only in code. Elsewhere it also stands between blocks. A thematic break counts as text. */
function isSelectedText(node: Node, range: Range): boolean {
  if (node instanceof HTMLHRElement) return containsNode(range, node);
  if (!(node instanceof Text)) return false;
  const text = textInRange(node, range);
  return text.trim() !== '' || (text !== '' && closestElement(node, 'code') !== null);
}

function containsNode(range: Range, node: Node): boolean {
  const whole = document.createRange();
  whole.selectNode(node);
  return (
    range.compareBoundaryPoints(Range.START_TO_START, whole) <= 0 &&
    range.compareBoundaryPoints(Range.END_TO_END, whole) >= 0
  );
}

/** The range extended to whole formulas, because a part of a formula has no source. */
function withWholeFormulas(range: Range): Range {
  const first = closestElement(range.startContainer, '.formula');
  const last = closestElement(range.endContainer, '.formula');
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  return range;
}

/** The range extended to the check box before it if it goes on after its task, because the box replaces the bullet. */
function withCheckBox(range: Range): Range {
  const { startContainer: start, startOffset, endContainer: end } = range;
  const task = closestElement(start, 'li');
  const box = task?.querySelector('.task-box');
  if (!box || closestElement(end, 'li') === task) return range;
  const between = document.createRange();
  between.setStartAfter(box);
  between.setEnd(start, startOffset);
  if (between.toString().trim() === '') range.setStartBefore(box);
  return range;
}
