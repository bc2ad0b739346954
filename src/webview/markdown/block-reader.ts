import { parseBlocks, type Environment } from './parser';

/** The blocks from a position on; those before it are as they were. */
export interface BlockUpdate {
  readonly from: number;
  readonly blocks: readonly ReadBlock[];
}

export interface ReadBlock {
  readonly html: string;
  /** An open block may still change, with all that is after it. */
  readonly state: 'open' | 'closed';
}

/** Reads a Markdown text that grows, parsing again only what is still open. */
export interface BlockReader {
  /** What is added to a text that was whole goes on with it: an open fence stays open. */
  append(text: string): BlockUpdate;
  /** With this the text is whole: all of its blocks, since a link may be defined after its use. */
  finish(text?: string): BlockUpdate;
}

/**
 * A block is closed when there is a blank line after it and, behind that, a whole line that begins another
 * one. Not before: what looks like a list may be lines of a formula, which no blank line can be in.
 */
export function createBlockReader(): BlockReader {
  let source = '';
  let closedLength = 0;
  let closedCount = 0;
  let environment: Environment = {};
  let finished = false;

  /** The blocks of a whole text know links of its end: those that were closed before do not stand any more. */
  function reopen(): void {
    closedLength = 0;
    closedCount = 0;
    environment = {};
    finished = false;
  }

  return {
    append(text) {
      if (finished) reopen();
      source += text;
      const from = closedCount;
      const open = source.slice(closedLength);
      const blocks = parseBlocks(open, environment);
      const lines = open.split('\n');
      const closing = Math.max(
        0,
        blocks.findLastIndex(({ line }) => lines[line - 1]?.trim() === '' && line < lines.length - 1),
      );
      const start = lines.slice(0, blocks[closing]?.line ?? 0);
      if (closing > 0) closedLength += start.reduce((length, line) => length + line.length + 1, 0);
      closedCount += closing;
      return {
        from,
        blocks: blocks.map(({ html }, index) => ({ html, state: index < closing ? 'closed' : 'open' })),
      };
    },
    finish(text = '') {
      source += text;
      finished = true;
      return { from: 0, blocks: parseBlocks(source, {}).map(({ html }) => ({ html, state: 'closed' })) };
    },
  };
}
