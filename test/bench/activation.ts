import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { inRepository } from '../support/paths';
import { runQuietly } from '../support/process-group';
import { quietSettings } from '../support/quiet-settings';
import { copyOfFolder, scratchFolder, writeSettings } from '../support/scratch-folder';
import { packagedFiles } from '../support/vsix';
import type { BenchLine } from './line';
import { median } from './quantile';

const rounds = 10;
/** Of the time that an extension takes which does nothing. */
const limit = 1.5;

const ours = 'o1mini.o1-mini-chat';
const minimal = 'bench.minimal';
/** What the extension host is opened with. */
const first = 'bench.first';

/** Activation in the real extension host, beside that of an extension that does nothing, each in windows of its own. */
export async function benchActivation(): Promise<readonly BenchLine[]> {
  const [tests, extensionsDir] = await Promise.all([bundleTests(), installed()]);
  const times: Record<string, number[]> = { [ours]: [], [minimal]: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [name, each] of Object.entries(times)) each.push(await measure(tests, extensionsDir, name));
  }
  const [mine, least] = [median(times[ours] ?? []), median(times[minimal] ?? [])];
  return [
    {
      text:
        `Activation while the window starts, median of ${rounds}: ${mine.toFixed(0)} ms, of an extension that does ` +
        `nothing ${least.toFixed(0)} ms: ${(mine / least).toFixed(2)} times (limit ${limit})`,
      reached: mine / least <= limit,
    },
  ];
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

/** The files of the package in a folder of extensions, and two extensions that do nothing. */
async function installed(): Promise<string> {
  const extensionsDir = scratchFolder();
  for (const file of await packagedFiles()) {
    cpSync(inRepository(file), join(extensionsDir, ours, file), { recursive: true });
  }
  for (const name of [first, minimal]) writeIdle(join(extensionsDir, name), name);
  return extensionsDir;
}

function writeIdle(folder: string, id: string): void {
  const [publisher, name] = id.split('.');
  mkdirSync(folder);
  const manifest = {
    ...{ publisher, name, version: '0.0.1', engines: { vscode: '^1.90.0' } },
    ...{ main: './main.js', activationEvents: [`onCommand:${id}`] },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.js'), 'exports.activate = () => undefined;\n');
}

/** Milliseconds. */
async function measure(tests: string, extensionsDir: string, name: string): Promise<number> {
  const userData = scratchFolder();
  const figure = join(userData, 'figure.txt');
  writeSettings(join(userData, 'User', 'settings.json'), quietSettings);
  await runQuietly(
    inRepository('test/support/vscode-launcher'),
    [
      copyOfFolder(),
      `--extensionDevelopmentPath=${join(extensionsDir, first)}`,
      `--extensionTestsPath=${tests}`,
      `--user-data-dir=${userData}`,
      `--extensions-dir=${extensionsDir}`,
    ],
    { env: { ...process.env, O1MINI_ACTIVATE: name, O1MINI_FIGURE: figure } },
  );
  return Number(readFileSync(figure, 'utf8'));
}
