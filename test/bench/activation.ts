import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { inRepository } from '../support/paths';
import { runQuietly } from '../support/process-group';
import { quietSettings } from '../support/quiet-settings';
import { copyOfFolder, scratchFolder, writeSettings } from '../support/scratch-folder';
import { lineOf, type BenchLine } from './line';
import { median } from './quantile';

/** Pairs in a window; the first one warms the host up and does not count. */
const pairs = 13;
const windows = 2;

/** What one activation took in the extension host, in ms. */
export interface ActivationFigures {
  /** Of all threads of the process. */
  readonly cpu: number;
  readonly wall: number;
}

/**
 * CPU of activation in the real extension host, against an extension that does nothing. Both are installed many
 * times under other names, and activated in turns: what the machine does besides befalls both alike.
 */
export async function benchActivation(): Promise<readonly BenchLine[]> {
  const tests = await bundleTests();
  const ratios: number[] = [];
  const own: number[] = [];
  for (let window = 0; window < windows; window++) {
    const figures = await measure(tests, installed());
    for (let pair = 1; pair < pairs; pair++) {
      const [ours, minimal] = [figures[oursOf(pair)], figures[minimalOf(pair)]];
      if (!ours || !minimal) throw new Error('An extension was not activated.');
      ratios.push(ours.cpu / minimal.cpu);
      own.push(ours.cpu);
    }
  }
  const what = `CPU of activation (${median(own).toFixed(1)} ms), against an extension that does nothing, median of ${ratios.length} pairs`;
  return [lineOf('P6', what, median(ratios), { goal: 1.3, limit: 2.4, unit: ' times' })];
}

function oursOf(pair: number): string {
  return `o1mini${pair}.o1-mini-chat`;
}

function minimalOf(pair: number): string {
  return `bench.minimal${pair}`;
}

async function bundleTests(): Promise<string> {
  const outfile = inRepository('out/bench/activation-host.cjs');
  await build({
    entryPoints: [inRepository('test/bench/activation-host.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}

/** A folder with all the extensions. */
function installed(): string {
  const folder = scratchFolder();
  for (let pair = 0; pair < pairs; pair++) {
    writeCopy(join(folder, oursOf(pair)), `o1mini${pair}`);
    writeMinimal(join(folder, minimalOf(pair)), minimalOf(pair));
  }
  return folder;
}

/** Our extension as it is at activation, with all that it registers under another name. */
function writeCopy(folder: string, prefix: string): void {
  for (const path of ['media', 'package.nls.json']) {
    cpSync(inRepository(path), join(folder, path), { recursive: true });
  }
  mkdirSync(join(folder, 'dist'));
  for (const path of ['package.json', 'dist/extension.js']) {
    const text = readFileSync(inRepository(path), 'utf8');
    writeFileSync(join(folder, path), text.replaceAll('o1mini', prefix));
  }
}

function writeMinimal(folder: string, id: string): void {
  const [publisher, name] = id.split('.');
  mkdirSync(folder);
  const manifest = {
    publisher,
    name,
    version: '0.0.1',
    engines: { vscode: '^1.90.0' },
    main: './main.js',
    activationEvents: [`onCommand:${id}`],
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.js'), 'exports.activate = () => undefined;\n');
}

async function measure(
  tests: string,
  extensionsDir: string,
): Promise<Readonly<Record<string, ActivationFigures>>> {
  const userData = scratchFolder();
  const file = join(userData, 'figures.json');
  writeSettings(join(userData, 'User', 'settings.json'), quietSettings);
  const all = Array.from({ length: pairs }, (_, pair) => pair);
  // Each is the first of its pair half of the times.
  const names = all.flatMap((pair) =>
    pair % 2 === 0 ? [oursOf(pair), minimalOf(pair)] : [minimalOf(pair), oursOf(pair)],
  );
  await runQuietly(
    inRepository('test/support/vscode-launcher'),
    [
      copyOfFolder(),
      `--extensionDevelopmentPath=${join(extensionsDir, minimalOf(0))}`,
      `--extensionTestsPath=${tests}`,
      `--user-data-dir=${userData}`,
      `--extensions-dir=${extensionsDir}`,
    ],
    { env: { ...process.env, O1MINI_ACTIVATE: names.join(','), O1MINI_FIGURES: file } },
  );
  return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, ActivationFigures>>;
}
