import { endOfMarkdown, languageOf, type MarkdownEnd } from '../text/fences/fence';
import { fenceOpenedBy, type FenceLine } from '../text/fences/fence-reader';

/** Largest beginning of a continuation that is held back, in characters. */
const MAX_HELD_LENGTH = 2000;
/**
 * Length of the end of the text that is compared with the continuation to find a repetition, in characters. It is
 * less than `MAX_HELD_LENGTH`, so that a repetition after a reopened fence is still within the text that is held
 * back.
 */
const MAX_REPEATED_LENGTH = 1800;

/**
 * The part of a continuation that is to be appended to `before`; undefined while more of it is needed to decide.
 * `state` is 'open' while the continuation is being received, and 'ended' when it is complete; then the result is
 * always a string.
 *
 * The result is always an end of the continuation: only the text that the model repeats and the blocks that it opens
 * again are removed from its beginning. Once there is a result, more text only extends it.
 */
export function withoutOverlap(
  before: string,
  continuation: string,
  state: 'open' | 'ended',
): string | undefined {
  const text = continuation.slice(0, MAX_HELD_LENGTH);
  const cut = cutPosition(before, { text, more: state === 'open' && continuation.length < MAX_HELD_LENGTH });
  return cut === 'unsure' ? undefined : continuation.slice(cut);
}

/** The beginning of the continuation, and whether more of it may follow. */
interface Head {
  readonly text: string;
  readonly more: boolean;
}

/** The end of the text before the continuation. */
interface Tail {
  readonly text: string;
  /** The unfinished last line of the text. */
  readonly line: string;
}

function cutPosition(before: string, head: Head): number | 'unsure' {
  const text = before.slice(-MAX_REPEATED_LENGTH);
  const tail = { text, line: text.slice(lineStart(text, text.length)) };
  const repeated = repetitionEnd(tail, head, 0, repeatsInLine);
  if (repeated !== 'none') return repeated;
  const reopening = fenceReopening(tail, head) ?? formulaReopening(head);
  if (reopening === 'unsure') return 'unsure';
  if (!reopening) return 0;
  const cuts = reopening.blocks.map(({ from, isRepetition }) =>
    repetitionEnd(tail, head, from, isRepetition),
  );
  if (cuts.includes('unsure')) return 'unsure';
  // The whole text is read only here, once for each continuation.
  const last = reopening.countOpen(endOfMarkdown(before)) - 1;
  const cut = cuts[last] ?? 0;
  return cut === 'none' ? (reopening.blocks[last]?.cut ?? 0) : cut;
}

/** Whether the last `length` characters of the text are a repetition if the continuation begins with them. */
type RepetitionTest = (tail: Tail, length: number) => boolean;

/** The end of the repetition that the continuation contains from a position on, after optional white space. */
function repetitionEnd(
  tail: Tail,
  head: Head,
  from: number,
  isRepetition: RepetitionTest,
): number | 'none' | 'unsure' {
  const word = from + head.text.slice(from).search(/\S/);
  if (word < from) return head.more ? 'unsure' : 'none';
  const line = Math.max(from, lineStart(head.text, word));
  for (const start of new Set([from, line, word])) {
    const end = repetitionEndAt(tail, head, start, start === from ? isRepetition : repeatsAnywhere);
    if (end !== 'none') return end;
  }
  return 'none';
}

function repetitionEndAt(
  tail: Tail,
  head: Head,
  start: number,
  isRepetition: RepetitionTest,
): number | 'none' | 'unsure' {
  const text = head.text.slice(start);
  // A surrogate pair that is split between the text and the continuation cannot be part of an overlap.
  if (/[\ud800-\udbff]$/.test(tail.text)) return 'none';
  for (let length = tail.text.length; length > 0; length--) {
    const at = tail.text.length - length;
    const whole = length <= text.length;
    const matches = whole
      ? text.startsWith(tail.text.slice(at))
      : head.more && tail.text.startsWith(text, at);
    if (matches && isRepetition(tail, length)) return whole ? start + length : 'unsure';
  }
  return 'none';
}

/**
 * The repeated text must be too long for a coincidence, even without its white space. A number may be repeated on
 * purpose.
 */
const repeatsAnywhere: RepetitionTest = (tail, length) => {
  const repeated = tail.text.slice(-length);
  const isDistinctive =
    length >= 12 && repeated.replace(/\s/g, '').length >= 6 && !/^[\d.,]+$/.test(repeated);
  return isDistinctive && !isPeriodic(repeated) && !mayGoOnRepeating(tail, length);
};

/**
 * At the beginning of a line, the model may also repeat the unfinished line as a whole. A line that is very short or
 * has no letters does not count, because two lines may equal each other.
 */
