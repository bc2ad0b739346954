import { element as create } from '../ui/dom';
import { onApproachViewport, type OnApproachViewport } from './viewport';

/**
 * A container of up to `PARTS_PER_CHUNK` parts of the page, which are rendered, and skipped by the browser, together.
 */
export interface RenderChunk {
  readonly element: HTMLElement;
  /** For parts inside the chunk. They are observed when the chunk is near the viewport, because observing thousands takes a frame. */
  readonly onApproachViewport: OnApproachViewport;
}

/** A growing list of chunks. */
export interface RenderChunks {
  /** The chunk at this end that has room for another part; added if there is none. */
  at(end: 'beginning' | 'end'): RenderChunk;
  removeEmpty(): void;
}

/** Number of parts in a full chunk. */
const PARTS_PER_CHUNK = 32;

function createRenderChunk(): RenderChunk {
  const element = create('div', { class: 'chunk' });
  let waiting: Parameters<OnApproachViewport>[] | undefined = [];
  onApproachViewport(element, () => {
    for (const inside of waiting ?? []) onApproachViewport(...inside);
    waiting = undefined;
  });
  return {
    element,
    onApproachViewport(...inside) {
      if (waiting) waiting.push(inside);
      else onApproachViewport(...inside);
    },
  };
}

export function createRenderChunks(root: HTMLElement): RenderChunks {
  let chunks: readonly RenderChunk[] = [];
  return {
    at(end) {
      const last = chunks.at(-1)?.element;
      const open = chunks.at(end === 'beginning' ? 0 : -1);
      if (open && open.element.childElementCount < PARTS_PER_CHUNK) return open;
      // Only full chunks may be skipped by `content-visibility`: the browser remembers the height of a skipped chunk.
      open?.element.classList.add('full');
      const chunk = createRenderChunk();
      chunks = end === 'beginning' ? [chunk, ...chunks] : [...chunks, chunk];
      root.insertBefore(chunk.element, end === 'end' && last ? last.nextSibling : root.firstChild);
      return chunk;
    },
    removeEmpty() {
      const empty = chunks.filter(({ element }) => !element.hasChildNodes());
      for (const { element } of empty) element.remove();
      chunks = chunks.filter((chunk) => !empty.includes(chunk));
    },
  };
}
