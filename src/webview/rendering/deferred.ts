/** A part of the page that is drawn when it comes near to what is seen. */
export interface DeferredPart {
  /** Its text, or its source where that is not read yet. */
  readonly text: () => string;
  /** Draws it at once. */
  readonly draw: () => void;
}

const parts = new WeakMap<Element, DeferredPart>();
const candidates = '.markdown, .question-text, .blocks';

export function defer(element: Element, part: DeferredPart): void {
  parts.set(element, part);
}

/** It is drawn. */
export function settle(element: Element): void {
  parts.delete(element);
}

/** The deferred part of an element; undefined if it is drawn. */
export function deferredPart(element: Element): DeferredPart | undefined {
  return parts.get(element);
}

/** The parts of an element that are not drawn yet, itself among them. */
export function deferredIn(root: Element): readonly DeferredPart[] {
  const elements = root.matches(candidates)
    ? [root, ...root.querySelectorAll(candidates)]
    : [...root.querySelectorAll(candidates)];
  return elements.flatMap((element) => parts.get(element) ?? []);
}

/** Draws all of an element at once. */
export function drawDeferred(root: Element): void {
  // A part that is drawn may contain deferred parts.
  for (let waiting = deferredIn(root); waiting.length > 0; waiting = deferredIn(root)) {
    for (const part of waiting) part.draw();
  }
}
