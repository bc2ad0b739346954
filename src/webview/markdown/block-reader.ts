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
  append(text: string): BlockUpdate;
  /** The text is whole: all of its blocks, since a link may be defined after its use. */
  finish(): BlockUpdate;
}

/** A block is closed when a whole line after it begins another one. */
export function createBlockReader(): BlockReader {
  let source = '';
  let closedLength = 0;
  let closedCount = 0;
  const environment: Environment = {};

  return {
    append(text) {
      source += text;
      const from = closedCount;
      const open = source.slice(closedLength);
      const blocks = parseBlocks(open, environment);
      const lastStart = offsetOfLine(open, blocks.at(-1)?.line ?? 0);
      const closing = open.includes('\n', lastStart) ? Math.max(0, blocks.length - 1) : 0;
      if (closing > 0) {
        closedLength += lastStart;
        closedCount += closing;
      }
      return {
        from,
        blocks: blocks.map(({ html }, index) => ({ html, state: index < closing ? 'closed' : 'open' })),
      };
    },
    finish: () => ({
      from: 0,
      blocks: parseBlocks(source, {}).map(({ html }) => ({ html, state: 'closed' })),
    }),
  };
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let passed = 0; passed < line; passed++) offset = text.indexOf('\n', offset) + 1;
  return offset;
}
