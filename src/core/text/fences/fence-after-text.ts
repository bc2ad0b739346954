import { QUOTE_MARKS, type FenceLine } from './fence-reader';

/** A fence at the end of a line of text. */
export interface FenceAfterText {
  /** The position of the fence in the line. */
  readonly at: number;
  readonly markup: string;
  readonly info: string;
}

/** A fence with a language or attributes, or with nothing after it. */
const FENCE =
  /(?<![`\\])(`{3,}|(?<=[ \t:：])~{3,})[ \t]?((?:[a-zA-Z](?:[\w+#.:/-]*[\w+#])?)?(?:[ \t]?\{[^`{}]*\}|[ \t]+[\w-]+=[^`]*)?)$/;
/** The end of a text that announces code, also in emphasis. */
const COLON = /[:：][*_]*[ \t]*$/;

/**
 * The fence that begins at the end of a line of text, as models write it: "Here is the code: ```python". To CommonMark, it
 * is text. It is one here if it has a language or follows a colon, and is not a delimiter of inline code.
 */
export function fenceAfterText(line: string): FenceAfterText | undefined {
  const match = line.includes('```') || line.includes('~~~') ? FENCE.exec(line.trimEnd()) : null;
  if (!match) return undefined;
  const [, markup = '', info = ''] = match;
  const text = line.slice(0, match.index);
  const runs = text.match(/`+|~+/g) ?? [];
  const closesCode = runs.filter((run) => run === markup).length % 2 === 1;
  if (!/\p{L}/u.test(text) || closesCode || (info === '' && !COLON.test(text))) return undefined;
  return { at: match.index, markup, info: info.trimStart() };
}

/** Whether a line can be the first line of code: it is not blank, and does not close inline code. */
export function canBeFirstLine(line: string, { markup }: FenceAfterText): boolean {
  const runs = line.trimStart().match(/`+|~+|[^`~]+/g) ?? [];
  return runs.length > 0 && !runs.some((run, index) => index > 0 && run === markup);
}

/** Headings and rows of tables, whose text continues in no other line. */
const ONE_LINE = /^[ \t]*(?:#{1,6}[ \t]|\|)/;
const LIST_MARKERS = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/;

/** The fence that begins after the text of a line outside of code, if any. */
export function fenceOpenedAfterText(line: string, next: string): FenceLine | undefined {
  const inner = line.replace(QUOTE_MARKS, '');
  const code = next.replace(QUOTE_MARKS, '');
  const quoted = inner !== line;
  const found = ONE_LINE.test(inner) ? undefined : fenceAfterText(inner);
  // A line without the marker is outside of the block quote.
  if (!found || !canBeFirstLine(code, found) || (quoted && code === next)) return undefined;
  const [indent = ''] = LIST_MARKERS.exec(inner) ?? [];
  return { quoted, indent, fence: found.markup, info: found.info };
}
