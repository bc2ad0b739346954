import * as vscode from 'vscode';
import { lineRangeLabel, type Attachment, type Lines } from '../../core/prompt/attachment';
import { showWarning } from '../notifications';
import { fileLabel } from './file-label';

export type SelectionResult =
  /** One attachment for each selection, in the order of the document. */
  | { readonly kind: 'code'; readonly attachments: readonly Attachment[] }
  | { readonly kind: 'no-editor' | 'nothing-selected' | 'binary' };

/** The files and lines of the selections. Their text may be long and is not read. */
export interface SelectionSummary {
  readonly label: string;
  readonly lineCount: number;
}

/** More selections than this, such as all occurrences of a word, become a single attachment. */
const MAX_SELECTIONS = 20;

export function summarizeSelection({
  document,
  selections,
}: vscode.TextEditor): SelectionSummary | undefined {
  const ranges = selectedRanges(selections);
  if (ranges.length === 0) return undefined;
  const lines = ranges.map(linesOf);
  const shown = ranges.length > MAX_SELECTIONS ? [linesOfAll(ranges)] : lines;
  return {
    label: linesLabel(fileLabel(document.uri), shown),
    lineCount: lines.reduce((sum, [first, last]) => sum + last - first + 1, 0),
  };
}

/** The selected code, or why there is none to send. */
export function readSelection(editor: vscode.TextEditor | undefined): SelectionResult {
  if (!editor) return { kind: 'no-editor' };
  const { document } = editor;
  const ranges = selectedRanges(editor.selections);
  if (ranges.length === 0) return { kind: 'nothing-selected' };
  return readRanges(document, ranges);
}

/** The code of ranges that are not empty, in the order of the document. */
export function readRanges(
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
  kind: 'selection' | 'symbol' = 'selection',
): SelectionResult {
  const groups = ranges.length > MAX_SELECTIONS ? [ranges] : ranges.map((range) => [range]);
  const attachments = groups.map((group) => attachmentOf(document, group, kind));
  // A document with a NUL character is a binary file that is shown as text.
  if (attachments.some(({ content }) => content.includes('\0'))) return { kind: 'binary' };
  return { kind: 'code', attachments };
}

function attachmentOf(
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
  kind: Attachment['kind'],
): Attachment {
  const lines = linesOfAll(ranges);
  const [first, ...others] = ranges;
  return {
    kind,
    label: lineRangeLabel(fileLabel(document.uri), lines),
    language: document.languageId,
    content: ranges.map((range) => document.getText(range)).join('\n'),
    source: {
      uri: document.uri.toString(),
      // The joined text of several ranges does not occur as a whole in the document.
      ...(others.length === 0 && { lines, column: first?.start.character ?? 0 }),
    },
  };
}

/** The selections that are not empty. */
export function selectedRanges(selections: readonly vscode.Selection[]): readonly vscode.Range[] {
  return selections
    .filter(({ isEmpty }) => !isEmpty)
    .toSorted((one, other) => one.start.compareTo(other.start));
}

/** The first line of the first and the last line of the last. */
function linesOfAll(ranges: readonly vscode.Range[]): Lines {
  const lines = ranges.map(linesOf);
  return [lines[0]?.[0] ?? 1, lines.at(-1)?.[1] ?? 1];
}

/** First and last line, from 1. A range that ends before the first character of a line does not include that line. */
function linesOf({ start, end }: vscode.Range): Lines {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return [start.line + 1, last + 1];
}

/** "orbits.py:3-10, 20-25" */
function linesLabel(file: string, lines: readonly Lines[]): string {
  const [first, ...others] = lines.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
  return [`${file}:${first}`, ...others].join(', ');
}

/** Tells the user why no code can be attached. */
export function showSelectionWarning(kind: Exclude<SelectionResult['kind'], 'code'>): void {
  void showWarning(selectionWarning(kind));
}

export function selectionWarning(kind: Exclude<SelectionResult['kind'], 'code'>): string {
  switch (kind) {
    case 'no-editor':
      return vscode.l10n.t('No text editor is open to read code from.');
    case 'nothing-selected':
      return vscode.l10n.t('No code is selected. Select the code, then try again.');
    case 'binary':
      return vscode.l10n.t('The selection was not sent because it is binary data.');
  }
}
