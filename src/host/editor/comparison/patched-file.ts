import * as vscode from 'vscode';
import { hunksOfPatch, isDiffLanguage } from '../../../core/text/excerpts/patches';
import { placementOf } from '../../../core/text/excerpts/placement';
import type { CodeBlock } from '../../../core/text/fences/fence';
import { applyOffsetEdits } from '../../../core/text/offset-edits';
import { showWarning } from '../../notifications';
import { confirmBlock } from '../confirm-hidden-characters';
import { openInNewFile } from '../new-file';
import { offerUnplacedCode } from './code-placement';

/** Whether a patch has no lines to compare. The user is then told why. */
export function refusePatch({ code, language }: CodeBlock, label: string): boolean {
  if (hunksOfPatch(code, isDiffLanguage(language))?.length !== 0) return false;
  const text = vscode.l10n.t(
    'The patch for {0} contains no lines that can be compared. It may rename, delete, or replace the file as a whole.',
  );
  void showWarning(text, [label]);
  return true;
}

/** Opens the file that a patch creates; a patch for a file that was not found can be opened itself. */
export async function openPatchedFile(
  block: CodeBlock,
  label: string,
  uri: vscode.Uri | undefined,
): Promise<void> {
  const isDiff = isDiffLanguage(block.language);
  const placement = placementOf('', { code: block.code, isDiff, extent: 'file', path: label });
  if (placement.kind === 'parts')
    return openInNewFile({ code: applyOffsetEdits('', placement.offsetEdits), language: label }, uri);
  const agreed = await confirmBlock(block, 'compare');
  if (agreed) await offerUnplacedCode(agreed, label);
}
