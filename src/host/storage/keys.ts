import * as vscode from 'vscode';
import { fillIn } from '../../core/text/inert';
import { showInformation } from '../notifications';

/** API keys in VS Code's SecretStorage, each kept for the origin it was entered for. */
export interface KeyStore {
  get(origin: string): Thenable<string | undefined>;
  /** Asks the user for the key of an origin and keeps it; undefined when the user would rather not. */
  ask(origin: string): Promise<string | undefined>;
  delete(origin: string): Promise<void>;
  /** A key was set or deleted, in this window or another. */
  readonly onDidChange: vscode.Event<unknown>;
}

export function createKeyStore(secrets: vscode.SecretStorage): KeyStore {
  const nameOf = (origin: string): string => `o1mini.key:${origin}`;
  return {
    onDidChange: secrets.onDidChange,
    get: (origin) => secrets.get(nameOf(origin)),
    async ask(origin) {
      const key = (await showKeyBox(origin))?.trim();
      if (key === undefined) return undefined;
      await secrets.store(nameOf(origin), key);
      void showInformation(vscode.l10n.t("The API key for {0} is kept in VS Code's secret storage."), [
        origin,
      ]);
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

function showKeyBox(origin: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: fillIn(vscode.l10n.t('API key for {0}'), [origin]),
    prompt: fillIn(vscode.l10n.t('It is kept in secret storage and sent to {0} only.'), [origin]),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      // What a header can carry; a key pasted with its line end is trimmed.
      /^[\x21-\x7e]+$/.test(value.trim())
        ? undefined
        : vscode.l10n.t('A key has no spaces and no characters beyond ASCII.'),
  });
}
