/** Number of characters that are looked up together. */
const GRAM_LENGTH = 4;

/** The longest part of a key that is not redacted, in characters. */
const MAX_VISIBLE_RUN = 15;

/** Minimum length of a run at the end of a text that is treated as the beginning of a key, in characters. */
const MIN_LIKELY_RUN = 6;

/** Number of positions that are stored for one gram, so that a key of equal characters is not slower than others. */
const MAX_POSITIONS_PER_GRAM = 8;

/**
 * Number of characters at the beginning of a run from the middle of a form that are not redacted: they may have been
 * shown before the run was recognized.
 */
export const VISIBLE_HEAD = GRAM_LENGTH - 1;

/** The characters `[start, end)` of a text, which are part of a form. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

interface SearchResult {
  /** The runs to redact, in order and without overlaps. */
  readonly runs: readonly Run[];
  /** Where a run may begin at the end of the text; the length of the text if none does. */
  readonly open: number;
  /** Whether the open end matches a form by more than a few characters. */
  readonly openIsLikely: boolean;
}

/** Finds the forms of a key, and long parts of them, in texts. */
export interface KeyFormIndex {
  /** A quick check whether `find` may find anything, including at the end of the text. */
  mayContain(text: string): boolean;
  find(text: string): SearchResult;
}

/** The forms of a key, and the positions of each gram in them. */
interface Forms {
  /** All forms, separated by a character that no text contains. */
  readonly all: string;
  readonly positions: ReadonlyMap<number, readonly number[]>;
  /** Positions at which a form begins. */
  readonly beginnings: ReadonlySet<number>;
  /** The beginnings of forms that are shorter than a gram. */
  readonly prefixes: ReadonlySet<string>;
  /** The codes of the last characters of the prefixes. */
  readonly prefixEnds: ReadonlySet<number>;
  /** Length of the shortest run that is redacted, in characters. */
  readonly minRun: number;
}

/** `match` stops at it. */
const SEPARATOR = '\uffff';

/** @param forms texts of at least 8 characters */
export function createKeyFormIndex(forms: readonly string[]): KeyFormIndex {
  const gathered = indexForms(forms);
  return { mayContain: (text) => mayContain(text, gathered), find: (text) => find(text, gathered) };
}

function indexForms(forms: readonly string[]): Forms {
  const all = forms.map((form) => form + SEPARATOR).join('');
  const beginnings = new Set<number>();
  const prefixes = new Set<string>();
  const positions = new Map<number, number[]>();
  const addPlace = (at: number): void => {
    const gram = gramAt(all, at);
    if (gram === undefined) return;
    const known = positions.get(gram);
    if (!known) positions.set(gram, [at]);
    else if (known.length < MAX_POSITIONS_PER_GRAM && !known.includes(at)) known.push(at);
  };
  let start = 0;
  for (const form of forms) {
    beginnings.add(start);
    // Added before the others, as the number of positions is limited.
    addPlace(start);
    for (let length = 1; length < GRAM_LENGTH; length++) prefixes.add(form.slice(0, length));
    start += form.length + 1;
  }
  for (let at = 0; at + GRAM_LENGTH <= all.length; at++) addPlace(at);
  const prefixEnds = new Set([...prefixes].map((prefix) => prefix.charCodeAt(prefix.length - 1)));
  const minRun = Math.min(MAX_VISIBLE_RUN + 1, ...forms.map(({ length }) => length));
  return { all, beginnings, prefixes, prefixEnds, positions, minRun };
}

function mayContain(text: string, forms: Forms): boolean {
  return openPrefix(text, forms) > 0 || mayContainRun(text, forms);
}

/** Whether a run may be in the text, or begin at its end with at least a gram. */
function mayContainRun(text: string, forms: Forms): boolean {
  if (text.length < GRAM_LENGTH) return false;
  if (positionsOf(text, text.length - GRAM_LENGTH, forms)) return true;
  // Each run that is long enough contains a gram at one of these positions.
  const stride = forms.minRun - VISIBLE_HEAD;
  for (let at = stride - 1; at + GRAM_LENGTH <= text.length; at += stride) {
    if (positionsOf(text, at, forms)) return true;
  }
  return false;
}

function find(text: string, forms: Forms): SearchResult {
  // Many texts end with the first letter of a form, but do not contain more of it.
  if (!mayContainRun(text, forms)) return withoutRuns(text, forms);
  const runs: Run[] = [];
  let at = 0;
  while (at + GRAM_LENGTH <= text.length) {
    const { length, fromBeginning } = longestAt(text, at, forms);
    const start = fromBeginning ? at : at + VISIBLE_HEAD;
    const end = at + length;
    // A match at the end of the text may continue, even if it is already long enough.
    if (length > 0 && end === text.length)
      return { runs, open: start, openIsLikely: length >= MIN_LIKELY_RUN };
    if (length < forms.minRun) {
      at++;
      continue;
    }
    runs.push({ start, end });
    at = end;
  }
  return { ...withoutRuns(text, forms), runs };
}

function withoutRuns(text: string, forms: Forms): SearchResult {
  return { runs: [], open: text.length - openPrefix(text, forms), openIsLikely: false };
}

/** The length of the longest prefix of a form at the end of the text, up to three characters. */
function openPrefix(text: string, { prefixes, prefixEnds }: Forms): number {
  if (!prefixEnds.has(text.charCodeAt(text.length - 1))) return 0;
  for (let length = GRAM_LENGTH - 1; length > 0; length--) {
    if (text.length >= length && prefixes.has(text.slice(-length))) return length;
  }
  return 0;
}

/** The longest part of a form that matches the text at a position. */
function longestAt(
  text: string,
  at: number,
  forms: Forms,
): { readonly length: number; readonly fromBeginning: boolean } {
  let length = 0;
  let fromBeginning = false;
  for (const place of positionsOf(text, at, forms) ?? []) {
    const found = match(text, at, forms.all, place);
    const begins = forms.beginnings.has(place);
    if (found < length || (found === length && !begins)) continue;
    length = found;
    fromBeginning = begins;
  }
  return { length, fromBeginning };
}

function positionsOf(text: string, at: number, { positions }: Forms): readonly number[] | undefined {
  const gram = gramAt(text, at);
  return gram === undefined ? undefined : positions.get(gram);
}

/** The number of equal characters from here on, if the first gram is equal. */
function match(text: string, at: number, all: string, place: number): number {
  let length = GRAM_LENGTH;
  while (at + length < text.length) {
    const character = text[at + length];
    if (character === SEPARATOR || character !== all[place + length]) break;
    length++;
  }
  return length;
}

/** Four ASCII characters as one number; undefined if one of them is not ASCII. */
function gramAt(text: string, at: number): number | undefined {
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  const c = text.charCodeAt(at + 2);
  const d = text.charCodeAt(at + 3);
  return (a | b | c | d) > 127 ? undefined : (a << 21) | (b << 14) | (c << 7) | d;
}
