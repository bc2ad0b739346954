import * as vscode from 'vscode';
import { lazy } from '../../core/lazy';
import type { TokenCounter } from '../../core/tokens/count';
import { systemClock } from '../clock';
import type { Platform } from '../platform';

/** Four characters are a token, by rule of thumb. */
const charactersPerToken = 4;

/** Counts tokens, with code and table that are read from the package when a count is first asked for. */
export function createPackagedTokenCounter(
  extensionUri: vscode.Uri,
  loadTokenizer: Platform['loadTokenizer'],
  log: vscode.LogOutputChannel,
): TokenCounter {
  const file = vscode.Uri.joinPath(extensionUri, 'dist', 'o200k_base.json');
  let warned = false;

  const load = lazy(async () => {
    const { createTokenCounter } = await loadTokenizer();
    return createTokenCounter(
      async () => vscode.workspace.fs.readFile(file),
      () => new Promise((resolve) => void systemClock.after(0, resolve)),
    );
  });

  return {
    async count(text) {
      try {
        const counter = await load();
        return await counter.count(text);
      } catch (error) {
        // A count that is not exact must not stand between the user and the answer.
        if (!warned) log.warn(`Tokens are estimated, as their table cannot be read: ${String(error)}`);
        warned = true;
        return Math.ceil(text.length / charactersPerToken);
      }
    },
  };
}
