import { readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { build, type Plugin } from 'esbuild';
import { startServer } from '../server/server';
import { findDesktop } from './desktop';
import { inRepository } from './paths';
import { quietSettings } from './quiet-settings';
import { copyOfFolder, scratchFolder, writeSettings } from './scratch-folder';

const bundle = inRepository('out/test/host');

/** Keeps the source paths of modules in the bundle, because modules of the test server and of this folder read files next to them. */
const sourcePaths: Plugin = {
  name: 'source-paths',
  setup(esbuild) {
    esbuild.onLoad({ filter: /[\\/]test[\\/](server|support)[\\/].*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8')
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
    }));
  },
};

/**
 * Bundles the test files named on the command line, or all of them, each separately. The runner in the extension host
 * runs every test file in the output folder.
 */
async function bundleTests(): Promise<void> {
  const named = process.argv.slice(2).map((file) => resolve(file));
  const tests = named.length > 0 ? named : [inRepository('test/host/**/*.test.ts')];
  rmSync(bundle, { recursive: true, force: true });
  await build({
    entryPoints: [inRepository('test/host/index.ts'), ...tests],
    outbase: inRepository('test/host'),
    outdir: bundle,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    plugins: [sourcePaths],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

async function runHostTests(): Promise<void> {
  await bundleTests();
  const desktop = await findDesktop();
  if (desktop.kind === 'server') console.log(`VS Code runs as a server: ${desktop.reason}.`);
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
