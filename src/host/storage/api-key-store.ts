import * as vscode from 'vscode';
import { showInformation } from '../notifications';

/** API keys in VS Code's SecretStorage, each kept for the origin it was entered for. */
export interface ApiKeyStore {
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

export function createApiKeyStore(secrets: vscode.SecretStorage): ApiKeyStore {
  const nameOf = (origin: string): string => `o1mini.key:${origin}`;
  return {
    onDidChange: secrets.onDidChange,
    get: (origin) => secrets.get(nameOf(origin)),
    async ask(origin, optional) {
      const { showApiKeyInput } = await import('./api-key-input');
      const entered = await showApiKeyInput(origin, optional);
      if (!entered) return undefined;
      await secrets.store(nameOf(origin), entered.key);
      // Completes a step of the walkthrough.
      void vscode.commands.executeCommand('setContext', 'o1mini.hasApiKey', true);
      void showInformation(entered.storedMessage, [origin]);
      return entered.key;
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
