import * as vscode from 'vscode';
import { sanitizeLine } from '../../../core/text/untrusted-text';
import type { AttachedCode } from './attached-code';

/**
 * The code that an action is for, of all the code that a question is about. The user chooses if there are several pieces.
 *
 * @returns undefined if the user chooses none
 */
export async function chooseAttachedCode(
  pieces: readonly AttachedCode[],
  placeHolder: string,
): Promise<AttachedCode | undefined> {
  const [first, ...others] = pieces;
  if (others.length === 0) return first;
  const items = pieces.map((attachedCode) => ({
    label: sanitizeLine(labelOf(attachedCode, pieces)),
    description: sanitizeLine(attachedCode.content),
    attachedCode,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Code in the Question'),
    placeHolder,
  });
  return chosen?.attachedCode;
}

/** The label of the attachment, with the column if several pieces are in the same lines. */
function labelOf({ attachment: { label }, column }: AttachedCode, pieces: readonly AttachedCode[]): string {
  const isRepeated = pieces.filter(({ attachment }) => attachment.label === label).length > 1;
  return isRepeated && column !== undefined ? `${label}:${column + 1}` : label;
}
