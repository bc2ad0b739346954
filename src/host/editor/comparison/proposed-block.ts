import * as vscode from 'vscode';
import { hasLetters } from '../../../core/text/excerpts/lines';
import { isDiffLanguage, isPatch } from '../../../core/text/excerpts/patches';
import type { CodeBlock } from '../../../core/text/fences/fence';
import { pathInComment, type NamedBlock } from '../../../core/text/fences/named-blocks';
import { placementKind, type ProposedBlock } from './code-placement';

/**
 * A block of an answer. If the answer names a file for it, the block may be an excerpt of the file, and there may be
 * other blocks for the same file.
 */
export type AnswerBlock = CodeBlock & Partial<Pick<NamedBlock, 'heading' | 'earlier'>>;

/** A part of a document, and the code that is proposed for it. */
export interface ProposalPlace {
  readonly range: vscode.Range;
  readonly block: ProposedBlock;
}

/** `(lines 6-7)`, `src/app.ts:10-20`, `src/app.ts#L10`, `12:20:src/app.ts`, `(excerpt)` */
const EXCERPT =
  /\b(?:lines?|zeilen?) +\d|[\w)]:L?\d+(?:-|\b(?!:))|#L\d|^\d+:\d+:|\([^()]*\b(?:excerpt|partial|snippet|auszug|ausschnitt)\b[^()]*\)/i;

/** A longer heading, such as a long info string, would take too long to search. */
const MAX_HEADING = 300;

/** Separates several blocks for one file when they are joined. */
const PLACEHOLDER = '// ... existing code ...\n';

/**
 * Places the blocks for a file in it. Several blocks are joined if the place of each is certain; otherwise the last
 * one is used.
 */
export function placeInFile(document: vscode.TextDocument, block: AnswerBlock): ProposalPlace {
  const { language, heading = '' } = block;
  const [code, earlier] = [codeOf(document, block), block.earlier ?? []];
  const range = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  const last: ProposedBlock = {
    code,
    language,
    extent: EXCERPT.test(heading.slice(0, MAX_HEADING)) ? 'excerpt' : 'file',
  };
  if (earlier.length === 0 || placementKind(document, range, last) === 'whole') return { range, block: last };
  const all = {
    ...last,
    code: [...earlier.map((each) => codeOf(document, { code: each })), code].join(
      isPatch(code, isDiffLanguage(language)) ? '@@\n' : PLACEHOLDER,
    ),
  };
  return { range, block: placementKind(document, range, all) === 'parts' ? all : last };
}

/** A block for selected code, or for its whole file if that is what the block contains. */
export function placeInSelection(
  document: vscode.TextDocument,
  range: vscode.Range,
  block: AnswerBlock,
): ProposalPlace {
  const { language, earlier = [] } = block;
  const code = codeOf(document, block);
  const inSelection = { range, block: { code, language } };
  const kind = placementKind(document, range, inSelection.block);
  if (kind === 'parts' && earlier.length === 0) return inSelection;
  const inFile = placeInFile(document, block);
  if (kind === 'whole' && earlier.length === 0)
    return isWholeFile(document, range, code) ? inFile : inSelection;
  return placementKind(document, inFile.range, inFile.block) === 'parts' ? inFile : inSelection;
}

/** The code without a comment that only names the file, unless the file has it. */
function codeOf(document: vscode.TextDocument, { code }: Pick<CodeBlock, 'code'>): string {
  const [name = '', ...lines] = code.split('\n');
  const isName = pathInComment(code) !== undefined && !document.getText().includes(name.trim());
  return isName ? lines.join('\n').replace(/^\s*\n/, '') : code;
}

/** Whether code repeats most of the lines around a range. */
function isWholeFile(document: vscode.TextDocument, range: vscode.Range, code: string): boolean {
  const linesOf = (text: string): ReadonlySet<string> =>
    new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter(hasLetters),
    );
  const selected = linesOf(document.getText(range));
  const outside = [...linesOf(document.getText())].filter((line) => !selected.has(line));
  const inCode = linesOf(code);
  return outside.length > 0 && outside.filter((line) => inCode.has(line)).length > outside.length / 2;
}
