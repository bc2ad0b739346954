import { keepsColumns } from './fixed-columns';
import { commonIndent, indentInsertedCode, leadingSpace, type IndentTarget } from './indent-inserted-code';
import { opensBlock } from './opened-block';
import { isLineComment, type LineContext } from './text-before-cursor';
import { isUnfinishedLine } from './unfinished-line';
import {
  enclosingItemIndent,
  indentBesideItem,
  isInBlockScalar,
  isItemMarker,
  isList,
  withoutFirstMarker,
  yamlInsertion,
} from './yaml-insertion';
import { isYaml } from '../syntax/yaml-languages';

/** Code that is inserted into a document. */
export type InsertedCode = Omit<IndentTarget, 'indentation'> & { readonly code: string };

/** The inserted text; line breaks are LF. */
export interface Insertion {
  readonly text: string;
  /** Number of characters after the cursor that stay before the text, such as a comment. */
  readonly offset: number;
  /** Number of characters that the text replaces; they are white space. */
  readonly replacedLength: number;
}

/**
 * The insertion of code at a cursor. Code of whole lines is put on separate lines if there is text beside the cursor,
 * unless the text before it is unfinished, as after `x =` or within brackets.
 */
export function insertionAtCursor(inserted: InsertedCode, context: LineContext): Insertion {
  const { before, after } = context;
  const hasBefore = before.trim() !== '';
  const hasAfter = after.trim() !== '';
  if (!isWholeLines(inserted) || (!hasBefore && !hasAfter)) return insertionOnOwnLine(inserted, context);
  if (!hasBefore) {
    const text = indentFollowing(inserted, indentationOf(before + after, inserted), before);
    return { text: `${text}\n${before}`, offset: 0, replacedLength: 0 };
  }
  return afterText(inserted, context);
}

/** In a line without text, or within a line if the code is not of whole lines. */
function insertionOnOwnLine(inserted: InsertedCode, { before, after }: LineContext): Insertion {
  const isBlankLine = isWholeLines(inserted);
  const indentation = indentationOf(isBlankLine && before === '' ? after : before, inserted);
  return {
    text: indentFollowing(inserted, indentation, before),
    offset: 0,
    replacedLength: isBlankLine ? after.length : 0,
  };
}

function afterText(inserted: InsertedCode, context: LineContext): Insertion {
  const { above, before, after } = context;
  const inYaml = isYaml(inserted.documentLanguage);
  // The text of a block scalar is not YAML, but usually a script.
  const isScript = inYaml && isInBlockScalar(above, before);
  const language = isScript ? inserted.language : inserted.documentLanguage;
  const yaml = inYaml && !isScript ? yamlInsertion(inserted.code, context) : undefined;
  if (yaml) {
    const following = yaml.separator === '\n' ? '' : before + yaml.separator;
    const text = indentFollowing({ ...inserted, code: yaml.code }, yaml.indentation, following);
    return { text: yaml.separator + text + yaml.rest, offset: 0, replacedLength: 0 };
  }
  if (isUnfinishedLine(context, language, inserted.code)) {
    const text = indentFollowing(inserted, indentationOf(before, inserted), before);
    return { text, offset: 0, replacedLength: 0 };
  }
  // A comment behind the cursor belongs to its line.
  if (isLineComment(after, language)) {
    const moved = afterText(inserted, { ...context, before: before + after, after: '' });
    return { ...moved, offset: after.length };
  }
  const indentation = isScript ? leadingSpace(before) : indentationOf(before + after, inserted);
  const ofList =
    inYaml && !isScript && isList(inserted.code) ? enclosingItemIndent(above, before) : undefined;
  const below = ofList ?? indentationBelow(inserted, context, indentation, language);
  const text = `\n${indentFollowing(inserted, below, '')}`;
  return {
    text: after.trim() === '' ? text : `${text}\n${indentation}`,
    offset: 0,
    replacedLength: leadingSpace(after).length,
  };
}

/** The indentation of code on the line after that of the cursor. */
function indentationBelow(
  inserted: InsertedCode,
  context: LineContext,
  indentation: string,
  language: string,
): string {
  if (keepsColumns(inserted)) return '';
  if (!opensBlock(context, language, inserted.code)) return indentation;
  // The block may have lines already.
  const inBlock = leadingSpace(context.below);
  return inBlock.startsWith(indentation) && inBlock !== indentation
    ? inBlock
    : indentation + indentUnit(inserted, indentation);
}

