import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from '../support/paths';
import { scratchFolder } from '../support/scratch-folder';
import { bundleForExtensionHost, figuresOfExtensionHost } from './extension-host';
import { lineOf, type BenchLine } from './line';
import { writeMinimalExtension } from '../support/minimal-extension';
import { median } from './quantile';

/** Pairs of extensions in a window; the first pair warms up the host and is not counted. */
const pairs = 13;
const windows = 2;

/** The time of one activation in the extension host, in ms. */
export interface ActivationFigures {
  /** The CPU time of all threads of the process. */
  readonly cpu: number;
  readonly wall: number;
}

/**
 * CPU time of the activation in the real extension host, compared with an extension that does nothing. Both are
 * installed many times under different names and activated alternately, so that other processes disturb both equally.
 */
export async function benchActivation(): Promise<readonly BenchLine[]> {
  const script = await bundleForExtensionHost('activation-host');
  const ratios: number[] = [];
  const ownTimes: number[] = [];
  for (let window = 0; window < windows; window++) {
    const figures = await measure(script, installExtensions());
    for (let pair = 1; pair < pairs; pair++) {
      const [own, minimal] = [figures[ownId(pair)], figures[minimalId(pair)]];
      if (!own || !minimal) throw new Error('An extension was not measured.');
      ratios.push(own.cpu / minimal.cpu);
      ownTimes.push(own.cpu);
    }
  }
  const label = `CPU time of activation (${median(ownTimes).toFixed(1)} ms), compared with an extension that does nothing, median of ${ratios.length} pairs`;
  return [lineOf('P6', label, median(ratios), { goal: 1.3, limit: 3.2, unit: ' times' })];
}

function ownId(pair: number): string {
  return `o1mini${pair}.o1-mini-chat`;
}

function minimalId(pair: number): string {
  return `bench.minimal${pair}`;
}

/** Installs all extensions into a new folder. */
function installExtensions(): string {
  const folder = scratchFolder();
  for (let pair = 0; pair < pairs; pair++) {
    writeCopy(join(folder, ownId(pair)), `o1mini${pair}`);
    const id = minimalId(pair);
    const contribution = { activationEvents: [`onCommand:${id}`] };
    writeMinimalExtension(join(folder, id), id, 'exports.activate = () => undefined;\n', contribution);
  }
  return folder;
}

/**
 * Writes a copy of the extension that has its activation code and registers everything under another prefix. VS Code does
 * not activate it by itself.
 */
function writeCopy(folder: string, prefix: string): void {
  for (const path of ['media', 'package.nls.json']) {
    cpSync(inRepository(path), join(folder, path), { recursive: true });
  }
  mkdirSync(join(folder, 'dist'));
  for (const path of ['package.json', 'dist/extension.js']) {
    const text = readFileSync(inRepository(path), 'utf8');
    writeFileSync(join(folder, path), text.replaceAll('o1mini', prefix).replace('"onStartupFinished",', ''));
  }
}

function measure(
  script: string,
  extensionsDir: string,
): Promise<Readonly<Record<string, ActivationFigures>>> {
  const numbers = Array.from({ length: pairs }, (_, pair) => pair);
  // Each extension is the first of its pair half of the time.
  const names = numbers.flatMap((pair) =>
    pair % 2 === 0 ? [ownId(pair), minimalId(pair)] : [minimalId(pair), ownId(pair)],
  );
  return figuresOfExtensionHost<Readonly<Record<string, ActivationFigures>>>(
    script,
    join(extensionsDir, minimalId(0)),
    [`--extensions-dir=${extensionsDir}`],
    { O1MINI_ACTIVATE: names.join(',') },
  );
}
