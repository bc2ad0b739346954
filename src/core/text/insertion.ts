import { indentInsertedCode, leadingSpace, type IndentTarget } from './indent-inserted-code';
import { isUnfinishedLine, opensBlock, type LineContext } from './unfinished-line';
import { indentBesideItem, isItemMarker, isYaml, withoutFirstMarker, yamlInsertion } from './yaml-insertion';

/** Code that is inserted into a document. */
export type InsertedCode = Omit<IndentTarget, 'indentation'> & { readonly code: string };

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
export function insertionAtCursor(inserted: InsertedCode, { before, after }: LineContext): Insertion {
  const isWholeLines = /[\r\n]$/.test(inserted.code);
  const indentation = indentationOf(before + after, inserted);
  const hasBefore = before.trim() !== '';
  const hasAfter = after.trim() !== '';
  const inYaml =
    isWholeLines && hasBefore && isYaml(inserted.documentLanguage)
      ? yamlInsertion(inserted.code, { before, after })
      : undefined;
  if (inYaml) {
    const { separator, code, rest } = inYaml;
    const text = indentFollowing(
      { ...inserted, code },
      inYaml.indentation,
      separator === '\n' ? '' : before + separator,
    );
    return { text: separator + text + rest, replacedLength: 0 };
  }
  if (
    !isWholeLines ||
    (!hasBefore && !hasAfter) ||
    (hasBefore && isUnfinishedLine({ before, after }, inserted.documentLanguage))
  ) {
    return { text: indentFollowing(inserted, indentationOf(before, inserted), before), replacedLength: 0 };
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
  const indentation = indentationOf(before.trim() === '' ? line : before, inserted);
  const isItem = isYaml(inserted.documentLanguage) && isItemMarker(before);
  const code = isItem ? withoutFirstMarker(inserted.code) : inserted.code;
  return indentFollowing({ ...inserted, code }, indentation, before);
}

/** The indentation of code beside a line. */
function indentationOf(line: string, { code, documentLanguage }: InsertedCode): string {
  // A space at the beginning of a line is not an indentation there, but says that it is unchanged.
  if (documentLanguage === 'diff') return '';
  return isYaml(documentLanguage) ? indentBesideItem(line, code) : leadingSpace(line);
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

function indentUnit({ style, documentLanguage }: InsertedCode, indentation: string): string {
  const tabs = indentation === '' ? !style.insertSpaces : indentation.includes('\t');
  return tabs || documentLanguage === 'makefile' ? '\t' : ' '.repeat(style.tabSize);
}
