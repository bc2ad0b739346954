/** The selected range of the page; undefined if no text is selected. */
export function selectedRange(): Range | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  return selection.getRangeAt(0);
}

/** The range of all that a node contains. */
export function contentsOf(node: Node): Range {
  const range = document.createRange();
  range.selectNodeContents(node);
  return range;
}

/** The part of the text of a node that is within a range. */
export function textInRange(node: Node, range: Range): string {
  return intersection(node, range).toString();
}

/** The part of the content of a node that is within a range. */
export function intersection(node: Node, range: Range): Range {
  const part = contentsOf(node);
  if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) {
    part.setStart(range.startContainer, range.startOffset);
  }
  if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) {
    part.setEnd(range.endContainer, range.endOffset);
  }
  return part;
}

/** The closest element around a node, or the node itself, that matches a selector. */
export function closestElement(node: Node, selector: string): HTMLElement | null {
  return (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>(selector) ?? null;
}

/** Replaces the content of an element and keeps the selection in it. The texts before and after may differ in one place. */
export function keepSelection(root: Element, replace: () => void): void {
  const selection = getSelection();
  if (!selection?.anchorNode || !selection.focusNode) return replace();
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const anchor = offsetIn(root, anchorNode, anchorOffset);
  const focus = offsetIn(root, focusNode, focusOffset);
  const before = root.textContent;
  replace();
  if (anchor === undefined && focus === undefined) return;
  const move = offsetAfterChange(before, root.textContent);
  const from = anchor === undefined ? ([anchorNode, anchorOffset] as const) : boundaryAt(root, move(anchor));
  const to = focus === undefined ? ([focusNode, focusOffset] as const) : boundaryAt(root, move(focus));
  selection.setBaseAndExtent(...from, ...to);
}

/** Where a place in a text is after a change. A place behind the change keeps its distance from the end. */
function offsetAfterChange(before: string, after: string): (offset: number) => number {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  return (offset) => (offset <= same ? offset : Math.max(same, offset + after.length - before.length));
}

/** The number of characters of an element before a boundary point; undefined if that is outside of the element. */
function offsetIn(root: Element, node: Node, offset: number): number | undefined {
  if (!root.contains(node)) return undefined;
  const before = document.createRange();
  before.setStart(root, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

function boundaryAt(root: Element, offset: number): readonly [Node, number] {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let remaining = offset;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const { length } = text as Text;
    if (remaining <= length) return [text, remaining];
    remaining -= length;
  }
  return [root, root.childNodes.length];
}
