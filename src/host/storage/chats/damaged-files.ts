import * as vscode from 'vscode';
import { errorMessage, showError, showWarning, whenPressed } from '../../notifications';
import type { DamagedFile } from './chat-files';

/** Shows which files were set aside, and lets the user look at them. */
export function showDamagedFiles(files: readonly DamagedFile[]): void {
  const [first] = files;
  if (!first) return;
  const button = vscode.l10n.t('Show File');
  const folder = folderOf(first.path);
  const message =
    files.length === 1
      ? showWarning(
          vscode.l10n.t(
            'The chat file {0} is damaged. It was moved to {1}; your other chats are not affected.',
          ),
          [first.name, folder],
          button,
        )
      : showWarning(
          vscode.l10n.t(
            '{0} chat files are damaged. They were moved to {1}; your other chats are not affected.',
          ),
          [files.length, folder],
          button,
        );
  whenPressed(message, button, () => revealFile(first.path));
}

/** Shows a file where the user can copy it: in the file manager or, where VS Code has none, in an editor. */
export async function revealFile(path: string): Promise<void> {
  try {
    const uri = /^[\w-]{2,}:/.test(path) ? vscode.Uri.parse(path) : vscode.Uri.file(path);
    const isLocal = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
    if (isLocal && uri.scheme === 'file') await vscode.commands.executeCommand('revealFileInOS', uri);
    else await vscode.commands.executeCommand('vscode.open', uri);
  } catch (error) {
    void showError(vscode.l10n.t('Could not show {0}: {1}'), [path, errorMessage(error)]);
  }
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '');
}
