import { l10n } from 'vscode';
import { fileErrorKind } from '../../core/file-folder';

/**
 * Runs an action that writes a file. If the disk is full or read-only, rejects with an error that says so to the user.
 *
 * @param path of the file or folder that is written
 */
export async function describingWriteErrors<T>(path: string, write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    const reason = reasonOf(cause, path);
    throw reason === undefined ? cause : new Error(reason, { cause });
  }
}

function reasonOf(error: unknown, path: string): string | undefined {
  switch (fileErrorKind(error)) {
    case 'full':
      return l10n.t('The disk is full. Free some space, then try again.');
    case 'read-only':
      return l10n.t('VS Code has no permission to write to {0}.', path);
    default:
      return undefined;
  }
}
