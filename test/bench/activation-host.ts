import { writeFileSync } from 'node:fs';
import { extensions } from 'vscode';

/** Called by VS Code in its extension host: writes how many milliseconds it takes to activate an extension. */
export async function run(): Promise<void> {
  const { O1MINI_ACTIVATE: name = '', O1MINI_FIGURE: file = '' } = process.env;
  // The first that a host activates takes longer, whichever it is.
  await extensions.getExtension('bench.first')?.activate();
  const extension = extensions.getExtension(name);
  if (!extension) throw new Error(`There is no ${name}.`);
  if (extension.isActive) throw new Error(`${name} is active at start-up.`);
  const start = performance.now();
  await extension.activate();
  writeFileSync(file, String(performance.now() - start));
}
