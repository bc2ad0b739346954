import { Buffer } from 'node:buffer';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import esbuild from 'esbuild';
import ranks from 'gpt-tokenizer/bpeRanks/o200k_base';
import { mergeFirstChunks } from './esbuild/chunks.mjs';
import { writeAsCommonJs } from './esbuild/commonjs.mjs';
import { parserEnumerations, secretRules } from './esbuild/libraries.mjs';
import { bundledLibraries, notices } from './esbuild/licenses.mjs';
import { minifyAgain } from './esbuild/minify.mjs';
import { countingTokenizer } from './esbuild/tokenizer.mjs';
import { unusedRules } from './esbuild/markdown-it.mjs';

const watch = process.argv.includes('--watch');
/** What the tokenizer merges by. The host reads it when a count is first asked for: 2 MB are no code to load. */
const ranksFile = 'dist/o200k_base.json';
/** The libraries in the bundles, for the bill of materials of the package. */
const librariesFile = 'out/bundled-libraries.json';

const common = {
  bundle: true,
  minify: !watch,
  sourcemap: watch && 'linked',
  logLevel: 'warning',
  metafile: true,
};

/**
 * Imports the API of VS Code once for a CommonJS bundle, by name. As an external module, esbuild would copy all of its
 * 400 members for each file that imports it, and that took most of the time of activation.
 */
const vscodeByName = {
  name: 'vscode-by-name',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'vscode' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'vscode' },
    );
    build.onLoad({ filter: /.*/, namespace: 'vscode' }, async () => ({
      contents: `export { ${(await usedMembers()).join(', ')} } from 'vscode';`,
    }));
  },
};

/** The values of the API whose name is in a file that imports it. */
async function usedMembers() {
  const types = await readFile('node_modules/@types/vscode/index.d.ts', 'utf8');
  const values = types.matchAll(/^(?:\t| {4})export (?:namespace|(?:abstract )?class|enum|const) (\w+)/gm);
  const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts'));
  const sources = await Promise.all(files.map((file) => readFile(join('src', file), 'utf8')));
  const words = new Set(
    sources.filter((text) => text.includes("'vscode'")).flatMap((text) => text.match(/\w+/g)),
  );
  return [...new Set([...values].map(([, name]) => name))].filter((name) => words.has(name)).sort();
}

const host = { ...common, target: 'es2023', plugins: [vscodeByName, secretRules, parserEnumerations] };

const chatSeparately = {
  name: 'chat-separately',
  setup(build) {
    build.onResolve({ filter: /^\.\/desktop$/ }, () => ({ path: './chat.js', external: true }));
  },
};
/** `?worker` after a script's name gives its built source, as a page of a webview can start no other. */
const workers = {
  name: 'workers',
  setup(build) {
    build.onResolve({ filter: /\?worker$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?worker$/, '.ts')),
      namespace: 'worker',
    }));
    build.onLoad({ filter: /.*/, namespace: 'worker' }, async ({ path }) => {
      const { outputFiles, metafile } = await esbuild.build({
        ...common,
        sourcemap: false,
        entryPoints: [path],
        platform: 'browser',
        format: 'iife',
        target: 'es2023',
        plugins: [cssProperties],
        write: false,
      });
      for (const input of Object.keys(metafile.inputs)) workerInputs.add(input);
      return { contents: outputFiles[0].text, loader: 'text', watchFiles: [path] };
    });
  },
};
const workerInputs = new Set();
/**
 * markdown-it asks only for one character at a time whether it is a symbol or a format character. A browser knows that
 * itself, and needs no list of them. Punctuation and spaces are needed as parts of larger expressions.
 */
const unicodeCategories = {
  name: 'unicode-categories',
  setup(build) {
    build.onLoad({ filter: /[\\/]uc\.micro[\\/].*\.mjs$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const category of ['S', 'Cf']) {
        const list = new RegExp(`^const ${category} = /.*$`, 'm');
        if (!list.test(contents)) throw new Error(`${path} has no list of the category ${category}`);
        contents = contents.replace(list, () => `const ${category} = /\\p{${category}}/u;`);
      }
      return { contents };
    });
  },
};

/**
 * highlight.js recognizes a property of CSS by a list of 500 names. A name before a value is one, too, and needs no list:
 * what follows its colon ends with a semicolon or a brace that closes, unlike a selector such as `a:hover`.
 */
const cssProperties = {
  name: 'css-properties',
  setup(build) {
    build.onLoad({ filter: /[\\/]highlight\.js[\\/].*[\\/]css\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const list = /const ATTRIBUTES = \[[^\]]*\]/;
      if (!list.test(source)) throw new Error(`${path} has no list of properties`);
      const property = String.raw`[a-z-]+(?=\s*:[^;{}]{0,300}(?:[;}]|$(?![\s\S])))`;
      return { contents: source.replace(list, () => `const ATTRIBUTES = [${JSON.stringify(property)}]`) };
    });
  },
};

/** The icons without the version in their address, by which the page preloads them. */
const iconAddress = {
  name: 'icon-address',
  setup(build) {
    build.onLoad({ filter: /[\\/]codicon\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/codicon\.ttf\?\w+/, 'codicon.ttf'),
      loader: 'css',
    }));
  },
};

/** `import()` as `require`, which reads a file again after it has failed. */
const desktopFormat = { format: 'cjs', supported: { 'dynamic-import': false } };

