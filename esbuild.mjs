import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import esbuild from 'esbuild';

const watch = process.argv.includes('--watch');

const common = {
  bundle: true,
  minify: !watch,
  sourcemap: watch && 'linked',
  logLevel: 'warning',
  metafile: true,
};
const host = { ...common, format: 'cjs', external: ['vscode'], target: 'es2023' };

/** The same source for desktop and web, and the panel's page. Sizes are held by test/unit/bundles.test.ts. */
const targets = [
  { ...host, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', platform: 'node' },
  { ...host, entryPoints: ['src/extension.web.ts'], outfile: 'dist/extension.web.js', platform: 'browser' },
  {
    ...common,
    entryPoints: ['src/webview/main.ts'],
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'esm',
    splitting: true,
    target: 'es2023',
    chunkNames: 'chunks/[name]-[hash]',
    assetNames: 'fonts/[name]',
    // KaTeX names each font in three formats; VS Code reads the first and never asks for the others.
    loader: { '.woff2': 'file', '.ttf': 'file' },
    external: ['fonts/KaTeX_*.woff', 'fonts/KaTeX_*.ttf'],
  },
];

await rm('dist', { recursive: true, force: true });
if (watch) await watchAll();
else await buildAll();

async function buildAll() {
  const results = await Promise.all(targets.map((target) => esbuild.build(target)));
  await writeNotices(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
}

async function watchAll() {
  /** Lines that the problem matcher in .vscode/tasks.json waits for. */
  const announce = {
    name: 'announce',
    setup(build) {
      build.onStart(() => console.log('[watch] build started'));
      build.onEnd(() => console.log('[watch] build finished'));
    },
  };
  for (const target of targets) {
    const context = await esbuild.context({ ...target, logLevel: 'info', plugins: [announce] });
    await context.watch();
  }
}

/** The licence of every package that the bundles hold a file of. */
async function writeNotices(inputs) {
  const folders = new Set(
    inputs.map((path) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean),
  );
  const notices = await Promise.all([...folders].sort().map(notice));
  await writeFile('dist/ThirdPartyNotices.txt', notices.join(`\n${'-'.repeat(80)}\n\n`));
}

async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  if (files.length === 0) throw new Error(`${name} has no licence file to carry along`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return `${name} ${version} (${license})\n\n${texts.join('\n').trim()}\n`;
}
