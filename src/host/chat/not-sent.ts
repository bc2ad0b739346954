import * as vscode from 'vscode';

/** VS Code's own storage can fail; the question must not wait for it forever. */
export function notSent(error: unknown, log: vscode.LogOutputChannel): 'kept' {
  log.error(`The question was not sent: ${String(error)}`);
  void vscode.window.showErrorMessage(vscode.l10n.t('The question was not sent: {0}', String(error)));
  return 'kept';
}
