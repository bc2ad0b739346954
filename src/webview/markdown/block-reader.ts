import { createOpenFence, type OpenFence } from './open-fence';
import { parseBlocks, type Block, type Environment } from './parser';
import { undecidedLine } from './syntax/math-paragraphs';

/** The changes from one text to a longer one, in order. */
export interface BlockUpdate {
  readonly changes: readonly BlockChange[];
  /** How many blocks there are now. */
  readonly count: number;
  /** The text after the blocks that is not parsed yet. */
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
  /** Text that is added to a complete text continues it: an open fence stays open. */
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
/** Characters after which a block is parted even where nothing ends it: parsing and layout take time. */
const longest = 32_768;

const formulaStart = /\$\$|\\\[|\\begin/;

/**
 * A block is closed when there is a blank line after it and, behind that, a whole line that begins another
 * one, unless a formula has begun that may have blank lines. A fence closes what is before it, and is closed by a
 * line of its own.
 */
class Reader implements BlockReader {
  private readonly closed: ClosedBlock[] = [];
  private readonly references = {};
  private defined = 0;
  /** What is behind the closed blocks, how much of it has been parsed, and to how many blocks. */
  private open = '';
  private parsed = 0;
  private openCount = 0;
  private fence: Fence | undefined;
  /** The first half of a line break that may be of two characters. */
  private carriage = '';
  /** Changes to repeat when a complete text continues. */
  private onReopening: readonly BlockChange[] = [];

  finish(text = ''): BlockUpdate {
    return text === '' ? this.end() : joined(this.append(text).changes, this.end());
  }

  /** Line breaks as the parser sees them. */
  private normal(text: string): string {
    const whole = this.carriage + text;
    this.carriage = whole.endsWith('\r') ? '\r' : '';
    const ready = this.carriage === '' ? whole : whole.slice(0, -1);
    return ready.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  }

  private read(text: string): BlockUpdate {
    if (this.fence) return this.readFence(this.fence, text);
    const room = longest - this.open.length;
    this.open += text.slice(0, room);
    const due =
      this.open.length <= short ||
      this.open.length - this.parsed >= this.parsed * growth ||
      text.length >= room;
    const update = due
      ? this.parse()
      : { changes: [], count: this.closed.length + this.openCount, unread: this.open.slice(this.parsed) };
    const parting = this.open.length === longest ? this.part() : [];
    if (text.length <= room && parting.length === 0) return update;
    return joined([...update.changes, ...parting], this.read(text.slice(room)));
  }

  /**
   * Closes what is too long: the items of a list but for the last one, else whole lines, else whole words. A table goes
   * on with its head repeated, as on the next page of a book.
   */
  private part(): readonly BlockChange[] {
    const before = this.closed.length;
    const lines = this.open.split('\n');
    const last = parseBlocks(this.open, {}).at(-1);
    const head = last?.line === 0 && last.html.startsWith('<table>') ? tableHead(lines) : '';
    // A row stays, so that no head is left alone.
    const end = head !== '' ? lines.length - 2 : last && last.lastPart > 0 ? last.lastPart : lines.length - 1;
    const length = end === 0 ? this.open.lastIndexOf(' ') + 1 || this.open.length : lengthOf(lines, end);
    const source = this.open.slice(0, length);
    this.close(source, parseBlocks(source, { references: inheriting(this.references) }));
    this.open = head + this.open.slice(length);
    this.parsed = 0;
    return this.closedSince(before);
  }

  private closedSince(before: number): BlockChange[] {
    return this.closed
      .slice(before)
      .map(({ html }, at) => ({ type: 'block', index: before + at, html, state: 'closed' }));
  }

  private parse(): BlockUpdate {
    const before = this.closed.length;
    const text = withoutOpenMarks(this.open);
    const blocks = parseBlocks(text, { references: inheriting(this.references) });
    const { count, length, fenced } = settled(text, blocks);
    this.close(this.open.slice(0, length), blocks.slice(0, count));
    this.open = this.open.slice(length);
    this.parsed = this.open.length;
    const changes = this.closedSince(before);
    if (fenced) return joined(changes, this.beginFence());
    blocks.slice(count).forEach(({ html }, at) => {
      changes.push({ type: 'block', index: this.closed.length + at, html, state: 'open' });
    });
    this.openCount = blocks.length - count;
    return { changes, count: this.closed.length + this.openCount, unread: '' };
  }

  /** @param source of these blocks and no others */
  private close(source: string, blocks: readonly Block[]): void {
    // The open part may define links too, which change when more text arrives.
    const defining = this.open.includes(']:');
    const standing = defining ? parseBlocks(source, { references: this.references }) : blocks;
    if (defining) this.defined = Object.keys(this.references).length;
    const lines = source.split('\n');
    standing.forEach(({ html, line }, at) => {
      const own = html.includes('[') ? lines.slice(line, standing[at + 1]?.line).join('\n') : '';
      this.closed.push({ html, source: own, defined: this.defined });
    });
  }

  private beginFence(): BlockUpdate {
    const opening = this.open.slice(0, this.open.indexOf('\n') + 1);
    const text = this.open.slice(opening.length);
    this.fence = { lines: createOpenFence(opening), opening, code: '' };
    this.open = '';
    return joined(this.fenceAgain(this.fence), this.readFence(this.fence, text));
  }

  private readFence(of: Fence, text: string): BlockUpdate {
    const { code, rest } = of.lines.read(text);
    const index = this.closed.length;
    of.code += code;
    const change = (state: BlockState): BlockChange => ({ type: 'code', index, text: code, state });
    if (rest === undefined) return { changes: [change('open')], count: index + 1, unread: '' };
    this.fence = undefined;
    // No link is in code: its HTML is not looked at again.
    this.closed.push({ html: '', source: '', defined: this.defined });
    return joined([change('closed')], this.read(rest));
  }

  /** An open fence as it is. */
  private fenceAgain({ opening, code }: Fence): BlockChange[] {
    const index = this.closed.length;
    const html = parseBlocks(opening, {})[0]?.html ?? '';
    const block = { type: 'block', index, html, state: 'open' } as const;
    return code === '' ? [block] : [block, { type: 'code', index, text: code, state: 'open' }];
  }

  append(text: string): BlockUpdate {
    return joined(this.reopen(), this.read(this.normal(text)));
  }

  private reopen(): readonly BlockChange[] {
    const again = this.onReopening;
    this.onReopening = [];
    return again;
  }

  /** All that is there, as if it were the end: what is kept is as it was. */
  private end(): BlockUpdate {
    const again = this.reopen();
    const last = this.carriage === '' ? '' : '\n';
    const whole = inheriting(this.references);
    const index = this.closed.length;
    const changes: BlockChange[] = [];
    if (this.fence) {
      this.onReopening = this.fenceAgain(this.fence);
      changes.push({ type: 'code', index, text: this.fence.lines.end(last), state: 'closed' });
    } else {
      parseBlocks(this.open + last, { references: whole }).forEach(({ html }, at) => {
        changes.push({ type: 'block', index: index + at, html, state: 'closed' });
      });
      this.parsed = 0;
    }
    const count = index + changes.length;
    return { changes: [...again, ...this.resolved(whole), ...changes], count, unread: '' };
  }

  /** The blocks that are different now that all links are defined. */
  private resolved(whole: object): BlockChange[] {
    const all = this.defined + Object.keys(whole).length;
    const found = this.closed.flatMap(({ html, source, defined: then }, index) => {
      if (source === '' || then === all) return [];
      const now = parseBlocks(source, { references: inheriting(whole) })[0]?.html;
      return now === undefined || now === html ? [] : [{ index, html, now }];
    });
    const change = (index: number, html: string): BlockChange => ({
      type: 'block',
      index,
      html,
      state: 'closed',
    });
    this.onReopening = [...this.onReopening, ...found.map(({ index, html }) => change(index, html))];
    return found.map(({ index, now }) => change(index, now));
  }
}

/** The first two lines of a table that can go on behind its last whole row; empty where it can not. */
function tableHead(lines: readonly string[]): string {
  const [rest, row] = [lines.at(-1) ?? '', lines.at(-2) ?? ''];
  const head = `${lines.slice(0, 2).join('\n')}\n`;
  return lines.length > 4 && row.trim() !== '' && head.length + row.length + rest.length < longest / 2
    ? head
    : '';
}

export function createBlockReader(): BlockReader {
  return new Reader();
}

/** Link definitions that inherit the given ones, so that adding to them leaves the given ones unchanged. */
function inheriting(references: object): NonNullable<Environment['references']> {
  return Object.create(references) as NonNullable<Environment['references']>;
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
  const undecided = undecidedLine(lines, 0) ?? Infinity;
  const closing = Math.max(
    0,
    blocks.findLastIndex(({ line }) => line > 0 && line <= undecided && isBlank(line - 1) && isWhole(line)),
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
  return { count: fenced ? blocks.length - 1 : closing, length: lengthOf(lines, end), fenced };
}

/** Of the line that has not ended, nothing but marks. */
const openMarks = /^[ \t>]*(?:[-=+*_#|:~`][-=+*_#|:~` \t]*|\d{1,9}[.)]?[ \t]*)$/;

/**
 * The text without a last line of nothing but marks, which may become anything: a dash below a paragraph would make
 * it a heading for a moment, before it becomes a list.
 */
export function withoutOpenMarks(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  return openMarks.test(text.slice(start)) ? text.slice(0, start) : text;
}

function lengthOf(lines: readonly string[], count: number): number {
  return lines.slice(0, count).reduce((sum, line) => sum + line.length + 1, 0);
}
