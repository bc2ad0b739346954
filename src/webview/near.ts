/** Calls back once, when an element comes near to what is seen of the conversation. */
export type WhenNear = (element: Element, draw: () => void) => void;

/** Pixels to both sides of what is seen that count as near. */
const margin = 1500;

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

export function whenNear(element: Element, draw: () => void): void {
  observer ??= new IntersectionObserver(reached, {
    root: document.querySelector('[role=log]'),
    rootMargin: `${margin}px 0px`,
  });
  waiting.set(element, draw);
  observer.observe(element);
}

function reached(entries: readonly IntersectionObserverEntry[], observer: IntersectionObserver): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    waiting.get(target)?.();
  }
}
