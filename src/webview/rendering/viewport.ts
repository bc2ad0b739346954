/** Calls back once, when an element approaches the visible part of the conversation. */
export type OnApproachViewport = (element: Element, draw: () => void) => void;

/** Distance from the visible part at which elements are drawn, in CSS pixels. */
const MARGIN_PX = 1500;

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

export function onApproachViewport(element: Element, draw: () => void): void {
  observer ??= new IntersectionObserver(drawApproaching, {
    root: document.querySelector('[role=log]'),
    rootMargin: `${MARGIN_PX}px 0px`,
  });
  waiting.set(element, draw);
  observer.observe(element);
}

function drawApproaching(
  entries: readonly IntersectionObserverEntry[],
  observer: IntersectionObserver,
): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    waiting.get(target)?.();
  }
}
