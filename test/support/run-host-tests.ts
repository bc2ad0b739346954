import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { build, type Plugin } from 'esbuild';
import { startServer } from '../server/server';
import { findDesktop } from './desktop';
import { inRepository } from './paths';
import { quietSettings } from './quiet-settings';
import { copyOfFolder, scratchFolder, writeSettings } from './scratch-folder';

const bundle = inRepository('out/test/host');

/** The server of the tests reads files beside its modules, which find them after bundling too. */
const whereModulesLay: Plugin = {
  name: 'where-modules-lay',
  setup(building) {
    building.onLoad({ filter: /[\\/]test[\\/]server[\\/].*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', `'${pathToFileURL(path).href}'`),
    }));
  },
};

/** One file per test file, so that mocha finds them by name and no list is kept by hand. */
async function bundleTests(): Promise<void> {
  rmSync(bundle, { recursive: true, force: true });
  await build({
    entryPoints: [inRepository('test/host/index.ts'), inRepository('test/host/**/*.test.ts')],
    outbase: inRepository('test/host'),
    outdir: bundle,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    plugins: [whereModulesLay],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

async function runHostTests(): Promise<void> {
  await bundleTests();
  const desktop = await findDesktop();
  if (desktop.kind === 'server') console.log(`VS Code runs as a server here: ${desktop.reason}.`);
  const api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
  const userData = scratchFolder();
  writeSettings(join(userData, 'User', 'settings.json'), { ...quietSettings, 'o1mini.baseUrl': api.origin });
  try {
    await runTests({
      vscodeExecutablePath:
        desktop.kind === 'desktop' ? desktop.executable : inRepository('test/support/vscode-launcher'),
      extensionDevelopmentPath: inRepository(),
      extensionTestsPath: join(bundle, 'index.cjs'),
      launchArgs: [
        copyOfFolder(),
        `--user-data-dir=${userData}`,
        `--extensions-dir=${join(userData, 'extensions')}`,
      ],
    });
  } finally {
    await api.close();
  }
}

runHostTests().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
