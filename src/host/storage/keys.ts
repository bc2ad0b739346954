import * as vscode from 'vscode';
import { readPastedKey } from '../../core/privacy/pasted-key';
import { formatMessage } from '../../core/text/untrusted-text';
import { showInformation } from '../notifications';

/** API keys in VS Code's SecretStorage, each kept for the origin it was entered for. */
export interface KeyStore {
  get(origin: string): Thenable<string | undefined>;
  /**
   * Asks the user for the key of an origin and keeps it; undefined when the user closes the box.
   *
   * @param optional whether the box may be left empty, as a server on a private network may need no key; the key is
   *   then an empty text
   */
  ask(origin: string, optional?: 'optional'): Promise<string | undefined>;
  delete(origin: string): Promise<void>;
  /** A key was set or deleted, in this window or another. */
  readonly onDidChange: vscode.Event<unknown>;
}

export function createKeyStore(secrets: vscode.SecretStorage): KeyStore {
  const nameOf = (origin: string): string => `o1mini.key:${origin}`;
  return {
    onDidChange: secrets.onDidChange,
    get: (origin) => secrets.get(nameOf(origin)),
    async ask(origin, optional) {
      const entered = await showKeyBox(origin, optional);
      if (entered === undefined) return undefined;
      const { key, cleaned } = readPastedKey(entered);
      await secrets.store(nameOf(origin), key);
      void showInformation(storedText(key, cleaned), [origin]);
      return key;
    },
    async delete(origin) {
      const known = (await secrets.get(nameOf(origin))) !== undefined;
      await secrets.delete(nameOf(origin));
      const text = known
        ? vscode.l10n.t('The API key for {0} was deleted.')
        : vscode.l10n.t('There is no API key for {0}.');
      void showInformation(text, [origin]);
    },
  };
}

function storedText(key: string, cleaned: boolean): string {
  if (key === '') return vscode.l10n.t('Requests to {0} are sent without an API key.');
  return cleaned
    ? vscode.l10n.t(
        'The API key for {0} was saved in VS Code\'s secret storage. Text pasted around the key, such as quotation marks, a variable name, or "Bearer", was removed.',
      )
    : vscode.l10n.t("The API key for {0} was saved in VS Code's secret storage.");
}

function showKeyBox(origin: string, optional: 'optional' | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: formatMessage(vscode.l10n.t('API key for {0}'), [origin]),
    prompt: formatMessage(
      optional
        ? vscode.l10n.t(
            "The key is stored in VS Code's secret storage and sent only to {0}. Leave the box empty if the server does not need a key.",
          )
        : vscode.l10n.t("The key is stored in VS Code's secret storage and sent only to {0}."),
      [origin],
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => {
      const { key } = readPastedKey(value);
      if (key === '' && optional) return undefined;
      // The characters that a header can contain.
      return /^[\x21-\x7e]+$/.test(key)
        ? undefined
        : vscode.l10n.t('An API key cannot contain spaces or non-ASCII characters.');
    },
  });
}
