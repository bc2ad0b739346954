/** Renders an answer while it grows. */
export interface Renderer {
  /** The element that scrolls. */
  readonly scroller: HTMLElement;
  /** Appends text to the answer. */
  add(text: string): void;
}

/** An empty container for an answer, with the size of the panel. */
export function createScroller(): HTMLElement {
  document.body.style.cssText = 'margin: 0; font: 13px/1.5 system-ui';
  const scroller = document.createElement('main');
  scroller.style.cssText = 'height: 640px; overflow-y: auto; padding: 0 16px; overflow-wrap: anywhere';
  document.body.replaceChildren(scroller);
  return scroller;
}

/** Keeps the end in view, once per frame and after its layout. */
export function followEnd(scroller: HTMLElement, content: HTMLElement): void {
  new ResizeObserver(() => (scroller.scrollTop = scroller.scrollHeight)).observe(content);
}
