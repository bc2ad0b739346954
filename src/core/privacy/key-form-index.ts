/** Characters that are looked up together. */
const GRAM_LENGTH = 4;

/** The longest run of characters of a key that is left in a text. */
const MAX_VISIBLE_RUN = 15;

/** Characters of a run at the very end of a text from which it is taken for the beginning of a key that was cut. */
const MIN_LIKELY_RUN = 6;

/** Places that are kept for one gram, so that a key of equal characters costs no more than another. */
const MAX_POSITIONS_PER_GRAM = 8;

/** Characters of a run from the middle of a form that stay: they may have been shown before the run was noticed. */
export const VISIBLE_HEAD = GRAM_LENGTH - 1;

/** Characters `[start, end)` of a text that are part of a form. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

interface SearchResult {
  /** The ranges to redact, in order and without overlaps. */
  readonly runs: readonly Run[];
  /** Where the end of the text may be the beginning of a run; the length of the text where it is not. */
  readonly open: number;
  /** Whether the open end is known to be part of a form by more than a few characters. */
  readonly openIsLikely: boolean;
}

/** Finds the forms of a key, and long parts of them, in texts. */
export interface KeyFormIndex {
  /** Quickly says whether `find` would find anything, be it at the end of the text. */
  mayContain(text: string): boolean;
  find(text: string): SearchResult;
}

/** The forms of a key, and where in them each gram stands. */
interface Forms {
  /** All forms, with a character between them that no text has. */
  readonly all: string;
  readonly positions: ReadonlyMap<number, readonly number[]>;
  /** Places at which a form begins. */
  readonly beginnings: ReadonlySet<number>;
  /** Beginnings of forms that are shorter than a gram. */
  readonly prefixes: ReadonlySet<string>;
  /** The codes of their last characters. */
  readonly prefixEnds: ReadonlySet<number>;
  /** Characters of the shortest run that is struck out. */
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
    // Before the others, so that there is room for them.
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

/** Whether a run may be in the text, or begin at its end by a gram or more. */
function mayContainRun(text: string, forms: Forms): boolean {
  if (text.length < GRAM_LENGTH) return false;
  if (positionsOf(text, text.length - GRAM_LENGTH, forms)) return true;
  // Each run that is long enough holds one of the grams at these positions.
  const stride = forms.minRun - VISIBLE_HEAD;
  for (let at = stride - 1; at + GRAM_LENGTH <= text.length; at += stride) {
    if (positionsOf(text, at, forms)) return true;
  }
  return false;
}

function find(text: string, forms: Forms): SearchResult {
  // Many texts end with a letter that a form begins with, and hold no more of one.
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

/** Up to three characters at the end that a form begins with. */
function openPrefix(text: string, { prefixes, prefixEnds }: Forms): number {
  if (!prefixEnds.has(text.charCodeAt(text.length - 1))) return 0;
  for (let length = GRAM_LENGTH - 1; length > 0; length--) {
    if (text.length >= length && prefixes.has(text.slice(-length))) return length;
  }
  return 0;
}

/** The longest form, or part of one, that the text goes on with from here. */
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

/** How many characters are the same from here on, where the first ones are. */
function match(text: string, at: number, all: string, place: number): number {
  let length = GRAM_LENGTH;
  while (at + length < text.length) {
    const character = text[at + length];
    if (character === SEPARATOR || character !== all[place + length]) break;
    length++;
  }
  return length;
}

/** Four ASCII characters as one number; undefined where one of them is not ASCII. */
function gramAt(text: string, at: number): number | undefined {
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  const c = text.charCodeAt(at + 2);
  const d = text.charCodeAt(at + 3);
  return (a | b | c | d) > 127 ? undefined : (a << 21) | (b << 14) | (c << 7) | d;
}
