import * as vscode from 'vscode';
import { isKeyName, isMaskedKey, readPastedKey } from '../../core/privacy/pasted-key';
import { formatMessage } from '../../core/text/untrusted-text';

/** The key that the user has entered, and the message once it is stored, with {0} for its origin. */
interface EnteredKey {
  readonly key: string;
  readonly storedMessage: string;
}

/** Asks the user for the key of an origin; undefined when the user closes the box. */
export async function showApiKeyInput(
  origin: string,
  optional: 'optional' | undefined,
): Promise<EnteredKey | undefined> {
  const entered = await showInputBox(origin, optional);
  if (entered === undefined) return undefined;
  const { key, cleaned } = readPastedKey(entered);
  return { key, storedMessage: storedMessage(key, cleaned) };
}

function storedMessage(key: string, cleaned: boolean): string {
  if (key === '') return vscode.l10n.t('Requests to {0} are sent without an API key.');
  return cleaned
    ? vscode.l10n.t(
        'The API key for {0} was saved in VS Code\'s secret storage. Text pasted around the key, such as quotation marks, a variable name, or "Bearer", was removed.',
      )
    : vscode.l10n.t("The API key for {0} was saved in VS Code's secret storage.");
}

/** A warning that does not prevent continuing, because the key of a local gateway may be a word such as `NO_KEY`. */
function keyNameWarning(): vscode.InputBoxValidationMessage {
  return {
    message: vscode.l10n.t(
      'This looks like the name of a variable. Make sure that you have entered the API key itself.',
    ),
    severity: vscode.InputBoxValidationSeverity.Warning,
  };
}

function showInputBox(origin: string, optional: 'optional' | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: formatMessage(vscode.l10n.t('API key for {0}'), [origin]),
    prompt: formatMessage(
      optional
        ? vscode.l10n.t(
            "The API key is stored in VS Code's secret storage and sent only to {0}. Leave the box empty if the server does not need an API key.",
          )
        : vscode.l10n.t("The API key is stored in VS Code's secret storage and sent only to {0}."),
      [origin],
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => {
      const { key } = readPastedKey(value);
      if (key === '' && optional) return undefined;
      if (isMaskedKey(key)) {
        return vscode.l10n.t(
          'This is not the whole API key. Most services show a key only once, when it is created.',
        );
      }
      // The characters that a header can contain, not enclosed as in JSON and program code.
      if (!/^[\x21-\x7e]+$/.test(key) || /^(?:["'`{]|\$\{)|["'`}]$/.test(key)) {
        return vscode.l10n.t(
          'An API key cannot contain spaces, quotation marks, braces, or non-ASCII characters.',
        );
      }
      return isKeyName(key) ? keyNameWarning() : undefined;
    },
  });
}
