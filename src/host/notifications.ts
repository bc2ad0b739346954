/**
 * The only file that shows messages of VS Code, because VS Code turns `[text](command:…)` in a message into a link that
 * runs the command. Untrusted text (from files, servers, Git and answers) must be passed as a value: values are
 * shortened, and links and icons in them are broken.
 */
import { l10n, ProgressLocation, window } from 'vscode';
import { formatMessage, sanitizeLines, type MessageValue } from '../core/text/untrusted-text';
import { withAbortSignal } from './cancellation';

/** VS Code itself cuts a notification here, in UTF-16 units. */
const MAX_MESSAGE_LENGTH = 1000;
/** Longest explanation in a dialog, in UTF-16 units; a window shows less. */
const MAX_DETAIL_LENGTH = 4000;

/**
 * Shows a notification.
 *
 * @param text a localized text with `{0}`, `{1}` … in the places of the values
 * @returns the button that was pressed; undefined when the notification was closed
 */
export function showInformation<B extends string>(
  text: string,
  values: readonly MessageValue[] = [],
  ...buttons: readonly B[]
): Thenable<B | undefined> {
  return window.showInformationMessage(messageOf(text, values), ...buttons);
}

/** Shows a notification as {@link showInformation} does, as a warning. */
export function showWarning<B extends string>(
  text: string,
  values: readonly MessageValue[] = [],
  ...buttons: readonly B[]
): Thenable<B | undefined> {
  return window.showWarningMessage(messageOf(text, values), ...buttons);
}

/** Shows a notification as {@link showInformation} does, as an error. */
export function showError<B extends string>(
  text: string,
  values: readonly MessageValue[] = [],
  ...buttons: readonly B[]
): Thenable<B | undefined> {
  return window.showErrorMessage(messageOf(text, values), ...buttons);
}

/** Does something when a button of a notification is pressed; where that fails, the user is told. */
export function whenPressed<B extends string>(
  pressed: Thenable<B | undefined>,
  button: B,
  action: () => unknown,
): void {
  pressed
    .then((choice) => (choice === button ? action() : undefined))
    .then(undefined, (error: unknown) => {
      void showError(l10n.t('{0} failed: {1}'), [button, errorMessage(error)]);
    });
}

/** The content of a modal dialog. */
export interface Dialog<B extends string> {
  readonly severity: 'information' | 'warning';
  readonly text: string;
  /** Untrusted values for the placeholders of the text. */
  readonly values?: readonly MessageValue[];
  /** An explanation in paragraphs. Links and icons in it are broken. */
  readonly detail: string;
  /** VS Code adds Cancel. */
  readonly buttons: readonly B[];
}

/** Asks in a modal dialog; undefined when the user cancels it. */
export function showDialog<B extends string>(dialog: Dialog<B>): Thenable<B | undefined> {
  const message = messageOf(dialog.text, dialog.values ?? []);
  const options = { modal: true, detail: sanitizeLines(dialog.detail, MAX_DETAIL_LENGTH) };
  return dialog.severity === 'warning'
    ? window.showWarningMessage(message, options, ...dialog.buttons)
    : window.showInformationMessage(message, options, ...dialog.buttons);
}

/**
 * Shows a notification with a button to cancel while something runs.
 *
 * @param title a localized text without values
 */
export function withCancelButton<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const options = { location: ProgressLocation.Notification, title: messageOf(title, []), cancellable: true };
  return window.withProgress(options, (_, token) => withAbortSignal(token, run));
}

/** The message of an error that was thrown, as a value. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function messageOf(text: string, values: readonly MessageValue[]): string {
  return sanitizeLines(formatMessage(text, values), MAX_MESSAGE_LENGTH);
}
