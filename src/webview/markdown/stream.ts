import { drawCodeBlocks } from './code-blocks';
import { drawFormulas } from './formulas';
import { parseBlocks, type Block, type Environment } from './parser';
import { sanitize } from './sanitize';

/** A Markdown text drawn while it grows. */
export interface MarkdownStream {
  readonly element: HTMLElement;
  append(text: string): void;
  /** The text is whole: draws what was waiting for its end. */
  finish(): void;
}

interface DrawnBlock {
  readonly html: string;
  readonly element: Element;
}

/**
 * Blocks that are closed are drawn once and stay; only the open one at the end is parsed and drawn
 * again. A block is closed when a whole line after it begins another one. The end of the text is
 * parsed as a whole once more, since a link may be defined after its use.
 */
export function createMarkdownStream(element: HTMLElement): MarkdownStream {
  let source = '';
  let closedLength = 0;
  let closedCount = 0;
  const drawn: DrawnBlock[] = [];
  const environment: Environment = {};

  /** Makes the blocks from a position on those given, keeping the elements of the ones that are the same. */
  function draw(from: number, blocks: readonly Block[], isClosed: (index: number) => boolean): void {
    blocks.forEach(({ html }, offset) => {
      const closed = isClosed(from + offset);
      const key = closed ? html : `open ${html}`;
      const old = drawn[from + offset];
      if (old?.html === key) return;
      const created = drawBlock(html, closed);
      if (old) old.element.replaceWith(created);
      else element.append(created);
      drawn[from + offset] = { html: key, element: created };
    });
    for (const { element: surplus } of drawn.splice(from + blocks.length)) surplus.remove();
  }

  function append(text: string): void {
    source += text;
    const open = source.slice(closedLength);
    const blocks = parseBlocks(open, environment);
    const lastLine = blocks.at(-1)?.line ?? 0;
    const lastStart = offsetOfLine(open, lastLine);
    const lastIndex = closedCount + blocks.length - 1;
    const decided = open.includes('\n', lastStart);
    draw(closedCount, blocks, (index) => decided && index < lastIndex);
    if (!decided || blocks.length < 2) return;
    closedLength += lastStart;
    closedCount = lastIndex;
  }

  return {
    element,
    append,
    finish: () => draw(0, parseBlocks(source, {}), () => true),
  };
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let passed = 0; passed < line; passed++) offset = text.indexOf('\n', offset) + 1;
  return offset;
}

function drawBlock(html: string, closed: boolean): Element {
  const fragment = sanitize(html);
  if (closed) drawCodeBlocks(fragment);
  drawFormulas(fragment);
  return fragment.firstElementChild ?? document.createElement('p');
}
