import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { writePackage } from './package/package';
import { inRepository } from './paths';
import { runQuietly } from './process-group';
import { scratchFolder } from './scratch-folder';
import { installServer } from './server-install';

/** The files in the package. */
export function packagedFiles(): Promise<readonly string[]> {
  return listFiles({ cwd: inRepository(), packageManager: PackageManager.None });
}

/** Packages the built extension, installs it for the server, and returns the folder of extensions. */
export async function installPackage(): Promise<string> {
  const folder = scratchFolder();
  const { vsix } = await writePackage(folder);
  const { node, main } = await installServer();
  const extensionsDir = join(folder, 'extensions');
  await runQuietly(
    node,
    [main, '--install-extension', vsix, '--extensions-dir', extensionsDir, '--accept-server-license-terms'],
    { cwd: folder, env: process.env },
  );
  return extensionsDir;
}
