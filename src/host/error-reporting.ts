import * as vscode from 'vscode';
import { formatMessage } from '../core/text/untrusted-text';
import { errorMessage, showError } from './notifications';

/**
 * Tells the user that an action failed, and why. VS Code would show the bare message of the error, in which links of
 * untrusted text work.
 *
 * @param action the name of its command or button
 */
export function reportFailure(action: string, error: unknown, log: vscode.LogOutputChannel): void {
  if (error instanceof vscode.CancellationError) return;
  const values = [action, errorMessage(error)];
  log.error(formatMessage('{0} failed: {1}', values));
  void showError(vscode.l10n.t('{0} failed: {1}'), values);
}

/** Logs the rejection of a promise that is not awaited, where the user has asked for nothing. */
export function logTo(log: vscode.LogOutputChannel, action: string): (error: unknown) => void {
  return (error) => log.error(formatMessage('{0} failed: {1}', [action, errorMessage(error)]));
}

/** Reports the rejection of a promise that is not awaited. */
export function reportTo(log: vscode.LogOutputChannel, action: string): (error: unknown) => void {
  return (error) => reportFailure(action, error, log);
}