const repeatsAtLine: RepetitionTest = (tail, length) =>
  repeatsAnywhere(tail, length) ||
  (length === tail.line.length && /\p{L}/u.test(tail.line) && tail.line.trim().length >= 3);

/**
 * In the middle of a line, a repeated word or several repeated words are enough, because text does not continue with
 * the words that it has just ended with.
 */
const repeatsInLine: RepetitionTest = (tail, length) =>
  repeatsAnywhere(tail, length) || isLine(tail, length) || isWords(tail, length);

/** Whether a text repeats one period, so that more repetitions may be intended. */
function isPeriodic(text: string): boolean {
  for (let period = 1; period * 2 <= text.length; period++) {
    if (text.startsWith(text.slice(period))) return true;
  }
  return false;
}

/**
 * Whether the end of the text already repeats a phrase, so that more repetitions may be intended: "stronger and
 * stronger".
 */
function mayGoOnRepeating({ text }: Tail, length: number): boolean {
  const repeated = text.slice(-length).trimEnd();
  const half = repeated.slice(-Math.ceil(repeated.length / 2));
  return text.slice(0, -length).trimEnd().endsWith(half);
}

/**
 * Whether the repeated text is the whole unfinished line, with or without its indentation. The line must be a fence,
 * or long enough not to be a coincidence.
 */
function isLine({ text, line }: Tail, length: number): boolean {
  const repeated = text.slice(-length);
  if (repeated !== line && repeated !== line.trimStart()) return false;
  if (/^\s*(?:`{3,}|~{3,})[^`~\s]*$/.test(line)) return true;
  return /^(?=.*\p{L})(?=.{5})\S+\s+\S/u.test(line.trim()) && !isPeriodic(repeated);
}

/**
 * Whether the repeated text is several words, or the last word, which may be incomplete. Words of digits alone do not
 * count, because 10 and 100 are different numbers.
 */
function isWords(tail: Tail, length: number): boolean {
  const repeated = tail.text.slice(-length);
  const startsWord = /^[\p{L}\p{N}_]/u.test(repeated) && !endsInWord(tail.text.slice(0, -length));
  if (!startsWord || isPeriodic(repeated)) return false;
  const words = (repeated.match(/[\p{L}\p{N}_]+/gu) ?? []).filter((word) => /\p{L}/u.test(word));
  if (endsInWord(repeated)) return words.length >= 2 || (words[0] === repeated && length >= 3);
  // After a space, the next word may be the same as the last, so two short words are not enough.
  return words.filter((word) => word.length >= 3).length >= 2 && !mayGoOnRepeating(tail, length);
}

function endsInWord(text: string): boolean {
  return /[\p{L}\p{N}_]$/u.test(text.slice(-2));
}

function lineStart(text: string, position: number): number {
  return Math.max(text.lastIndexOf('\n', position), text.lastIndexOf('\r', position)) + 1;
}

/** Blocks that the continuation opens. If the text ends inside the same blocks, the continuation opens them again. */
interface Reopening {
  /** The opened blocks, outermost first: a fence, or a formula and the environments at its beginning. */
  readonly blocks: readonly ReopenedBlock[];
  /** The number of these blocks that are already open at the end of the text. */
  countOpen(end: MarkdownEnd): number;
}

interface ReopenedBlock {
  /** Where the continuation is cut if no repetition follows. */
  readonly cut: number;
  /** Where a repetition may begin. */
  readonly from: number;
  readonly isRepetition: RepetitionTest;
}

/** A fence with an info string in the first line; such a fence cannot close a block. */
function fenceReopening(tail: Tail, { text, more }: Head): Reopening | 'unsure' | undefined {
  const start = lineStart(text, text.search(/\S/));
  const [line = '', lineBreak = ''] = /^(.*?)(\r\n|[\r\n]|$)/.exec(text.slice(start))?.slice(1) ?? [];
  if (lineBreak === '' && more && mayBecomeFence(line)) return 'unsure';
  const opened = fenceOpenedBy(line);
  const unfinished = lineBreak === '' && text.length === MAX_HELD_LENGTH;
  if (!opened || unfinished || !isInfo(opened.info)) return undefined;
  const end = start + line.length;
  const from = end + lineBreak.length;
  // After an unfinished line, the line break of the fence is kept, as the code continues on another line.
  const block = { cut: tail.line === '' ? from : end, from, isRepetition: repeatsAtLine };
  return {
    blocks: [block],
    countOpen: (where) => (where.kind === 'code' && opensAgain(opened, where.opened) ? 1 : 0),
  };
}

