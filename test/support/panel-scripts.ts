import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { inRepository } from './paths';

/** Limits of the compressed scripts, in KB. The goal for all of them is lower (test/bench/sizes.ts). */
export const panelScriptLimits = { first: 80, all: 226 };

/** The compressed sizes in bytes of the scripts that the panel needs to start, and of all its scripts. */
export function panelScripts(): { readonly first: number; readonly all: number } {
  const size = (file: string): number =>
    gzipSync(readFileSync(inRepository('dist/webview', file)), { level: 9 }).length;
  const main = readFileSync(inRepository('dist/webview/main.js'), 'utf8');
  const chunks = readdirSync(inRepository('dist/webview/chunks')).map((file) => `chunks/${file}`);
  // Chunks that main.js imports statically are needed to start.
  const atOnce = chunks.filter(
    (file) => main.includes(`from"./${file}"`) || main.includes(`import"./${file}"`),
  );
  const sum = (files: readonly string[]): number => files.reduce((total, file) => total + size(file), 0);
  return { first: sum(['main.js', ...atOnce]), all: sum(['main.js', ...chunks]) };
}
