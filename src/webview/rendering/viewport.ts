/** Calls back once, when an element approaches the visible part of the conversation. */
export type OnApproachViewport = (element: Element, render: () => void) => void;

/** Distance from the visible part at which elements are rendered. */
const MARGIN_PX = 1500;

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

export function onApproachViewport(element: Element, render: () => void): void {
  observer ??= new IntersectionObserver(renderApproaching, {
    root: document.querySelector('[role=log]'),
    rootMargin: `${MARGIN_PX}px 0px`,
  });
  waiting.set(element, render);
  observer.observe(element);
}

function renderApproaching(
  entries: readonly IntersectionObserverEntry[],
  observer: IntersectionObserver,
): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    waiting.get(target)?.();
  }
}
