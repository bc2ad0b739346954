import { element } from '../ui/dom';

/**
 * Scrolls a text box to its caret, which the browser does not do after a change by a script. The position of the caret is
 * the height of a copy of the box with the text before it.
 */
export function revealCaret(box: HTMLTextAreaElement): void {
  if (box.scrollHeight <= box.clientHeight) return;
  const copy = element('textarea', { 'aria-hidden': 'true', tabindex: '-1', class: 'text-before-caret' });
  copy.value = box.value.slice(0, box.selectionEnd);
  copy.style.width = `${box.offsetWidth}px`;
  box.after(copy);
  const bottom = copy.scrollHeight;
  copy.remove();
  const lineHeight = parseFloat(getComputedStyle(box).lineHeight);
  if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
  else if (bottom - 2 * lineHeight < box.scrollTop) box.scrollTop = bottom - 2 * lineHeight;
}
