import * as vscode from 'vscode';
import type { ApiKeyStore } from '../../src/host/storage/api-key-store';

/** A store with the key that is known by then, and a user who enters this or nothing. */
export function keyStore(
  now: () => readonly [known: string | undefined, entered: string | undefined],
): ApiKeyStore {
  return {
    get: () => Promise.resolve(now()[0]),
    ask: () => Promise.resolve(now()[1]),
    delete: () => Promise.resolve(),
    onDidChange: new vscode.EventEmitter<unknown>().event,
  };
}
