import * as vscode from 'vscode';
import { formatMessage } from '../../../core/text/untrusted-text';
import { COMPARISON_SCHEME as scheme } from '../active-editor';
import { type InsertionEdit, replaceTexts } from '../insertion-edits';
import {
  findPlacement,
  placeCode,
  type CodePlacement,
  type PlacedCode,
  type ProposedBlock,
  type TargetEditor,
} from './code-placement';
import {
  applyOffsetEdits,
  fittingOffsetEdits,
  adjustOffsetEdit,
  type OffsetEdit,
} from '../../../core/text/offset-edits';

/** A document and the same document with code of an answer applied. */
export interface ProposedChange {
  /** The URI of the document with the code applied. */
  readonly shown: vscode.Uri;
  readonly target: vscode.Uri;
  readonly name: string;
  readonly title: string;
  readonly viewColumn: vscode.ViewColumn | undefined;
  readonly isExcerpt: PlacedCode['isExcerpt'];
  readonly unplaced: PlacedCode['unplaced'];
  /** The whole text, without the code and with it. */
  before: string;
  after: string;
  /** The ranges of `before` that the code replaces. */
  offsetEdits: readonly OffsetEdit[];
  /** The same ranges in the document as it is now. */
  movedOffsetEdits: readonly OffsetEdit[];
  /** The documents that this change was shown for, with its edits: before and after some of them were accepted. */
  steps: readonly Pick<ProposedChange, 'before' | 'offsetEdits'>[];
}

/** The place of a proposed change: an editor, or a document that is not shown. */
export type ComparedEditor = TargetEditor & Pick<vscode.TextEditor, 'viewColumn'>;

/**
 * @param id unique among the proposed changes of this window
 * @param placement where the code belongs, if that is known already
 */
export function createProposedChange(
  editor: ComparedEditor,
  block: ProposedBlock,
  id: number,
  placement: CodePlacement = findPlacement(editor, block),
): ProposedChange {
  const { document, viewColumn } = editor;
  const name = document.uri.path.split('/').pop() ?? '';
  const { edits, isExcerpt, unplaced } = placeCode(editor, block, placement);
  const change: ProposedChange = {
    shown: vscode.Uri.from({ scheme, path: `/${id}/${name}` }),
    target: document.uri,
    name,
    title: formatMessage(vscode.l10n.t('{0}: Proposed ({1})'), [name, rangesText(edits)]),
    viewColumn,
    isExcerpt,
    unplaced,
    before: '',
    after: '',
    offsetEdits: [],
    movedOffsetEdits: edits.map(({ range, text }) => ({
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
      text,
    })),
    steps: [],
  };
  updateProposedChange(change, document);
  return change;
}

/** Computes the change again for the current document. */
export function updateProposedChange(change: ProposedChange, document: vscode.TextDocument): void {
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  change.before = document.getText();
  change.offsetEdits = fittingOffsetEdits(change.before, change.movedOffsetEdits).map((offsetEdit) => ({
    ...offsetEdit,
    text: offsetEdit.text.replace(/\r\n|\r|\n/g, eol),
  }));
  change.movedOffsetEdits = change.offsetEdits;
  change.after = applyOffsetEdits(change.before, change.offsetEdits);
  change.steps = [{ before: change.before, offsetEdits: change.offsetEdits }];
}

/** Adjusts the change to its document. An accepted part that is undone becomes a part of the change again. */
export function followDocument(
  change: ProposedChange,
  { document, contentChanges }: vscode.TextDocumentChangeEvent,
): void {
  const text = document.getText();
  const step = change.steps.find(({ before }) => before === text);
  // The text equals that of an earlier step, but the adjusted places may differ from those of that step, so they are
  // reset as well.
  if (step) Object.assign(change, step, { movedOffsetEdits: step.offsetEdits });
  else
    change.movedOffsetEdits = change.movedOffsetEdits.map((offsetEdit) =>
      contentChanges.reduce(adjustOffsetEdit, offsetEdit),
    );
}

/** The change reduced to the given edits of its document. */
export function withOffsetEdits(change: ProposedChange, offsetEdits: readonly OffsetEdit[]): ProposedChange {
  return { ...change, offsetEdits, after: applyOffsetEdits(change.before, offsetEdits) };
}

/**
 * Applies the change. Resolves with `rejected` if the document was changed or closed at the same time. Nothing is changed
 * in a document that is read-only; a `WorkspaceEdit` would ignore that.
 */
export async function applyProposedChange(
  { offsetEdits, before, after }: ProposedChange,
  editor: vscode.TextEditor,
): Promise<'applied' | 'read-only' | 'rejected'> {
  const { document } = editor;
  const replacements = offsetEdits.map(({ start, end, text }) => ({
    range: new vscode.Range(document.positionAt(start), document.positionAt(end)),
    text,
  }));
  const apply = (): Promise<boolean> => replaceTexts(editor, replacements);
  const isAsBefore = (): boolean => !document.isClosed && document.getText() === before;
  // VS Code also rejects an edit if the text was changed and changed back.
  const accepted = (await apply()) || (isAsBefore() && (await apply()));
  if (document.getText() === after) return 'applied';
  if (!accepted) return 'rejected';
  return isAsBefore() ? 'read-only' : 'applied';
}

function rangesText(replacements: readonly InsertionEdit[]): string {
  const [first] = replacements;
  if (!first) return '';
  if (!first.replacesSelection) {
    return replacements.length === 1
      ? vscode.l10n.t('inserted in line {0}', first.line + 1)
      : vscode.l10n.t('inserted at {0} cursors', replacements.length);
  }
  if (replacements.length > 1) return vscode.l10n.t('{0} selections replaced', replacements.length);
  const { start, end } = first.range;
  return start.line === end.line
    ? vscode.l10n.t('selection in line {0} replaced', start.line + 1)
    : vscode.l10n.t('lines {0} to {1} replaced', start.line + 1, end.line + 1);
}
