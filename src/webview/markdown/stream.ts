import { createBlockReader, type BlockUpdate, type ReadBlock } from './block-reader';
import { drawCodeBlocks } from './code-blocks';
import { drawFormulas } from './formulas';
import { sanitize } from './sanitize';

/** A Markdown text drawn while it grows. */
export interface MarkdownStream {
  readonly element: HTMLElement;
  /** Also goes on with a text that was whole. */
  append(text: string): void;
  /** With this the text is whole: draws what was waiting for its end, once. */
  finish(text?: string): void;
}

interface DrawnBlock extends ReadBlock {
  readonly element: Element;
}

/** Draws into an element; a block that has not changed keeps the element it has. */
export function createMarkdownStream(element: HTMLElement): MarkdownStream {
  const reader = createBlockReader();
  const drawn: DrawnBlock[] = [];
  let whole = false;

  function draw({ from, blocks }: BlockUpdate): void {
    blocks.forEach((block, offset) => {
      const old = drawn[from + offset];
      if (old?.html === block.html && old.state === block.state) return;
      const created = drawBlock(block);
      if (old) old.element.replaceWith(created);
      else element.append(created);
      drawn[from + offset] = { ...block, element: created };
    });
    for (const { element: surplus } of drawn.splice(from + blocks.length)) surplus.remove();
  }

  return {
    element,
    append(text) {
      if (text === '') return;
      whole = false;
      draw(reader.append(text));
    },
    finish(text = '') {
      if (whole && text === '') return;
      whole = true;
      draw(reader.finish(text));
    },
  };
}

/** Code gets its colours and buttons when it is whole; half of it is of no use to anyone. */
function drawBlock({ html, state }: ReadBlock): Element {
  const fragment = sanitize(html);
  if (state === 'closed') drawCodeBlocks(fragment);
  drawFormulas(fragment);
  return fragment.firstElementChild ?? document.createElement('p');
}