/** The lines of a selection. */
export interface SelectedLines {
  /** With the text of the first line before the selection and of the last line after it. */
  readonly lines: readonly string[];
  /** The columns of the first and the last line between which the text is selected. */
  readonly start: number;
  readonly end: number;
}

/** The text that replaces a selection. */
export interface Replacement {
  readonly text: string;
  /** The column of the first line at which it begins. */
  readonly start: number;
}

/** The replacement of a selection by code. Code of whole lines gets the indentation of the selected lines. */
export function insertionInSelection(inserted: InsertedCode, selected: SelectedLines): Replacement {
  const { lines, start, end } = selected;
  const [line = ''] = lines;
  const before = line.slice(0, start);
  if (before.trim() === '' && isWholeLines(inserted)) {
    const common = commonIndent(lines, inserted.documentLanguage);
    const isBlank = lines.every((each) => each.trim() === '');
    const indentation = keepsColumns(inserted) ? '' : isBlank ? leadingSpace(line) : common;
    const code = withFirstIndent(inserted, selected, leadingSpace(line));
    return { text: indentFollowing({ ...inserted, code }, indentation, ''), start: 0 };
  }
  const after = (lines.at(-1) ?? '').slice(end);
  const inYaml = isYaml(inserted.documentLanguage);
  if (inYaml && isItemMarker(before)) {
    const indent = indentBesideItem(before, '');
    const code = withFirstIndent({ ...inserted, code: withoutFirstMarker(inserted.code) }, selected, indent);
    return { text: indentFollowing({ ...inserted, code }, indentationOf(before, inserted), before), start };
  }
  const yaml = inYaml && yamlInsertion(inserted.code, { above: [], before, after, below: '' });
  if (yaml && yaml.separator === '\n')
    return { text: `\n${indentFollowing({ ...inserted, code: yaml.code }, yaml.indentation, '')}`, start };
  return { text: indentFollowing(inserted, indentationOf(before, inserted), before), start };
}

/**
 * Code that was asked for with a selection that begins behind the indentation of its first line. The question has that
 * line without its indentation, and an answer of the same shape, too.
 */
function withFirstIndent(
  { code, documentLanguage }: InsertedCode,
  { lines, start }: SelectedLines,
  indent: string,
): string {
  const [first = '', ...following] = code.split(/\r\n|\r|\n/);
  const asked = commonIndent(lines.slice(1), documentLanguage);
  const isSameShape =
    start > 0 &&
    asked !== '' &&
    commonIndent(following, documentLanguage).startsWith(asked) &&
    leadingSpace(first) === '';
  if (!isSameShape) return code;
  const context = { above: [], before: first, after: '', below: '' };
  const mayBeDeeper =
    first.endsWith(',') ||
    opensBlock(context, documentLanguage, code) ||
    isUnfinishedLine(context, documentLanguage, code);
  const next = leadingSpace(following.find((each) => each.trim() !== '') ?? '');
  return mayBeDeeper && next.length <= indent.length ? code : indent + code;
}

function isWholeLines({ code }: InsertedCode): boolean {
  return /[\r\n]$/.test(code);
}

/** The indentation of code beside a line. */
function indentationOf(line: string, inserted: InsertedCode): string {
  if (keepsColumns(inserted)) return '';
  const { code, documentLanguage } = inserted;
  return isYaml(documentLanguage) ? indentBesideItem(line, code) : leadingSpace(line);
}

/**
 * Indents code that follows a text in its line. If that text is part of the indentation, the rest of the indentation
 * is added.
 */
function indentFollowing(inserted: InsertedCode, indentation: string, before: string): string {
  const lines = indentInsertedCode(inserted.code, { ...inserted, indentation });
  return lines
    .map(({ text, indented }, number) => {
      const whole = indented ? indentation + text : text;
      if (number > 0) return whole;
      // Code that must begin in the first column cannot continue this line.
      if (!indented && text !== '' && before + indentation !== '') return `\n${text}`;
      if (before.trim() !== '') return text.trimStart();
      if (before === '' || whole.startsWith(before)) return whole.slice(before.length);
      return keepsColumns(inserted) ? `\n${whole}` : text;
    })
    .join('\n');
}

function indentUnit({ style, documentLanguage }: InsertedCode, indentation: string): string {
  const tabs = indentation === '' ? !style.insertSpaces : indentation.includes('\t');
  return tabs || documentLanguage === 'makefile' ? '\t' : ' '.repeat(style.tabSize);
}
