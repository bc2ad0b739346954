import type * as vscode from 'vscode';
import type { Replacement } from './fitting';

/**
 * Puts texts in place of others, in one step of undo. Resolves with false where the editor is closed meanwhile, or its
 * document has changed; of one that the user may not write in VS Code says true, and changes nothing.
 */
export async function replaceTexts(
  editor: vscode.TextEditor,
  replacements: readonly Replacement[],
): Promise<boolean> {
  return editor
    .edit((builder) => {
      for (const { range, text } of replacements) builder.replace(range, text);
    })
    .then(undefined, () => false);
}
