import * as vscode from 'vscode';
import type { Question } from '../../core/chat/conversation';
import type { Attachment } from '../../core/prompt/attachment';
import { snapshotOf } from '../attachments/attachment-entry';
import type { ChatAttachmentModel } from '../attachments/attachment-model';
import { problemsAttachment } from '../attachments/diagnostics';
import { promptNamed, type BuiltInPrompt } from '../prompts';
import type { ActiveEditor } from '../editor/active-editor';
import { documentSymbols, functionAround, type CodeSymbol } from '../editor/document-symbols';
import { fileLabel } from '../editor/file-label';
import { cellOf, selectedCell } from '../editor/notebooks/notebook-cells';
import { readRanges, selectedRanges, selectionWarning, type SelectionResult } from '../editor/selection';
import { surroundingCells } from '../editor/notebooks/surrounding-cells';
import { surroundingsOf } from '../editor/surroundings';
import { showWarning } from '../notifications';
import { readSettings } from '../settings';

/** A place in a document that a code action is about. */
export interface CodeActionTarget {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  /** The problems to fix or to explain. */
  readonly diagnostics: readonly vscode.Diagnostic[];
}

/** The target of a command: a place in a document, or the notebook cell in whose toolbar the command was selected. */
export type CommandTarget = CodeActionTarget | vscode.NotebookCell;

export interface SelectionCommandServices {
  readonly editor: Pick<ActiveEditor, 'current'>;
  readonly attachments: Pick<ChatAttachmentModel, 'add'>;
  readonly ask: (question: Question) => Promise<void>;
  /** Opens the question box, optionally with the selection attached. */
  readonly compose: (options: { readonly withSelection: boolean }) => Promise<void>;
}

/** The code that a question is about. */
interface Code {
  readonly document: vscode.TextDocument;
  readonly ranges: readonly [vscode.Range, ...vscode.Range[]];
  /** The text of the ranges, which were read together: the document may be edited while its symbols are requested. */
  readonly content: SelectionResult;
  readonly symbols: readonly CodeSymbol[];
}

/**
 * Sends one of the prompts with the selected code, or with the function around the cursor if nothing is selected. The
 * imports of the file and the declarations around the code are attached too.
 *
 * @param target the target of a code action or a menu; undefined for the editor that was used last
 */
export async function askAboutCode(
  prompt: BuiltInPrompt,
  target: CommandTarget | undefined,
  { editor, ask }: SelectionCommandServices,
): Promise<void> {
  const attachments = await readCode(prompt, target, editor);
  if (typeof attachments === 'string') void showWarning(attachments);
  else await ask({ text: promptNamed(prompt, readSettings().settings.prompts), attachments });
}

/** Reads the code for a prompt, with its problems and surroundings. If there is none, returns a warning for the user. */
export async function readCode(
  prompt: BuiltInPrompt,
  target: CommandTarget | undefined,
  editor: Pick<ActiveEditor, 'current'>,
): Promise<readonly Attachment[] | string> {
  const code = await (target ? codeOfTarget(target, editor.current) : codeOfEditor(editor.current));
  if (typeof code === 'string') return code;
  const { document, ranges, content } = code;
  if (content.kind !== 'code') return selectionWarning(content.kind);
  const surroundings = surroundingsOfCode(code);
  const diagnostics =
    (target && 'diagnostics' in target && target.diagnostics) ||
    (prompt === 'fix' ? problemsIn(document, ranges) : []);
  return [
    ...(isWholeCell(code) ? content.attachments.map(withoutLines) : content.attachments),
    ...(diagnostics.length > 0 ? [problemsAttachment(document.uri, diagnostics)] : []),
    ...(surroundings ? [surroundings] : []),
  ];
}

/**
 * Opens the question box with the selection attached, or else the function around the cursor.
 *
 * @param target the cell in whose toolbar the command was selected; undefined for the editor that was used last
 */
export async function composeAboutCode(
  { editor: { current }, attachments, compose }: SelectionCommandServices,
  target?: vscode.NotebookCell,
): Promise<void> {
  const cell = target ?? cellInUse(current);
  const isSelected =
    current !== undefined &&
    (!cell || cell.document === current.document) &&
    selectedRanges(current.selections).length > 0;
  if (cell && !isSelected) {
    const { document } = cell;
    const result = readRanges(document, [rangeOf(document)], 'symbol');
    if (result.kind === 'code') attachments.add(result.attachments.map(withoutLines).map(snapshotOf));
  } else if (current && !isSelected) {
    const { uri } = current.document;
    const found = functionAround((await symbolsOf(current.document)) ?? [], current.selection);
    if (found) {
      const { name, range } = found;
      const id = crypto.randomUUID();
      attachments.add([{ kind: 'symbol', id, uri: uri.toString(), name, line: range.start.line }]);
    }
  }
  await compose({ withSelection: isSelected });
}

