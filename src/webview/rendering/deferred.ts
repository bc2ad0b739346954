/** A part of the page that is rendered when it approaches the viewport. */
export interface DeferredPart {
  /** The text of the part, or its source if that is not parsed yet. */
  readonly text: () => string;
  /** Renders it now. */
  readonly render: () => void;
}

const parts = new WeakMap<Element, DeferredPart>();
const DEFERRABLE = '.markdown, .question-text, .blocks, .reasoning';

export function defer(element: Element, part: DeferredPart): void {
  parts.set(element, part);
}

/** Must be called when a deferred element was rendered. */
export function markRendered(element: Element): void {
  parts.delete(element);
}

/** The deferred part of an element; undefined if it is rendered. */
export function deferredPart(element: Element): DeferredPart | undefined {
  return parts.get(element);
}

/** The deferred parts of an element, including the element itself. */
export function deferredIn(root: Element): readonly DeferredPart[] {
  const elements = root.matches(DEFERRABLE)
    ? [root, ...root.querySelectorAll(DEFERRABLE)]
    : [...root.querySelectorAll(DEFERRABLE)];
  return elements.flatMap((element) => parts.get(element) ?? []);
}

/** Renders all deferred parts of an element now. */
export function renderDeferred(root: Element): void {
  // Rendering a part may create deferred parts in it.
  for (let waiting = deferredIn(root); waiting.length > 0; waiting = deferredIn(root)) {
    for (const part of waiting) part.render();
  }
}
