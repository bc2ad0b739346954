import * as vscode from 'vscode';
import { lazy } from '../../core/lazy';
import type { TokenCounter } from '../../core/tokens/token-counter';
import type { Platform } from '../platform';
import { yieldNow } from '../time-slices';

/** A rule of thumb for texts that cannot be counted. */
const CHARACTERS_PER_TOKEN = 4;

/** Counts tokens. The code and the table are loaded from the package with the first count. */
export function createPackagedTokenCounter(
  extensionUri: vscode.Uri,
  loadTokenizer: Platform['loadTokenizer'],
  log: vscode.LogOutputChannel,
): TokenCounter {
  const file = vscode.Uri.joinPath(extensionUri, 'dist', 'o200k_base.json');
  let warned = false;

  const load = lazy(async () => {
    const { createTokenCounter } = await loadTokenizer();
    return createTokenCounter(async () => vscode.workspace.fs.readFile(file), yieldNow);
  });

  return {
    async count(text) {
      try {
        const counter = await load();
        return await counter.count(text);
      } catch (error) {
        // The user gets an answer even where tokens can only be estimated.
        if (!warned)
          log.warn(`Token counts are estimated because the table cannot be read: ${String(error)}`);
        warned = true;
        return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
      }
    },
  };
}
