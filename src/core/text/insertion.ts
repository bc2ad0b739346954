import { indentedLines, leadingSpace, type IndentTarget } from './indent';

/** Code that goes into a document. */
export type InsertedCode = Omit<IndentTarget, 'indentation'> & { readonly code: string };

/** The text around a cursor or a selection, in its first and its last line. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/** The text that goes in; line breaks are LF. */
export interface Insertion {
  readonly text: string;
  /** Characters behind the cursor whose place it takes, which are white space. */
  readonly replaces: number;
}

/**
 * Code at a cursor. Whole lines get lines of their own where there is text beside the cursor, unless the text before
 * it is waiting for an end, as behind `x =` or within brackets.
 */
export function insertionAtCursor(inserted: InsertedCode, { before, after }: Surroundings): Insertion {
  const isWholeLines = /[\r\n]$/.test(inserted.code);
  const indentation = leadingSpace(before + after);
  const hasBefore = before.trim() !== '';
  const hasAfter = after.trim() !== '';
  if (
    !isWholeLines ||
    (!hasBefore && !hasAfter) ||
    (hasBefore && awaitsMore(before, inserted.documentLanguage))
  ) {
    return { text: indentFollowing(inserted, leadingSpace(before), before), replaces: 0 };
  }
  const replaces = hasBefore ? leadingSpace(after).length : 0;
  if (!hasBefore) {
    const text = indentFollowing(inserted, indentation, before);
    return { text: `${text}\n${before}`, replaces };
  }
  const own = opensBlock(before, inserted.documentLanguage)
    ? indentation + indentUnit(inserted, indentation)
    : indentation;
  const text = `\n${indentFollowing(inserted, own, '')}`;
  return { text: hasAfter ? `${text}\n${indentation}` : text, replaces };
}

/** Code in place of a selection, whose first line keeps its indentation. */
export function insertionInSelection(inserted: InsertedCode, line: string, start: number): string {
  const before = line.slice(0, start);
  // Code that is inserted within the indentation of a line belongs after that indentation.
  const indentation = before.trim() === '' ? leadingSpace(line) : leadingSpace(before);
  return indentFollowing(inserted, indentation, before);
}

/** Code behind a text in its line: the rest of the indentation, if the text is no more than a part of that. */
function indentFollowing(inserted: InsertedCode, indentation: string, before: string): string {
  const lines = indentedLines(inserted.code, { ...inserted, indentation });
  const first = before.trim() === '' ? indentation.slice(before.length) : undefined;
  return lines
    .map(({ text, indented }, number) => {
      if (number > 0) return indented ? indentation + text : text;
      // Code that must begin in the first column cannot be inserted here.
      if (!indented && text !== '' && before + indentation !== '') return `\n${text}`;
      return first === undefined ? text.trimStart() : first + text;
    })
    .join('\n');
}

/** Documents whose lines are sentences: neither a word nor a colon at their end says that code goes on. */
const PROSE: ReadonlySet<string> = new Set(['markdown', 'plaintext', 'latex', 'restructuredtext']);
const OPEN_BRACKET = /[([]$/;
const OPERATOR = /(?:[,+&|^\\]|(?<!==)=|[-=]>|<-)$/;
const KEYWORD =
  /\b(?:return|yield|await|in|and|or|not|throw|raise|new|typeof|import|from|export|default|print|echo|assert)$/;
const WHOLE_STRING = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/g;
const OPEN_STRING = /["`]|(?:^|[\s([{=,:+])'/;

/** Whether code is to go on in the line, since what stands there has no end yet. */
function awaitsMore(before: string, language: string): boolean {
  const text = before.trimEnd();
  if (OPEN_BRACKET.test(text)) return true;
  if (language === 'markdown' || language === 'latex') return false;
  if (OPEN_STRING.test(text.replace(WHOLE_STRING, '')) || OPERATOR.test(text) || /:[ \t]+$/.test(before))
    return true;
  return language.startsWith('json') ? text.endsWith(':') : !PROSE.has(language) && KEYWORD.test(text);
}

/** Whether the code behind it belongs to what it begins. */
function opensBlock(before: string, language: string): boolean {
  return !PROSE.has(language) && /(?:[{:]|\b(?:then|do|else|begin))$/.test(before.trimEnd());
}

function indentUnit({ style }: InsertedCode, indentation: string): string {
  const tabs = indentation === '' ? !style.insertSpaces : indentation.includes('\t');
  return tabs ? '\t' : ' '.repeat(style.tabSize);
}
