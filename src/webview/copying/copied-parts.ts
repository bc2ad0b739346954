/** Buttons and labels of the panel, which are not part of a copied conversation. */
const chrome =
  'button, footer, textarea, .code-heading, .code-fold, [role="toolbar"], [role="tablist"], .alternatives, .sr-only, .formula-message, [hidden]';

/** Text of the conversation, as opposed to what the panel says about it. */
const content = '.question-text, .markdown, .thoughts, .refusal p, .context pre, .unread';

export function isChrome(element: Element): boolean {
  return element.matches(chrome) || !element.checkVisibility();
}

/** Whether a part of the conversation is within a range. */
export function hasContent(log: Element, range: Range): boolean {
  const { commonAncestorContainer: common } = range;
  const inside = common instanceof Element ? common : common.parentElement;
  if (!inside || !log.contains(inside)) return false;
  if (inside.closest(content)) return true;
  return [...inside.querySelectorAll(content)].some((part) => range.intersectsNode(part));
}

/** The selected range with whole formulas, as it makes no sense to copy a part of one. */
export function selectedRange(): Range | undefined {
  const selection = getSelection();
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

/** The part of a node's text that is within a range. */
export function textIn(node: Node, range: Range): string {
  const part = document.createRange();
  part.selectNodeContents(node);
  if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) {
    part.setStart(range.startContainer, range.startOffset);
  }
  if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) {
    part.setEnd(range.endContainer, range.endOffset);
  }
  return part.toString();
}
