import { createOpenFence, type OpenFence } from './open-fence';
import { parseBlocks, type Block } from './parser';

/** What changes on the way from one text to a longer one, in this order. */
export interface BlockUpdate {
  readonly changes: readonly BlockChange[];
  /** How many blocks there are now. */
  readonly count: number;
  /** What is behind the blocks and not read yet. */
  readonly unread: string;
}

export type BlockChange =
  /** A block that is new or different. */
  | { readonly type: 'block'; readonly index: number; readonly html: string; readonly state: BlockState }
  /** More of the code of a block, which is a fence. */
  | { readonly type: 'code'; readonly index: number; readonly text: string; readonly state: BlockState };

/** An open block may still change, with all that is after it. */
export type BlockState = 'open' | 'closed';

/** Reads a Markdown text that grows, parsing again only what is still open. */
export interface BlockReader {
  /** What is added to a text that was whole goes on with it: an open fence stays open. */
  append(text: string): BlockUpdate;
  /** With this the text is whole, and so are all of its blocks: a link may be defined after its use. */
  finish(text?: string): BlockUpdate;
}

/** A block that stands, but for links that are defined later. */
interface ClosedBlock {
  readonly html: string;
  /** Empty where there is no link to be defined. */
  readonly source: string;
  /** How many links were defined when it was closed. */
  readonly defined: number;
}

interface Fence {
  readonly lines: OpenFence;
  readonly opening: string;
  code: string;
}

/** Characters of an open text up to which it is parsed again with each word. */
const short = 2048;
/** Above that, when it has grown by this part of itself: so all its parsings together take linear time. */
const growth = 1 / 16;

