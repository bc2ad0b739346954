import { closestElement } from '../ui/selection';

/** Opens the collapsed parts around a range: long code, reasoning, attachments. */
export function unfold({ startContainer: start }: Range): void {
  closestElement(start, '.folded')?.querySelector<HTMLElement>('.code-fold')?.click();
  for (
    let details = closestElement(start, 'details');
    details instanceof HTMLDetailsElement;
    details = details.parentElement?.closest('details') ?? null
  ) {
    details.open = true;
  }
}

/** Scrolls a range into view, also within parts that scroll themselves: long lines of code, tables, attachments. */
export function scrollToRange(log: HTMLElement, range: Range): void {
  let part = closestElement(range.startContainer, '*');
  for (; part && part !== log; part = part.parentElement) {
    if (part.scrollWidth > part.clientWidth && scrolls(getComputedStyle(part).overflowX))
      scrollAcross(part, range);
    if (part.scrollHeight > part.clientHeight && scrolls(getComputedStyle(part).overflowY))
      scrollDown(part, range);
  }
  scrollDown(log, range);
}

function scrolls(overflow: string): boolean {
  return overflow === 'auto' || overflow === 'scroll';
}

/** Scrolls a range into the upper third of an element, unless it is visible. */
function scrollDown(scroller: HTMLElement, range: Range): void {
  const view = scroller.getBoundingClientRect();
  const { top, bottom } = range.getBoundingClientRect();
  if (top >= view.top + 40 && bottom <= view.bottom - 20) return;
  scroller.scrollTop += top - view.top - scroller.clientHeight / 3;
}

function scrollAcross(scroller: HTMLElement, range: Range): void {
  const view = scroller.getBoundingClientRect();
  const { left, right } = range.getBoundingClientRect();
  if (left < view.left || right > view.right) scroller.scrollLeft += left - view.left - 40;
}
