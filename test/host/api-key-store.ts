import * as vscode from 'vscode';
import type { ApiKeyStore } from '../../src/host/storage/api-key-store';

/** A store with one key for all services, and a user who enters a key or cancels when asked for one. */
export function apiKeyStore(
  storedKey: () => string | undefined = () => undefined,
  enteredKey: () => string | undefined = () => undefined,
): ApiKeyStore {
  return {
    get: () => Promise.resolve(storedKey()),
    ask: () => Promise.resolve(enteredKey()),
    delete: () => Promise.resolve(),
    onDidChange: new vscode.EventEmitter<unknown>().event,
  };
}
