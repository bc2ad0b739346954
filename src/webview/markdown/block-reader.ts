import { createOpenFence, type OpenFence } from './open-fence';
import { findStableBlocks, lengthOf, blockStart } from './stable-blocks';
import { codeByLine, withEscapedFormula } from './incomplete-formula';
import { withoutIncompleteMarkup } from './incomplete-markup';
import type { Macros } from './math/macros';
import { parseBlocks, type Block, type Environment } from './parser';

/** The changes from one text to a longer one, in order. */
export interface BlockUpdate {
  readonly changes: readonly BlockChange[];
  /** The number of blocks after the changes. */
  readonly count: number;
  /** The text after the blocks that is not parsed yet. */
  readonly unread: string;
}

export type BlockChange =
  /** A block that is new or different. */
  | { readonly type: 'block'; readonly index: number; readonly html: string; readonly state: BlockState }
  /** Code that is added to a block, which is a fence. */
  | { readonly type: 'code'; readonly index: number; readonly text: string; readonly state: BlockState };

/** An open block can still change; a stable one can only get links that are defined later. */
export type BlockState = 'open' | 'stable';

/** Reads a growing Markdown text and parses only the open blocks again. */
export interface BlockReader {
  /** Adds text. Text that is added after `finish` continues the text; an open fence is still open then. */
  append(text: string): BlockUpdate;
  /** Ends the text and closes all blocks. Links that are defined after their use are resolved now. */
  finish(text?: string): BlockUpdate;
}

/** A block that no longer changes, except for links that are defined later. */
interface StableBlock {
  readonly html: string;
  /** Empty if the block has no reference to a link. */
  readonly source: string;
  /** Number of links that were defined when the block became stable. */
  readonly definitions: number;
  /** The macros that were defined before it. */
  readonly macros: Macros;
}

interface Fence {
  readonly lines: OpenFence;
  readonly opening: string;
  code: string;
}

/** Up to this length, the open text is parsed again with each word. */
const MAX_LENGTH_PARSED_ALWAYS = 2048;
/** Longer open text is parsed again when it has grown by this fraction, so that all parsing together takes linear time. */
const MIN_GROWTH = 1 / 16;
/** A longer block is split even if nothing ends it, because parsing and layout would take too long. In characters. */
const MAX_BLOCK_LENGTH = 32_768;

/**
 * A block is stable when it is followed by a blank line and a complete line that begins another block, unless it may
 * be the beginning of a formula with blank lines. A fence makes the blocks before it stable, and is stable itself
 * after its closing line.
 */
class Reader implements BlockReader {
  private readonly stable: StableBlock[] = [];
  private readonly references = {};
  private definitions = 0;
  /** The macros that the formulas of the stable blocks define. */
  private macros: Macros = {};
  /**
   * The text after the stable blocks, the length of its parsed beginning, and the number of blocks in that beginning.
   */
  private open = '';
  private parsed = 0;
  private openCount = 0;
  private fence: Fence | undefined;
  /** A carriage return at the end of the text, which may be the first half of a line break. */
  private carriageReturn = '';
  /** Changes that undo `finish`, for a text that continues after it. */
  private onReopening: readonly BlockChange[] = [];

  finish(text = ''): BlockUpdate {
    return text === '' ? this.end() : concat(this.append(text).changes, this.end());
  }

  /** Normalizes line breaks and null characters as the parser does. */
  private normalize(text: string): string {
    const whole = this.carriageReturn + text;
    this.carriageReturn = whole.endsWith('\r') ? '\r' : '';
    const ready = this.carriageReturn === '' ? whole : whole.slice(0, -1);
    return ready.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  }

  private read(text: string): BlockUpdate {
    if (this.fence) return this.readFence(this.fence, text);
    const remainingLength = MAX_BLOCK_LENGTH - this.open.length;
    this.open += text.slice(0, remainingLength);
    const isDue =
      this.open.length <= MAX_LENGTH_PARSED_ALWAYS ||
      this.open.length - this.parsed >= this.parsed * MIN_GROWTH ||
      text.length >= remainingLength;
    const update = isDue
      ? this.parse()
      : { changes: [], count: this.stable.length + this.openCount, unread: this.open.slice(this.parsed) };
    const splits = this.open.length === MAX_BLOCK_LENGTH ? this.splitLongBlock() : [];
    if (text.length <= remainingLength && splits.length === 0) return update;
    return concat([...update.changes, ...splits], this.read(text.slice(remainingLength)));
  }

  /**
   * Splits a block that is too long: before the last item of a list, else before the last line, else before the last
   * word. A table continues with its header repeated.
   */
  private splitLongBlock(): readonly BlockChange[] {
    const before = this.stable.length;
    const lines = this.open.split('\n');
    const last = parseBlocks(this.open, {}).at(-1);
    const head = last?.line === 0 && last.html.startsWith('<table>') ? tableHeader(lines) : '';
    // The last row is kept, so that the repeated header is not without rows.
    const end =
      head !== '' ? lines.length - 2 : last && last.lastItemLine > 0 ? last.lastItemLine : lines.length - 1;
    const length = end === 0 ? this.open.lastIndexOf(' ') + 1 || this.open.length : lengthOf(lines, end);
    const source = this.open.slice(0, length);
    this.close(source, parseBlocks(source, this.inherited()));
    this.open = head + this.open.slice(length);
    this.parsed = 0;
    return this.closedSince(before);
  }

  private closedSince(before: number): BlockChange[] {
    return this.stable
      .slice(before)
      .map(({ html }, at) => ({ type: 'block', index: before + at, html, state: 'stable' }));
  }

