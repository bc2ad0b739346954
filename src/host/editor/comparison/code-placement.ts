import * as vscode from 'vscode';
import type { CodeBlock } from '../../../core/text/fences/fence';
import { indentInsertedCode, type IndentStyle } from '../../../core/text/insertion/indent-inserted-code';
import { withLineFeeds } from '../../../core/text/line-breaks';
import { isDiffLanguage } from '../../../core/text/excerpts/patches';
import { placementOf, type Placement, type ProposedCode } from '../../../core/text/excerpts/placement';
import { languageNamed } from '../../../protocol/languages';
import { offerNewDocument } from '../new-file';
import { indentStyleOf, insertionEdits, type InsertionEdit } from '../insertion-edits';

/** Code that an answer proposes for a selection, or for a file. */
export interface ProposedBlock extends CodeBlock {
  /** Absent for a selection. */
  readonly extent?: ProposedCode['extent'];
}

/** The edits of proposed code, or the reason why the place of a part of it is not certain. */
export interface PlacedCode {
  readonly edits: readonly InsertionEdit[];
  /** Whether the code changes only parts of the selection, and the rest is kept. */
  readonly isExcerpt: boolean;
  readonly unplaced?: Extract<Placement, { kind: 'unknown' }>['reason'];
}

/** An editor, or a document that is not shown, with the places for code. */
export type TargetEditor = Pick<vscode.TextEditor, 'document' | 'selections' | 'options'>;

/**
 * Places code at the selections of an editor. If there is only one selection and the code leaves out parts of it,
 * those parts are kept.
 */
export function placeCode(
  { document, selections, options }: TargetEditor,
  block: ProposedBlock,
  placement: CodePlacement,
): PlacedCode {
  if (placement.kind === 'parts') return { edits: placement.edits, isExcerpt: true };
  // Replaces the selections, or else inserts at each cursor, as Insert at Cursor does.
  const selected = selections.filter((selection) => !selection.isEmpty);
  const targets = selected.length > 0 ? selected : selections;
  const edits = insertionEdits(document, targets, block, indentStyleOf(options));
  return { edits, isExcerpt: false, ...(placement.kind === 'unknown' && { unplaced: placement.reason }) };
}

/**
 * Whether code changes all of the selection or parts of it. If there are several selections, the place of parts is
 * not certain. If there is none, a patch or code with placeholders changes parts of the document.
 */
export function findPlacement(
  { document, selections, options }: TargetEditor,
  block: ProposedBlock,
): CodePlacement {
  const [only, ...others] = selections.filter((selection) => !selection.isEmpty);
  const range = only ?? document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  const placement = placementIn(document, range, block, indentStyleOf(options));
  const isCertain = others.length === 0 || placement.kind !== 'parts';
  return isCertain ? placement : { kind: 'unknown', reason: 'placeholder' };
}

/** Whether code changes all of a range or parts of it, or has parts whose place is not certain. */
export function placementKind(
  document: vscode.TextDocument,
  range: vscode.Range,
  block: ProposedBlock,
): Placement['kind'] {
  return placementOf(textOf(document, range), codeFor(document, block, block.code)).kind;
}

/** How code changes a selection. */
export type CodePlacement =
  | Exclude<Placement, { kind: 'parts' }>
  | { readonly kind: 'parts'; readonly edits: readonly InsertionEdit[] };

function placementIn(
  document: vscode.TextDocument,
  selection: vscode.Range,
  block: ProposedBlock,
  style: IndentStyle,
): CodePlacement {
  const { start, end } = selection;
  const isIndented = document.lineAt(start.line).text.slice(0, start.character).trim() === '';
  const range = new vscode.Range(isIndented ? start.with({ character: 0 }) : start, end);
  const text = textOf(document, range);
  const language = languageNamed(block.language)?.id ?? block.language;
  const target = { indentation: '', style, language, documentLanguage: document.languageId };
  const code = indentInsertedCode(block.code, target).map((line) => line.text);
  const placement = placementOf(
    text,
    codeFor(document, block, isDiffLanguage(block.language) ? block.code : code.join('\n')),
  );
  if (placement.kind !== 'parts') return placement;
  const positionAt = (offset: number): vscode.Position => {
    const before = text.slice(0, offset).split('\n');
    const character = before.at(-1)?.length ?? 0;
    return before.length === 1
      ? range.start.translate(0, character)
      : new vscode.Position(range.start.line + before.length - 1, character);
  };
  const edits = placement.offsetEdits.map((offsetEdit) => {
    const changed = new vscode.Range(positionAt(offsetEdit.start), positionAt(offsetEdit.end));
    return {
      range: changed,
      text: offsetEdit.text,
      replacesSelection: !changed.isEmpty,
      line: changed.start.line,
    };
  });
  return { kind: 'parts', edits };
}

function textOf(document: vscode.TextDocument, range: vscode.Range): string {
  return withLineFeeds(document.getText(range));
}

function codeFor(
  { languageId, uri }: vscode.TextDocument,
  { language, extent = 'selection' }: ProposedBlock,
  code: string,
): ProposedCode {
  return { code, extent, path: uri.path, isDiff: languageId !== 'diff' && isDiffLanguage(language) };
}

/** Says that the place of code was not found in a document, and offers to open the code itself. */
export function offerUnplacedCode(block: CodeBlock, label: string): Promise<boolean> {
  const text = vscode.l10n.t(
    'Could not compare the code with {0}: the code contains only parts of the document, and their positions were not found.',
  );
  return offerNewDocument(text, block, [label]);
}
