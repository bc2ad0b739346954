import { indentInsertedCode, leadingSpace, type IndentTarget } from './indent-inserted-code';

/** Code that is inserted into a document. */
export type InsertedCode = Omit<IndentTarget, 'indentation'> & { readonly code: string };

/** The text before a cursor or selection in its first line, and after it in its last line. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/** The inserted text; line breaks are LF. */
export interface Insertion {
  readonly text: string;
  /** Number of characters after the cursor that the text replaces; they are white space. */
  readonly replacedLength: number;
}

/**
 * The insertion of code at a cursor. Code of whole lines is put on separate lines if there is text beside the cursor,
 * unless the text before it is unfinished, as after `x =` or within brackets.
 */
export function insertionAtCursor(inserted: InsertedCode, { before, after }: Surroundings): Insertion {
  const isWholeLines = /[\r\n]$/.test(inserted.code);
  const indentation = leadingSpace(before + after);
  const hasBefore = before.trim() !== '';
  const hasAfter = after.trim() !== '';
  if (
    !isWholeLines ||
    (!hasBefore && !hasAfter) ||
    (hasBefore && isUnfinishedLine(before, inserted.documentLanguage))
  ) {
    return { text: indentFollowing(inserted, leadingSpace(before), before), replacedLength: 0 };
  }
  const replacedLength = hasBefore ? leadingSpace(after).length : 0;
  if (!hasBefore) {
    const text = indentFollowing(inserted, indentation, before);
    return { text: `${text}\n${before}`, replacedLength };
  }
  const lineIndentation = opensBlock(before, inserted.documentLanguage)
    ? indentation + indentUnit(inserted, indentation)
    : indentation;
  const text = `\n${indentFollowing(inserted, lineIndentation, '')}`;
  return { text: hasAfter ? `${text}\n${indentation}` : text, replacedLength };
}

/** The text that replaces a selection. Its first line keeps the existing indentation. */
export function insertionInSelection(inserted: InsertedCode, line: string, start: number): string {
  const before = line.slice(0, start);
  // Code that is inserted within the indentation of a line is placed after that indentation.
  const indentation = before.trim() === '' ? leadingSpace(line) : leadingSpace(before);
  return indentFollowing(inserted, indentation, before);
}

/**
 * Indents code that follows a text in its line. If that text is part of the indentation, the rest of the indentation
 * is added.
 */
function indentFollowing(inserted: InsertedCode, indentation: string, before: string): string {
  const lines = indentInsertedCode(inserted.code, { ...inserted, indentation });
  const first = before.trim() === '' ? indentation.slice(before.length) : undefined;
  return lines
    .map(({ text, indented }, number) => {
      if (number > 0) return indented ? indentation + text : text;
      // Code that must begin in the first column cannot continue this line.
      if (!indented && text !== '' && before + indentation !== '') return `\n${text}`;
      return first === undefined ? text.trimStart() : first + text;
    })
    .join('\n');
}

/** Documents of prose, in which neither a keyword nor a colon at the end of a line means that code follows. */
const PROSE: ReadonlySet<string> = new Set(['markdown', 'plaintext', 'latex', 'restructuredtext']);
const OPEN_BRACKET = /[([]$/;
const OPERATOR = /(?:[,+&|^\\]|(?<!==)=|[-=]>|<-)$/;
const KEYWORD =
  /\b(?:return|yield|await|in|and|or|not|throw|raise|new|typeof|import|from|export|default|print|echo|assert)$/;
const WHOLE_STRING = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/g;
const OPEN_STRING = /["`]|(?:^|[\s([{=,:+])'/;

/** Whether the text of a line is unfinished, so that code continues it. */
function isUnfinishedLine(before: string, language: string): boolean {
  const text = before.trimEnd();
  if (OPEN_BRACKET.test(text)) return true;
  if (language === 'markdown' || language === 'latex') return false;
  if (OPEN_STRING.test(text.replace(WHOLE_STRING, '')) || OPERATOR.test(text) || /:[ \t]+$/.test(before))
    return true;
  return language.startsWith('json') ? text.endsWith(':') : !PROSE.has(language) && KEYWORD.test(text);
}

/** Whether the line opens a block that contains the code after it. */
function opensBlock(before: string, language: string): boolean {
  return !PROSE.has(language) && /(?:[{:]|\b(?:then|do|else|begin))$/.test(before.trimEnd());
}

function indentUnit({ style }: InsertedCode, indentation: string): string {
  const tabs = indentation === '' ? !style.insertSpaces : indentation.includes('\t');
  return tabs ? '\t' : ' '.repeat(style.tabSize);
}
