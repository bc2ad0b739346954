import type * as vscode from 'vscode';
import { hunksOf, touches, type Hunk, type LineRange } from '../../core/text/hunks';
import type { ProposedChange } from './proposed-change';

/** The differences that are selected on either side of a comparison. A cursor selects the one at its line. */
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
  return hunksOf(before, after).filter((hunk) => lines.some((selected) => touches(selected, hunk[side])));
}

/** A selection that ends before the first character of a line does not include it. */
function linesOf({ start, end, isEmpty }: vscode.Selection): LineRange {
  return { start: start.line, end: !isEmpty && end.character === 0 ? end.line : end.line + 1 };
}
