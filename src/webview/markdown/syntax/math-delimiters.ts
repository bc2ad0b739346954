/** An index of the closing delimiters in a text. Searching again for each opening delimiter would take quadratic time. */
export interface MathDelimiters {
  /** The position of the next `\)`, `\]` or `$$`; -1 if there is none. */
  next(text: string, delimiter: string, position: number): number;
  /** The position after the `\end` of the environment that begins at a position; undefined if it does not end. */
  environment(text: string, position: number): number | undefined;
}

/** Environments that are formulas without delimiters, as models write them. */
const ENVIRONMENT =
  /\\(begin|end)\{((?:align|aligned|alignat|alignedat|array|cases|CD|darray|dcases|displaymath|dmath|drcases|eqnarray|equation|flalign|gather|gathered|IEEEeqnarray|math|multline|multlined|numcases|rcases|split|subequations|[bBpvV]?(?:small)?matrix)\*?)\}/g;

/** The index is for one text at a time, so a caller that alternates between two texts needs two. */
export function createMathDelimiters(): MathDelimiters {
  let currentText = '';
  /** The last result for each delimiter, with the position where the search began. */
  let found = new Map<string, { readonly from: number; readonly at: number }>();
  let ends: ReadonlyMap<number, number> | undefined;

  function useText(text: string): void {
    const isCurrent = text === currentText;
    // Also if it is equal: comparing a string with itself takes no time, with an equal one as long as it is.
    currentText = text;
    if (isCurrent) return;
    found = new Map();
    ends = undefined;
  }

  return {
    next(text, delimiter, position) {
      useText(text);
      const before = found.get(delimiter);
      if (before && before.from <= position && (before.at === -1 || position <= before.at)) return before.at;
      const at = text.indexOf(delimiter, position);
      found.set(delimiter, { from: position, at });
      return at;
    },
    environment(text, position) {
      useText(text);
      ends ??= environmentEnds(text);
      return ends.get(position);
    },
  };
}

/** The end of each environment by its start. Environments can be nested. */
function environmentEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: { readonly name: string; readonly start: number }[] = [];
  const depths = new Map<string, number>();
  const count = (name: string, by: number): void => void depths.set(name, (depths.get(name) ?? 0) + by);
  for (const { 0: match, 1: kind, 2: name = '', index } of text.matchAll(ENVIRONMENT)) {
    if (kind === 'begin') {
      open.push({ name, start: index });
      count(name, 1);
      continue;
    }
    if (!depths.get(name)) continue;
    for (let inner = open.pop(); inner; inner = open.pop()) {
      count(inner.name, -1);
      if (inner.name !== name) continue;
      ends.set(inner.start, index + match.length);
      break;
    }
  }
  return ends;
}

/** A command for text within a formula. The text may contain formulas. */
const TEXT_COMMAND = /\\(?:text[a-z]*|[mhf]box|tag\*?)\s*\{/y;
/** Maximum number of dollar signs in such text. More could take quadratic time. */
const MAX_DOLLARS_IN_TEXT = 20;
/** Maximum length of a code span that is searched for its end, in characters. */
const MAX_CODE_SPAN_LENGTH = 5000;

/** The position of the dollar signs that close a formula whose source begins at a position; -1 if there are none. */
export function findClosingDollars(text: string, from: number, delimiter: '$' | '$$'): number {
  let depth = 0;
  let dollars = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') {
      TEXT_COMMAND.lastIndex = at;
      const opening = TEXT_COMMAND.exec(text)?.[0];
      if (opening !== undefined) depth++;
      at += (opening?.length ?? 2) - 1;
    } else if (depth > 0) {
      if (character === '{') depth++;
      else if (character === '}') depth--;
      else if (character === '$' && ++dollars > MAX_DOLLARS_IN_TEXT) return -1;
    } else if (character === '$') {
      return text.startsWith(delimiter, at) ? at : -1;
    } else if (character === '`' && delimiter === '$') {
      const run = runLength(text, at);
      if (isCodeSpan(text, at + run, run)) return -1;
      at += run - 1;
    }
  }
  return -1;
}

function runLength(text: string, at: number): number {
  let end = at;
  while (text[end] === '`') end++;
  return end - at;
}

/** Whether backticks begin a code span. LaTeX also uses them as quotation marks. */
function isCodeSpan(text: string, from: number, length: number): boolean {
  const end = Math.min(text.length, from + MAX_CODE_SPAN_LENGTH);
  for (let at = text.indexOf('`', from); at !== -1 && at < end; at = text.indexOf('`', at)) {
    const run = runLength(text, at);
    if (run === length) return true;
    at += run;
  }
  return false;
}
