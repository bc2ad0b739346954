import * as vscode from 'vscode';
import { errorMessage, showError } from '../notifications';

/** VS Code's own storage can fail; the question must not wait for it forever. */
export function notSent(error: unknown, log: vscode.LogOutputChannel): 'kept' {
  log.error(`The question was not sent: ${String(error)}`);
  void showError(vscode.l10n.t('The question was not sent: {0}'), [errorMessage(error)]);
  return 'kept';
}
