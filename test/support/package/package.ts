import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { inRepository } from '../paths';
import { scratchFolder } from '../scratch-folder';
import {
  billOfMaterials,
  type BundledLibrary,
  type ExtensionManifest,
  type LockFile,
} from './bill-of-materials';
import { reproducibleZip } from './reproducible-zip';

/** A package and its bill of materials, as bytes and text. */
export interface BuiltPackage {
  readonly name: string;
  readonly vsix: Buffer;
  readonly bill: string;
}

/**
 * Builds the extension and packages it. The same sources give the same bytes, on any machine with the same
 * versions of Node and of the libraries.
 */
export async function buildPackage(): Promise<BuiltPackage> {
  const packagePath = join(scratchFolder(), 'package.vsix');
  await createVSIX({
    cwd: inRepository(),
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const date = sourceDate();
  const vsix = await reproducibleZip(readFileSync(packagePath), date);
  rmSync(packagePath);
  const manifest = read('package.json') as ExtensionManifest;
  const bill = billOfMaterials({
    manifest,
    vsix,
    date,
    libraries: read('out', 'bundled-libraries.json') as readonly BundledLibrary[],
    lock: read('package-lock.json') as LockFile,
  });
  return { name: `${manifest.name}-${manifest.version}`, vsix, bill };
}

/** Writes the package and its bill of materials to a folder, and returns their paths. */
export async function writePackage(
  folder: string,
): Promise<{ readonly vsix: string; readonly bill: string }> {
  const { name, vsix, bill } = await buildPackage();
  const paths = { vsix: join(folder, `${name}.vsix`), bill: join(folder, `${name}.cdx.json`) };
  writeFileSync(paths.vsix, vsix);
  writeFileSync(paths.bill, bill);
  return paths;
}

/**
 * The date of all files in the package: SOURCE_DATE_EPOCH in seconds, otherwise the date of the commit, otherwise the
 * earliest date of a zip file. Source: https://reproducible-builds.org/specs/source-date-epoch/
 */
function sourceDate(): Date {
  const seconds = process.env.SOURCE_DATE_EPOCH ?? commitDate() ?? '315532800';
  return new Date(Number(seconds) * 1000);
}

function commitDate(): string | undefined {
  try {
    return execFileSync('git', ['log', '-1', '--format=%ct'], {
      cwd: inRepository(),
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined;
  }
}

function read(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(inRepository(...path), 'utf8'));
}