function mayBecomeFence(line: string): boolean {
  return /^[ >]*(?:`{0,2}|~{0,2}|`{3,}[^`]*|~{3,}.*)$/.test(line);
}

/**
 * Whether an info string is one word, or a word with options. Several words may be text after a wrong closing fence.
 */
function isInfo(info: string): boolean {
  return /^\S+$/.test(info) || /^\S+\s.*[={]/.test(info);
}

/**
 * Whether a fence within an open block is meant to open that block again, and not to be shown as a part of its code.
 */
function opensAgain(fence: FenceLine, open: FenceLine): boolean {
  const markdown = ['md', 'markdown', 'mdx'].includes(languageOf(open));
  return (
    fence.fence.startsWith(open.fence) &&
    fence.indent.trim() === '' &&
    fence.indent.length <= open.indent.length + 3 &&
    (open.quoted || !fence.quoted) &&
    (!markdown || languageOf(fence) === languageOf(open))
  );
}

const FORMULA_DELIMITERS = new Map([
  ['\\[', '\\]'],
  ['\\(', '\\)'],
  ['$$', '$$'],
]);
const ENVIRONMENT =
  /\s*\\begin\{([a-zA-Z]+\*?)\}(?:(?<=\{(?:array|align(?:ed)?at\*?)\})\{(?:[^{}]|\{[^{}]*\})*\})?/y;
const UNFINISHED_ENVIRONMENT = /^\\begin\{[a-zA-Z]*\*?(?:\}(?:\{(?:[^{}]|\{[^{}]*\})*(?:\{[^{}]*)?)?)?$/;

/**
 * A formula at the beginning of the continuation. `$$` may also close an open formula. It opens one if a formula
 * follows immediately that could not continue a sentence: a command, or a letter, digit or brace without a space.
 */
function formulaReopening({ text, more }: Head): Reopening | 'unsure' | undefined {
  const start = text.search(/\S|$/);
  const beginning = text.slice(start);
  if (more && /^(?:\\|\$|\$\$[ \t]*\\?)?$/.test(beginning)) return 'unsure';
  const delimiter = /^(?:\\[[(]|\$\$(?=[\p{L}\p{N}{]|[ \t]*\\[a-zA-Z]))/u.exec(beginning)?.[0];
  if (delimiter === undefined) return undefined;
  const ends = [start + delimiter.length];
  const names: string[] = [];
  ENVIRONMENT.lastIndex = start + delimiter.length;
  for (let match; (match = ENVIRONMENT.exec(text)); ends.push(ENVIRONMENT.lastIndex))
    names.push(match[1] ?? '');
  const rest = text.slice(ends.at(-1)).trimStart();
  const begun = names.length > 0 ? text.slice(ends.at(-2)).trimStart() : rest;
  const unfinished = [rest, begun].some((part) => UNFINISHED_ENVIRONMENT.test(part));
  if (more && (unfinished || '\\begin{'.startsWith(rest))) return 'unsure';
  return {
    blocks: ends.map((cut) => ({
      cut,
      from: cut + text.slice(cut).search(/\S|$/),
      isRepetition: repeatsInLine,
    })),
    countOpen: (where) => {
      const open = where.kind === 'text' ? openFormula(where.paragraph) : undefined;
      if (open?.delimiter !== delimiter) return 0;
      const other = names.findIndex((name, depth) => name !== open.environments[depth]);
      return 1 + (other < 0 ? names.length : other);
    },
  };
}

interface OpenFormula {
  readonly delimiter: string;
  /** The open environments, outermost first. */
  readonly environments: readonly string[];
}

/** The open formula at the end of a paragraph; inline code is skipped. */
function openFormula(paragraph: string): OpenFormula | undefined {
  const token = /`+|\\(begin|end)\{([a-zA-Z]+\*?)\}|\\[\s\S]|\$\$/g;
  let open: { readonly delimiter: string; readonly environments: string[] } | undefined;
  for (let match; (match = token.exec(paragraph));) {
    const [text, border, name = ''] = match;
    if (!open && text.startsWith('`')) {
      const end = codeEnd(paragraph, token.lastIndex, text);
      if (end === undefined) return undefined;
      token.lastIndex = end;
    } else if (!open) {
      if (FORMULA_DELIMITERS.has(text)) open = { delimiter: text, environments: [] };
    } else if (text === FORMULA_DELIMITERS.get(open.delimiter)) open = undefined;
    else if (border === 'begin') open.environments.push(name);
    else if (border === 'end') open.environments.pop();
  }
  return open;
}

/** The position after inline code that began with these backticks; undefined if the code does not end. */
function codeEnd(paragraph: string, from: number, ticks: string): number | undefined {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let run; (run = runs.exec(paragraph));) if (run[0] === ticks) return runs.lastIndex;
  return undefined;
}
