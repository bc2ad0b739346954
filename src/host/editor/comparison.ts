import * as vscode from 'vscode';
import { formatMessage } from '../../core/text/untrusted-text';
import type { CodeBlock } from '../../core/text/fence';
import { comparisonScheme as scheme } from './active-editor';
import { type FittedCode, fitted, indentStyleOf, replaceTexts } from './fitting';
import { spliced, within, type Splice } from './splices';

/** A document and what it would be with code of an answer in it. */
export interface Comparison {
  /** The address of the document as it would be. */
  readonly shown: vscode.Uri;
  readonly target: vscode.Uri;
  readonly name: string;
  readonly title: string;
  readonly viewColumn: vscode.ViewColumn | undefined;
  /** The whole text, without the code and with it. */
  before: string;
  after: string;
  /** Where the code goes. They move along while the document is written in. */
  splices: readonly Splice[];
}

/** @param id tells it from the others */
export function compared(
  { document, selections, options, viewColumn }: vscode.TextEditor,
  block: CodeBlock,
  id: number,
): Comparison {
  const name = document.uri.path.split('/').pop() ?? '';
  // In place of what is selected, or else at each cursor: as Insert at Cursor does it.
  const selected = selections.filter((selection) => !selection.isEmpty);
  const replacements = (selected.length > 0 ? selected : selections).map((place) =>
    fitted(document, place, block, indentStyleOf(options)),
  );
  const comparison: Comparison = {
    shown: vscode.Uri.from({ scheme, path: `/${id}/${name}` }),
    target: document.uri,
    name,
    title: formatMessage(vscode.l10n.t('{0}: Proposed ({1})'), [name, placeText(replacements)]),
    viewColumn,
    before: '',
    after: '',
    splices: replacements.map(({ range, text }) => ({
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
      text,
    })),
  };
  bringUpToDate(comparison, document);
  return comparison;
}

/** Computes it for the document as it is now. */
export function bringUpToDate(comparison: Comparison, document: vscode.TextDocument): void {
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  comparison.before = document.getText();
  comparison.splices = within(comparison.before, comparison.splices).map((splice) => ({
    ...splice,
    text: splice.text.replace(/\r\n|\r|\n/g, eol),
  }));
  comparison.after = spliced(comparison.before, comparison.splices);
}

/**
 * Whether the document of the editor is now what was shown. VS Code refuses where it has changed on the way, and,
 * other than for an edit of the workspace, where the user may not write in it.
 */
export async function applied({ splices, after }: Comparison, editor: vscode.TextEditor): Promise<boolean> {
  const { document } = editor;
  const replacements = splices.map(({ start, end, text }) => ({
    range: new vscode.Range(document.positionAt(start), document.positionAt(end)),
    text,
  }));
  const accepted = await replaceTexts(editor, replacements);
  return accepted && document.getText() === after;
}

function placeText(replacements: readonly FittedCode[]): string {
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
