import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import esbuild from 'esbuild';
import ranks from 'gpt-tokenizer/bpeRanks/o200k_base';

const watch = process.argv.includes('--watch');

const common = {
  bundle: true,
  minify: !watch,
  sourcemap: watch && 'linked',
  logLevel: 'warning',
  metafile: true,
};
const host = { ...common, format: 'cjs', external: ['vscode'], target: 'es2023' };

/** On a desktop the tokenizer is a file of its own, which costs nothing until a count is asked for. */
const tokenizerApart = {
  name: 'tokenizer-apart',
  setup(build) {
    build.onResolve({ filter: /\/core\/tokens\/count$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './tokenizer.js', external: true } : undefined,
    );
  },
};
const desktop = { ...host, platform: 'node', supported: { 'dynamic-import': false } };

/** The same source for desktop and web, and the panel's page. Sizes are held by test/unit/bundles.test.ts. */
const targets = [
  {
    ...desktop,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    plugins: [tokenizerApart],
  },
  { ...desktop, entryPoints: ['src/core/tokens/count.ts'], outfile: 'dist/tokenizer.js' },
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
await writeRanks();
if (watch) await watchAll();
else await buildAll();

async function buildAll() {
  const results = await Promise.all(targets.map((target) => esbuild.build(target)));
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  await writeNotices([...inputs, 'node_modules/gpt-tokenizer']);
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
    const context = await esbuild.context({
      ...target,
      logLevel: 'info',
      plugins: [...(target.plugins ?? []), announce],
    });
    await context.watch();
  }
}

/** What the tokenizer merges by. The host reads it when a count is first asked for: 2 MB are no code to load. */
async function writeRanks() {
  await mkdir('dist', { recursive: true });
  await writeFile('dist/o200k_base.json', JSON.stringify(ranks));
}

/** The licence of every package that the bundles hold a file of, or data from. */
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
