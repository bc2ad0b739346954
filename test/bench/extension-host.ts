import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from '../support/paths';
import { runQuietly } from '../support/process-group';
import { quietSettings } from '../support/quiet-settings';
import { copyOfFolder, scratchFolder, writeSettings } from '../support/scratch-folder';
import { bundleScript } from './bundle-script';

/** Bundles a script of this folder that runs in the extension host, and returns its path. */
export function bundleForExtensionHost(name: string): Promise<string> {
  return bundleScript(name, { external: ['vscode'] });
}

/**
 * Runs a script in the extension host of a new window.
 *
 * @param script with an exported function `run`, which writes its figures as JSON to the file O1MINI_FIGURES
 * @param extension the folder of an extension, which VS Code needs to run a script
 * @param options further command-line options of VS Code
 */
export async function figuresOfExtensionHost<T>(
  script: string,
  extension: string,
  options: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const userData = scratchFolder();
  writeSettings(join(userData, 'User', 'settings.json'), quietSettings);
  const file = join(userData, 'figures.json');
  await runQuietly(
    inRepository('test/support/vscode-launcher'),
    [
      copyOfFolder(),
      `--extensionDevelopmentPath=${extension}`,
      `--extensionTestsPath=${script}`,
      `--user-data-dir=${userData}`,
      ...options,
    ],
    { env: { ...process.env, ...env, O1MINI_FIGURES: file } },
  );
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