/** Returns the selections, or else the function around the cursor. If there is neither, returns a warning. */
async function codeOfEditor(editor: vscode.TextEditor | undefined): Promise<Code | string> {
  const cell = cellInUse(editor);
  if (cell) return codeOfCell(cell, editor);
  if (!editor) return selectionWarning('no-editor');
  const { document, selections } = editor;
  const [first, ...others] = selectedRanges(selections);
  if (first) return withSymbols(codeIn('selection', document, [first, ...others]));
  // The document may be edited while a language extension is starting.
  const symbols = (await symbolsOf(document)) ?? (await symbolsOf(document)) ?? [];
  const range = functionRange(document, symbols, editor.selection);
  if (range) return { ...codeIn('symbol', document, [range]), symbols };
  return vscode.l10n.t(
    'No code is selected, and the cursor is not in a function. Select the code, then try again.',
  );
}

/**
 * The cell that is selected in a notebook. Its editor is not the active one while the cell is selected as a whole.
 *
 * @param editor the text editor that was used last
 */
function cellInUse(editor: vscode.TextEditor | undefined): vscode.NotebookCell | undefined {
  return selectedCell() ?? (editor && cellOf(editor.document.uri));
}

/** Returns the selections in a cell, or else the whole cell. If the cell is empty, returns a warning. */
function codeOfCell(cell: vscode.NotebookCell, editor: vscode.TextEditor | undefined): Code | string {
  const { document } = cell;
  const [first, ...others] = editor?.document === document ? selectedRanges(editor.selections) : [];
  if (first) return codeIn('selection', document, [first, ...others]);
  const range = rangeOf(document);
  if (!range.isEmpty) return codeIn('symbol', document, [range]);
  return vscode.l10n.t('The cell is empty.');
}

function rangeOf(document: vscode.TextDocument): vscode.Range {
  return document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
}

function isWholeCell({ document, ranges: [range] }: Code): boolean {
  return cellOf(document.uri) !== undefined && range.isEqual(rangeOf(document));
}

/** Labels an attachment with the name of its cell, without line numbers. */
function withoutLines(attachment: Attachment): Attachment {
  const { source } = attachment;
  return source ? { ...attachment, label: fileLabel(vscode.Uri.parse(source.uri)) } : attachment;
}

function surroundingsOfCode(code: Code): Attachment | undefined {
  const { document, ranges, symbols } = code;
  const cell = cellOf(document.uri);
  return cell ? surroundingCells(cell, isWholeCell(code)) : surroundingsOf(document, ranges, symbols);
}

/** Returns the range of a code action if it is a selection; otherwise the function around it, or else its lines. */
async function codeOfTarget(
  target: CommandTarget,
  editor: vscode.TextEditor | undefined,
): Promise<Code | string> {
  if ('notebook' in target) return codeOfCell(target, editor);
  const { document, range, diagnostics } = target;
  if (!range.isEmpty && diagnostics.length === 0) return withSymbols(codeIn('selection', document, [range]));
  const lines = codeIn('symbol', document, [wholeLines(document, range)]);
  const symbols = (await symbolsOf(document)) ?? [];
  const whole = functionRange(document, symbols, range);
  return { ...(whole ? codeIn('symbol', document, [whole]) : lines), symbols };
}

function codeIn(kind: 'selection' | 'symbol', document: vscode.TextDocument, ranges: Code['ranges']): Code {
  return { document, ranges, content: readRanges(document, ranges, kind), symbols: [] };
}

async function withSymbols(code: Code): Promise<Code> {
  return { ...code, symbols: (await symbolsOf(code.document)) ?? [] };
}

/**
 * The symbols of a document; undefined if it was edited while they were requested, because their ranges are those of the
 * earlier text. A language extension may throw anything; the question can be asked without its symbols.
 */
async function symbolsOf(document: vscode.TextDocument): Promise<readonly CodeSymbol[] | undefined> {
  const { version } = document;
  const symbols = await documentSymbols(document.uri).catch(() => []);
  return document.version === version ? symbols : undefined;
}

function functionRange(
  document: vscode.TextDocument,
  symbols: readonly CodeSymbol[],
  range: vscode.Range,
): vscode.Range | undefined {
  const found = functionAround(symbols, range);
  return found && wholeLines(document, found.range);
}

/** Extends a range to the beginning of its first line and the end of its last line. */
function wholeLines(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.Range {
  return document.validateRange(new vscode.Range(start.line, 0, end.line, Number.MAX_SAFE_INTEGER));
}

/** Errors and warnings in the code. */
function problemsIn(
  { uri }: vscode.TextDocument,
  ranges: readonly vscode.Range[],
): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning)
    .filter(({ range }) => ranges.some((each) => each.intersection(range) !== undefined));
}
