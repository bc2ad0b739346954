import * as vscode from 'vscode';
import {
  differsInWhiteSpaceOnly,
  hunksOf,
  touches,
  type Hunk,
  type LineRange,
} from '../../../core/text/hunks';
import type { ProposedChange } from './proposed-change';

/**
 * The differences that are selected on either side of a comparison. A cursor selects the one at its line. If no
 * visible difference would remain, the differences that VS Code hides are included.
 */
export function selectedHunks(
  { before, after, target, shown }: ProposedChange,
  editor: vscode.TextEditor | undefined,
): readonly Hunk[] {
  const uri = editor?.document.uri.toString();
  const side = (
    [
      ['before', target],
      ['after', shown],
    ] as const
  ).find(([, each]) => each.toString() === uri)?.[0];
  if (!editor || !side) return [];
  const lines = editor.selections.map(linesOf);
  const hunks = hunksOf(before, after);
  const selected = hunks.filter((hunk) => lines.some((range) => touches(range, hunk[side])));
  const hidesWhiteSpace = vscode.workspace
    .getConfiguration('diffEditor', target)
    .get<boolean>('ignoreTrimWhitespace', true);
  const isHidden = (hunk: Hunk): boolean => hidesWhiteSpace && differsInWhiteSpaceOnly(hunk, before);
  const isAllSelected = hunks.every((hunk) => selected.includes(hunk) || isHidden(hunk));
  return selected.length > 0 && isAllSelected ? hunks : selected;
}

/** A selection that ends before the first character of a line does not include it. */
function linesOf({ start, end, isEmpty }: vscode.Selection): LineRange {
  return { start: start.line, end: !isEmpty && end.character === 0 ? end.line : end.line + 1 };
}
