import { readdirSync, statSync } from 'node:fs';
import { inRepository } from './paths';

/**
 * Limits of the scripts of the web extension, in KB: the main script, the script of the chat, and all of them. The goal
 * for all of them is lower (test/bench/sizes.ts); they must not grow further.
 */
export const webExtensionLimits = { activation: 20, chat: 164, all: 599 };

/** The scripts of the web extension, as paths in `dist`, and their sizes in bytes. */
export function webExtensionScripts(): {
  readonly files: readonly string[];
  readonly activation: number;
  readonly chat: number;
  readonly all: number;
} {
  const main = 'extension.web.js';
  const loaded = readdirSync(inRepository('dist/web'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => `web/${file}`);
  const files = [main, ...loaded];
  const size = (file: string): number => statSync(inRepository('dist', file)).size;
  return {
    files,
    activation: size(main),
    chat: size('web/chat.js'),
    all: files.reduce((total, file) => total + size(file), 0),
  };
}
