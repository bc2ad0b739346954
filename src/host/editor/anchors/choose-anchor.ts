import * as vscode from 'vscode';
import { sanitizeLine } from '../../../core/text/untrusted-text';
import type { Anchor } from './question-anchors';

/**
 * The code that an action is for, of all the code that a question is about. The user chooses if there are several pieces.
 *
 * @returns undefined if the user chooses none
 */
export async function chooseAnchor(
  anchors: readonly Anchor[],
  placeHolder: string,
): Promise<Anchor | undefined> {
  const [first, ...others] = anchors;
  if (others.length === 0) return first;
  const items = anchors.map((anchor) => ({
    label: sanitizeLine(labelOf(anchor, anchors)),
    description: sanitizeLine(anchor.content),
    anchor,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Code in the Question'),
    placeHolder,
  });
  return chosen?.anchor;
}

/** The label of the attachment, with the column if several pieces are in the same lines. */
function labelOf({ attachment: { label }, column }: Anchor, anchors: readonly Anchor[]): string {
  const isRepeated = anchors.filter(({ attachment }) => attachment.label === label).length > 1;
  return isRepeated && column !== undefined ? `${label}:${column + 1}` : label;
}