const formulaStart = /\$\$|\\\[|\\begin/;

/**
 * A block is closed when there is a blank line after it and, behind that, a whole line that begins another
 * one. Not before: what looks like a list may be lines of a formula, which no blank line can be in. A fence
 * closes what is before it, and is closed by a line of its own.
 */
export function createBlockReader(): BlockReader {
  const closed: ClosedBlock[] = [];
  const references = {};
  let defined = 0;
  /** What is behind the closed blocks, and how much of it has been parsed. */
  let [open, parsed, openCount] = ['', 0, 0];
  let fence: Fence | undefined;
  /** The first half of a line break that may be of two characters. */
  let carriage = '';
  /** What must be said again when a text that was whole goes on. */
  let onReopening: readonly BlockChange[] = [];

  /** Line breaks as the parser sees them. */
  function normal(text: string): string {
    const whole = carriage + text;
    carriage = whole.endsWith('\r') ? '\r' : '';
    const ready = carriage === '' ? whole : whole.slice(0, -1);
    return ready.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  }

  function read(text: string): BlockUpdate {
    if (fence) return readFence(fence, text);
    open += text;
    const due = open.length <= short || open.length - parsed >= parsed * growth;
    if (due) return parse();
    return { changes: [], count: closed.length + openCount, unread: open.slice(parsed) };
  }

  function parse(): BlockUpdate {
    const before = closed.length;
    const blocks = parseBlocks(open, { references: inheriting(references) });
    const { count, length, fenced } = settled(open, blocks);
    close(open.slice(0, length), blocks.slice(0, count));
    open = open.slice(length);
    parsed = open.length;
    const changes: BlockChange[] = closed
      .slice(before)
      .map(({ html }, at) => ({ type: 'block', index: before + at, html, state: 'closed' }));
    if (fenced) return joined(changes, beginFence());
    blocks.slice(count).forEach(({ html }, at) => {
      changes.push({ type: 'block', index: closed.length + at, html, state: 'open' });
    });
    openCount = blocks.length - count;
    return { changes, count: closed.length + openCount, unread: '' };
  }

  /** @param source of these blocks and no others */
  function close(source: string, blocks: readonly Block[]): void {
    // What is still open may define links too, which will be others when it goes on.
    const defining = open.includes(']:');
    const standing = defining ? parseBlocks(source, { references }) : blocks;
    if (defining) defined = Object.keys(references).length;
    const lines = source.split('\n');
    standing.forEach(({ html, line }, at) => {
      const own = html.includes('[') ? lines.slice(line, standing[at + 1]?.line).join('\n') : '';
      closed.push({ html, source: own, defined });
    });
  }

  function beginFence(): BlockUpdate {
    const opening = open.slice(0, open.indexOf('\n') + 1);
    const text = open.slice(opening.length);
    fence = { lines: createOpenFence(opening), opening, code: '' };
    open = '';
    return joined(fenceAgain(fence), readFence(fence, text));
  }

  function readFence(of: Fence, text: string): BlockUpdate {
    const { code, rest } = of.lines.read(text);
    const index = closed.length;
    of.code += code;
    const change = (state: BlockState): BlockChange => ({ type: 'code', index, text: code, state });
    if (rest === undefined) return { changes: [change('open')], count: index + 1, unread: '' };
    fence = undefined;
    // No link is in code: its HTML is not looked at again.
    closed.push({ html: '', source: '', defined });
    open = rest;
    return joined([change('closed')], parse());
  }

  /** An open fence as it is. */
  function fenceAgain({ opening, code }: Fence): BlockChange[] {
    const index = closed.length;
    const html = parseBlocks(opening, {})[0]?.html ?? '';
    const block = { type: 'block', index, html, state: 'open' } as const;
    return code === '' ? [block] : [block, { type: 'code', index, text: code, state: 'open' }];
  }

  function append(text: string): BlockUpdate {
    return joined(reopen(), read(normal(text)));
  }

  function reopen(): readonly BlockChange[] {
    const again = onReopening;
    onReopening = [];
    return again;
  }

  /** All that is there, as if it were the end: what is kept is as it was. */
  function end(): BlockUpdate {
    const again = reopen();
    const last = carriage === '' ? '' : '\n';
    const whole = inheriting(references);
    const index = closed.length;
    const changes: BlockChange[] = [];
    if (fence) {
      onReopening = fenceAgain(fence);
      changes.push({ type: 'code', index, text: fence.lines.end(last), state: 'closed' });
    } else {
      parseBlocks(open + last, { references: whole }).forEach(({ html }, at) => {
        changes.push({ type: 'block', index: index + at, html, state: 'closed' });
      });
      parsed = 0;
    }
    const count = index + changes.length;
    return { changes: [...again, ...resolved(whole), ...changes], count, unread: '' };
  }

  /** The blocks that are different now that all links are defined. */
  function resolved(whole: object): BlockChange[] {
    const all = defined + Object.keys(whole).length;
    return closed.flatMap(({ html, source, defined: then }, index): BlockChange[] => {
      if (source === '' || then === all) return [];
      const now = parseBlocks(source, { references: inheriting(whole) })[0]?.html;
      if (now === undefined || now === html) return [];
      onReopening = [...onReopening, { type: 'block', index, html, state: 'closed' }];
      return [{ type: 'block', index, html: now, state: 'closed' }];
    });
  }

  return {
    append,
    finish: (text = '') => (text === '' ? end() : joined(append(text).changes, end())),
  };
}

/** What defines more without changing what is there. */
function inheriting(references: object): Record<string, unknown> {
  return Object.create(references) as Record<string, unknown>;
}

function joined(changes: readonly BlockChange[], { changes: more, ...rest }: BlockUpdate): BlockUpdate {
  return { changes: [...changes, ...more], ...rest };
}

/** How many of the blocks of a text will stay as they are, whatever comes after it, and their length. */
function settled(
  text: string,
  blocks: readonly Block[],
): { readonly count: number; readonly length: number; readonly fenced: boolean } {
  const lines = text.split('\n');
  const isWhole = (line: number): boolean => line < lines.length - 1;
  const isBlank = (line: number): boolean => /^[ \t]*$/.test(lines[line] ?? '');
  const closing = Math.max(
    0,
    blocks.findLastIndex(({ line }) => line > 0 && isBlank(line - 1) && isWhole(line)),
  );
  const from = closing === 0 ? 0 : (blocks[closing]?.line ?? 0);
  const last = blocks.at(-1);

  /** Lines before a fence and in it may become one formula, as long as no blank one is between. */
  function closesWhatIsBefore(fence: number): boolean {
    if (!isWhole(fence)) return false;
    if (!formulaStart.test(lines.slice(from, fence).join('\n'))) return true;
    return lines.some((_, line) => line > fence && isWhole(line) && isBlank(line));
  }

  const fenced = last?.openFence === true && closesWhatIsBefore(last.line);
  const end = fenced ? last.line : from;
  const length = lines.slice(0, end).reduce((sum, line) => sum + line.length + 1, 0);
  return { count: fenced ? blocks.length - 1 : closing, length, fenced };
}
