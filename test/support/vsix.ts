import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { writePackage } from './package/package';
import { inRepository } from './paths';
import { runQuietly } from './process-group';
import { scratchFolder } from './scratch-folder';
import { installServer } from './server-install';

/** The files that the package holds. */
export function packagedFiles(): Promise<readonly string[]> {
  return listFiles({ cwd: inRepository(), packageManager: PackageManager.None });
}

/** Packages the extension as it is built and installs it into the server host; the folder it is then in. */
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
