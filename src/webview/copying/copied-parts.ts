import { closestElement, selectedRange } from '../ui/selection';

/** Buttons and labels of the panel, which are not part of a copied conversation. */
const PANEL_UI =
  'button, footer, textarea, .code-heading, .code-fold, [role="toolbar"], [role="tablist"], .alternatives, .sr-only, .formula-message, [hidden]';

/** Text of the conversation, in contrast to labels of the panel. */
const CONTENT = '.question-text, .markdown, .refusal p, .question-attachment pre, .markdown-source';

export function isPanelUi(element: Element): boolean {
  return element.matches(PANEL_UI) || !element.checkVisibility();
}

/** Whether text of the conversation is within a range. */
export function containsContent(log: Element, range: Range): boolean {
  const { commonAncestorContainer: common } = range;
  const inside = common instanceof Element ? common : common.parentElement;
  if (!inside || !log.contains(inside)) return false;
  if (inside.closest(CONTENT)) return true;
  return [...inside.querySelectorAll(CONTENT)].some((part) => range.intersectsNode(part));
}

/** The selected range, extended to whole formulas, because a part of a formula has no source. */
export function rangeToCopy(): Range | undefined {
  const range = selectedRange()?.cloneRange();
  if (!range) return undefined;
  const first = closestElement(range.startContainer, '.formula');
  const last = closestElement(range.endContainer, '.formula');
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  return range;
}
