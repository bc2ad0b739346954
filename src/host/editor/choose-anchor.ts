import * as vscode from 'vscode';
import { sanitizeLine } from '../../core/text/untrusted-text';
import type { Anchor } from './question-anchors';

/**
 * The code that an action is for, of all the code that a question is about. The user chooses if there are several pieces.
 *
 * @returns undefined if the user chooses none
 */
export async function chooseAnchor(anchors: readonly Anchor[]): Promise<Anchor | undefined> {
  const [first, ...others] = anchors;
  if (others.length === 0) return first;
  const items = anchors.map((anchor) => ({
    label: sanitizeLine(anchor.attachment.label),
    description: sanitizeLine(anchor.content.trimStart()),
    anchor,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Code of the Question'),
    placeHolder: vscode.l10n.t('Select the code that the answer is to replace.'),
  });
  return chosen?.anchor;
}