// The same source for desktop and web, and the panel's page. Sizes are held by test/unit/bundles.test.ts.
const desktop = {
  ...host,
  ...desktopFormat,
  platform: 'node',
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
};
/** The activation alone: it loads the chat from a file of its own. */
const activation = { ...desktop, plugins: [vscodeByName, chatSeparately] };
/** What a module loads by `import()` is a chunk of its own, in which nothing of `chat.js` is repeated. */
const chat = {
  ...host,
  plugins: [secretRules, parserEnumerations, countingTokenizer],
  // An ES module imports a module without copies of its members.
  external: ['vscode'],
  platform: 'node',
  format: 'esm',
  splitting: true,
  entryPoints: { chat: 'src/desktop.ts' },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
};
/** The web extension has the same files. Its main script loads them by itself, as VS Code has no `require` for them. */
const webActivation = {
  ...host,
  platform: 'browser',
  format: 'cjs',
  entryPoints: ['src/extension.web.ts'],
  outfile: 'dist/extension.web.js',
};
const webChat = { ...chat, platform: 'browser', entryPoints: { chat: 'src/web.ts' }, outdir: 'dist/web' };
const libraryReplacements = './src/webview/markdown/library-replacements.ts';
const page = {
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
  plugins: [workers, unicodeCategories, unusedRules, iconAddress],
  alias: Object.fromEntries(
    ['entities', 'punycode.js', 'get-east-asian-width'].map((name) => [name, libraryReplacements]),
  ),
  // The licences of all libraries are in dist/ThirdPartyNotices.txt.
  legalComments: 'none',
  // No one reads what a library has to say about the text of a model.
  drop: watch ? [] : ['console'],
};

if (watch) await watchAll();
else await buildAll();

async function buildAll() {
  const build = (target) => esbuild.build({ ...target, write: false });
  const results = await Promise.all([
    build(page)
      .then((result) => mergeFirstChunks(result, 'dist/webview/main.js', { format: 'esm' }))
      .then(minifyAgain),
    build(chat)
      .then((result) => mergeFirstChunks(result, 'dist/chat.js', { format: 'esm', platform: 'neutral' }))
      .then(writeAsCommonJs),
    build(activation),
    build(webActivation).then((result) => minifyAgain(result, { isModule: false })),
    build(webChat)
      .then((result) => mergeFirstChunks(result, 'dist/web/chat.js', { format: 'esm', platform: 'neutral' }))
      .then(withLoader)
      .then(writeAsCommonJs),
  ]);
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  await write([
    ...results.flatMap(({ outputFiles }) => outputFiles),
    output(ranksFile, JSON.stringify(ranks)),
    output(
      'dist/ThirdPartyNotices.txt',
      await notices([...inputs, ...workerInputs, 'node_modules/gpt-tokenizer']),
    ),
  ]);
  await mkdir(dirname(librariesFile), { recursive: true });
  const bundles = [
    ...results.flatMap(bundlesOf),
    { file: ranksFile, inputs: ['node_modules/gpt-tokenizer'] },
  ];
  await writeFile(librariesFile, JSON.stringify(await bundledLibraries(bundles), null, 2));
}

function bundlesOf({ metafile }) {
  return Object.entries(metafile.outputs).map(([file, output]) => {
    const inputs = Object.keys(output.inputs).filter((input) => output.inputs[input].bytesInOutput > 0);
    // The code of a worker is a text in the script that starts it.
    return {
      file,
      inputs: inputs.some((input) => input.startsWith('worker:')) ? [...inputs, ...workerInputs] : inputs,
    };
  });
}

/** Replaces `import()` of a chunk by a call of the loader, src/platform/web/module-loader.ts. */
function withLoader(result) {
  const outputFiles = result.outputFiles.map(({ path, text }) =>
    output(path, text.replace(/\bimport\((?="\.)/g, 'require.load(')),
  );
  return { ...result, outputFiles };
}

function output(path, text) {
  return { path: resolve(path), text, contents: Buffer.from(text) };
}

/** Writes what has changed, and removes what is none of it: who reads the rest meanwhile is not disturbed. */
async function write(files) {
  for (const { path, contents } of files) {
    const before = await readFile(path).catch(() => undefined);
    if (before?.equals(contents)) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, contents);
  }
  const written = new Set(files.map(({ path }) => path));
  for (const entry of await readdir('dist', { recursive: true, withFileTypes: true })) {
    const path = resolve(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(path)) await rm(path);
  }
}

async function watchAll() {
  await mkdir('dist', { recursive: true });
  await writeFile(ranksFile, JSON.stringify(ranks));
  /** Lines that the problem matcher in .vscode/tasks.json waits for. */
  const announce = {
    name: 'announce',
    setup(build) {
      build.onStart(() => console.log('[watch] build started'));
      build.onEnd(() => console.log('[watch] build finished'));
    },
  };
  // All of the chat is in one file, whose source map is then right; on a desktop, the activation is in it, too.
  const webChatInOneFile = { ...webChat, format: 'cjs', splitting: false, plugins: host.plugins };
  for (const target of [page, desktop, webActivation, webChatInOneFile]) {
    const context = await esbuild.context({
      ...target,
      logLevel: 'info',
      plugins: [...(target.plugins ?? []), announce],
    });
    await context.watch();
  }
}