  private parse(): BlockUpdate {
    const before = this.stable.length;
    const text = withoutIncompleteMarkup(this.open);
    const blocks = parseBlocks(text, this.inherited());
    const { count, length, fenced } = findStableBlocks(text, blocks);
    this.close(this.open.slice(0, length), blocks.slice(0, count));
    this.open = this.open.slice(length);
    this.parsed = this.open.length;
    const changes = this.closedSince(before);
    if (fenced) return concat(changes, this.beginFence());
    const source = text.slice(length);
    const open = blocks.slice(count);
    const escaped = withEscapedFormula(source, codeByLine(open, text.slice(0, length)));
    const openBlocks = escaped === source ? open : parseBlocks(escaped, this.inherited());
    openBlocks.forEach(({ html }, at) => {
      changes.push({ type: 'block', index: this.stable.length + at, html, state: 'open' });
    });
    this.openCount = openBlocks.length;
    return { changes, count: this.stable.length + this.openCount, unread: '' };
  }

  /** @param source the source of exactly these blocks */
  private close(source: string, blocks: readonly Block[]): void {
    // Definitions in the open text must not be kept, because they can change when more text arrives.
    const defining = this.open.includes(']:');
    const environment = { references: this.references, macros: this.macros };
    const stableBlocks = defining ? parseBlocks(source, environment) : blocks;
    if (defining) this.definitions = Object.keys(this.references).length;
    const lines = source.split('\n');
    stableBlocks.forEach((block, at) => {
      const { html, macros } = block;
      const next = stableBlocks[at + 1];
      const own = html.includes('[')
        ? source.slice(blockStart(block, lines), next && blockStart(next, lines))
        : '';
      this.stable.push({ html, source: own, definitions: this.definitions, macros: this.macros });
      this.macros = macros;
    });
  }

  /** The definitions of the stable blocks. A parser can add to the result without changing them. */
  private inherited(): Environment {
    return { references: inheriting(this.references), macros: this.macros };
  }

  private beginFence(): BlockUpdate {
    const opening = this.open.slice(0, this.open.indexOf('\n') + 1);
    const text = this.open.slice(opening.length);
    this.fence = { lines: createOpenFence(opening), opening, code: '' };
    this.open = '';
    return concat(this.fenceChanges(this.fence), this.readFence(this.fence, text));
  }

  private readFence(fence: Fence, text: string): BlockUpdate {
    const { code, rest } = fence.lines.read(text);
    const index = this.stable.length;
    fence.code += code;
    const change = (state: BlockState): BlockChange => ({ type: 'code', index, text: code, state });
    if (rest === undefined) return { changes: [change('open')], count: index + 1, unread: '' };
    this.fence = undefined;
    // Code contains no links, so its HTML is not needed again.
    this.stable.push({ html: '', source: '', definitions: this.definitions, macros: this.macros });
    return concat([change('stable')], this.read(rest));
  }

  /** The changes that create an open fence with its code so far. */
  private fenceChanges({ opening, code }: Fence): BlockChange[] {
    const index = this.stable.length;
    const html = parseBlocks(opening, {})[0]?.html ?? '';
    const block = { type: 'block', index, html, state: 'open' } as const;
    return code === '' ? [block] : [block, { type: 'code', index, text: code, state: 'open' }];
  }

  append(text: string): BlockUpdate {
    return concat(this.reopen(), this.read(this.normalize(text)));
  }

  private reopen(): readonly BlockChange[] {
    const reopening = this.onReopening;
    this.onReopening = [];
    return reopening;
  }

  /** The changes that end the text. The reader itself does not change, so that the text can continue. */
  private end(): BlockUpdate {
    const reopening = this.reopen();
    const last = this.carriageReturn === '' ? '' : '\n';
    const definitions = inheriting(this.references);
    const index = this.stable.length;
    const changes: BlockChange[] = [];
    if (this.fence) {
      this.onReopening = this.fenceChanges(this.fence);
      changes.push({ type: 'code', index, text: this.fence.lines.end(last), state: 'stable' });
    } else {
      parseBlocks(this.open + last, { references: definitions, macros: this.macros }).forEach(
        ({ html }, at) => {
          changes.push({ type: 'block', index: index + at, html, state: 'stable' });
        },
      );
      this.parsed = 0;
    }
    const count = index + changes.length;
    return { changes: [...reopening, ...this.resolved(definitions), ...changes], count, unread: '' };
  }

  /** The changes to stable blocks, now that all links are defined. */
  private resolved(definitions: object): BlockChange[] {
    const all = this.definitions + Object.keys(definitions).length;
    const found = this.stable.flatMap(({ html, source, definitions: known, macros }, index) => {
      if (source === '' || known === all) return [];
      const now = parseBlocks(source, { references: inheriting(definitions), macros })[0]?.html;
      return now === undefined || now === html ? [] : [{ index, html, now }];
    });
    const change = (index: number, html: string): BlockChange => ({
      type: 'block',
      index,
      html,
      state: 'stable',
    });
    this.onReopening = [...this.onReopening, ...found.map(({ index, html }) => change(index, html))];
    return found.map(({ index, now }) => change(index, now));
  }
}

/** The header of a table that can be split after its last complete row; empty if it cannot be split. */
function tableHeader(lines: readonly string[]): string {
  const [rest, row] = [lines.at(-1) ?? '', lines.at(-2) ?? ''];
  const head = `${lines.slice(0, 2).join('\n')}\n`;
  return lines.length > 4 &&
    row.trim() !== '' &&
    head.length + row.length + rest.length < MAX_BLOCK_LENGTH / 2
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

function concat(changes: readonly BlockChange[], { changes: more, ...rest }: BlockUpdate): BlockUpdate {
  return { changes: [...changes, ...more], ...rest };
}
