/** Where the formulas of a text end, looked up once for each text: openings alone would take quadratic time. */
export interface Closings {
  /** Where `\)`, `\]` or `$$` is next, from a position on; -1 where it is not. */
  next(text: string, delimiter: string, position: number): number;
  /** The position behind the `\end` of the environment that begins here; undefined where it does not end. */
  environment(text: string, position: number): number | undefined;
}

/** Environments that are formulas by themselves, as the model writes them without delimiters. */
const environments =
  /\\(begin|end)\{((?:align|aligned|alignat|array|cases|CD|dcases|drcases|eqnarray|equation|flalign|gather|gathered|multline|rcases|smallmatrix|split|[bBpvV]?matrix)\*?)\}/g;

/** For texts that come one after the other; a caller that goes to and fro between two has one for each. */
export function createClosings(): Closings {
  let known = '';
  /** The last result of each search, and the position that it began at. */
  let found = new Map<string, { readonly from: number; readonly at: number }>();
  let ends: ReadonlyMap<number, number> | undefined;

  function turnTo(text: string): void {
    if (text === known) return;
    known = text;
    found = new Map();
    ends = undefined;
  }

  return {
    next(text, delimiter, position) {
      turnTo(text);
      const before = found.get(delimiter);
      if (before && before.from <= position && (before.at === -1 || position <= before.at)) return before.at;
      const at = text.indexOf(delimiter, position);
      found.set(delimiter, { from: position, at });
      return at;
    },
    environment(text, position) {
      turnTo(text);
      ends ??= environmentEnds(text);
      return ends.get(position);
    },
  };
}

/** One may hold others of its own name. */
function environmentEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: { readonly name: string; readonly start: number }[] = [];
  const depths = new Map<string, number>();
  const count = (name: string, by: number): void => void depths.set(name, (depths.get(name) ?? 0) + by);
  for (const { 0: match, 1: kind, 2: name = '', index } of text.matchAll(environments)) {
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

/** Words within a formula, which may hold formulas of their own. */
const words = /\\(?:text[a-z]*|[mhf]box)\s*\{/y;
/** Dollars in them that are passed over; more would make many openings take the square of their number. */
const mostInWords = 20;
/** Characters of code in a line that are looked through for its end. */
const longestCode = 5000;

/** Where the dollars are that close a formula whose source begins at a position; -1 where none do. */
export function closingDollars(text: string, from: number, delimiter: '$' | '$$'): number {
  let depth = 0;
  let passed = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') {
      words.lastIndex = at;
      const opening = words.exec(text)?.[0];
      if (opening !== undefined) depth++;
      at += (opening?.length ?? 2) - 1;
    } else if (depth > 0) {
      if (character === '{') depth++;
      else if (character === '}') depth--;
      else if (character === '$' && ++passed > mostInWords) return -1;
    } else if (character === '$') {
      return text.startsWith(delimiter, at) ? at : -1;
    } else if (character === '`' && delimiter === '$') {
      const run = runAt(text, at);
      if (closesCode(text, at + run, run)) return -1;
      at += run - 1;
    }
  }
  return -1;
}

function runAt(text: string, at: number): number {
  let end = at;
  while (text[end] === '`') end++;
  return end - at;
}

/** Whether backticks are code, which a formula is not; LaTeX has them for quotation marks too. */
function closesCode(text: string, from: number, length: number): boolean {
  const end = Math.min(text.length, from + longestCode);
  for (let at = text.indexOf('`', from); at !== -1 && at < end; at = text.indexOf('`', at)) {
    const run = runAt(text, at);
    if (run === length) return true;
    at += run;
  }
  return false;
}
