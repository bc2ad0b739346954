import type { Run } from './key-form-index';

/** Characters that one tag may have. */
const MAX_TAG_LENGTH = 200;

/** The character references that stand for what keys and base64 are made of, without `&` and `;`. */
const NAMED_REFERENCES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  ast: '*',
  colon: ':',
  comma: ',',
  commat: '@',
  dash: '-',
  dollar: '$',
  equals: '=',
  excl: '!',
  gt: '>',
  hyphen: '-',
  lowbar: '_',
  lt: '<',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quot: '"',
  semi: ';',
  sol: '/',
  tilde: '~',
  underbar: '_',
};

const TAG = `<[a-zA-Z/!?][^<>]{0,${MAX_TAG_LENGTH}}>`;
const INVISIBLE = '[\\u00ad\\u200b-\\u200f\\u2060-\\u2064\\ufeff]';
const ESCAPES = [
  '\\\\{1,8}u\\{0{0,6}([0-9a-fA-F]{1,6})\\}',
  '\\\\{1,8}u([0-9a-fA-F]{4})',
  '\\\\{1,8}x([0-9a-fA-F]{2})',
  // As in JSON, in Markdown and in a shell.
  '\\\\{1,8}([!-/:-@[-`{-~])',
  '%(?:25)*([0-9a-fA-F]{2})',
  '&(?:amp;)*#[xX]0{0,6}([0-9a-fA-F]{1,6});?',
  '&(?:amp;)*#0{0,7}([0-9]{1,7});?',
  `&(?:amp;)*(${Object.keys(NAMED_REFERENCES).join('|')});`,
];
const UNFINISHED_TAG = `(?<!\\\\)<(?:[a-zA-Z/!?][^<>]{0,${MAX_TAG_LENGTH}})?`;
const UNFINISHED_ESCAPES = [
  '\\\\{1,8}(?:u(?:\\{[0-9a-fA-F]{0,9}|[0-9a-fA-F]{0,3})?|x[0-9a-fA-F]?)?',
  // Behind a backslash these are escaped themselves.
  '(?<!\\\\)%(?:25)*[0-9a-fA-F]?',
  '(?<!\\\\)&[a-zA-Z0-9#;]{0,16}',
];
/** Characters at the end of a text that what is unfinished may have. */
const TAIL_LENGTH = MAX_TAG_LENGTH + 2;

/** The escapes that a view decodes, and the beginnings of escapes at the end of a text. */
interface EscapePatterns {
  readonly whole: RegExp;
  readonly unfinished: RegExp;
}

/** Within a tag there may be a key that is escaped, and within a key a tag. */
const ESCAPES_ONLY: EscapePatterns = {
  whole: new RegExp([INVISIBLE, ...ESCAPES].join('|'), 'g'),
  unfinished: new RegExp(`(?:${UNFINISHED_ESCAPES.join('|')})$`),
};
const ESCAPES_AND_TAGS: EscapePatterns = {
  // Behind the groups of the escapes: a tag has none.
  whole: new RegExp([INVISIBLE, ...ESCAPES, TAG].join('|'), 'g'),
  unfinished: new RegExp(`(?:${[UNFINISHED_TAG, ...UNFINISHED_ESCAPES].join('|')})$`),
};

/** A character of which a disguise has one: most texts have none, and a search for one is quick. */
const MAY_HAVE_ESCAPE = /[<&%\\\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/;
/** Whether a view would differ from its source; a backslash before a letter, as in LaTeX, changes nothing. */
const HAS_ESCAPE = new RegExp(`${ESCAPES_AND_TAGS.whole.source}|${ESCAPES_AND_TAGS.unfinished.source}`);

/** A text without what hides the characters of a key: invisible characters within, escapes in their place, and tags. */
export interface UnescapedView {
  readonly text: string;
  /** The characters of the source that a run of the view was made of. */
  sourceOf(run: Run): Run;
  /** The place in the source where something begins whose end is yet to come; its length where nothing does. */
  readonly unfinished: number;
}

/** None where nothing in the text is escaped, so that it is its own view. */
export function unescapedViews(source: string): readonly UnescapedView[] {
  if (!MAY_HAVE_ESCAPE.test(source) || !HAS_ESCAPE.test(source)) return [];
  const views = [createView(source, ESCAPES_ONLY)];
  if (source.includes('<')) views.push(createView(source, ESCAPES_AND_TAGS));
  return views;
}

function createView(source: string, { whole, unfinished }: EscapePatterns): UnescapedView {
  const tailStart = Math.max(0, source.length - TAIL_LENGTH);
  const tail = unfinished.exec(source.slice(tailStart));
  const pending = tail ? tailStart + tail.index : source.length;
  const finished = source.slice(0, pending);
  const text = finished.replace(whole, (found: string, ...groups: unknown[]) => characterOf(found, groups));
  return {
    text,
    unfinished: pending,
    sourceOf: ({ start, end }) => {
      const { starts, ends } = positions(finished, whole);
      return { start: starts[start] ?? finished.length, end: ends[end - 1] ?? finished.length };
    },
  };
}

/** Where each character of the view begins and ends in the source. */
function positions(
  source: string,
  disguise: RegExp,
): { readonly starts: readonly number[]; readonly ends: readonly number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  const upTo = (end: number): void => {
    for (; at < end; at++) {
      starts.push(at);
      ends.push(at + 1);
    }
  };
  for (const found of source.matchAll(disguise)) {
    upTo(found.index);
    const character = characterOf(found[0], found.slice(1));
    at = found.index + found[0].length;
    for (let unit = 0; unit < character.length; unit++) {
      starts.push(found.index);
      ends.push(at);
    }
  }
  upTo(source.length);
  return { starts, ends };
}

/** Empty for what only hides characters. */
function characterOf(found: string, groups: readonly unknown[]): string {
  const group = (index: number): string | undefined => {
    const value = groups[index];
    return typeof value === 'string' ? value : undefined;
  };
  const hex = group(0) ?? group(1) ?? group(2) ?? group(4) ?? group(5);
  if (hex !== undefined) return codePoint(parseInt(hex, 16));
  const decimal = group(6);
  if (decimal !== undefined) return codePoint(Number(decimal));
  const name = group(7);
  return name === undefined ? (group(3) ?? '') : (NAMED_REFERENCES[name] ?? found);
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
