import { l10n, window } from 'vscode';
import { formatMessage, escapeText, type MessageValue } from '../core/text/untrusted-text';

/**
 * The only place that shows messages of VS Code, because VS Code turns `[text](command:…)` in them into links that run
 * the command on a click. Foreign text (of files, servers, git, answers and their names) must come as a value: the
 * values are made inert and are bounded.
 */

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
  /** Foreign values of the text. */
  readonly values?: readonly MessageValue[];
  /** An explanation in paragraphs; foreign values in it are put in by `fillIn`. */
  readonly detail: string;
  /** VS Code adds Cancel. */
  readonly buttons: readonly B[];
}

/** Asks in a modal dialog; undefined when the user cancels it. */
export function showDialog<B extends string>(dialog: Dialog<B>): Thenable<B | undefined> {
  const message = messageOf(dialog.text, dialog.values ?? []);
  const options = { modal: true, detail: escapeText(dialog.detail, MAX_DETAIL_LENGTH) };
  return dialog.severity === 'warning'
    ? window.showWarningMessage(message, options, ...dialog.buttons)
    : window.showInformationMessage(message, options, ...dialog.buttons);
}

/** The message of an error that was thrown, as a value. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function messageOf(text: string, values: readonly MessageValue[]): string {
  return escapeText(formatMessage(text, values), MAX_MESSAGE_LENGTH);
}
