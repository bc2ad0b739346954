import { Buffer } from 'node:buffer';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import esbuild from 'esbuild';
import ranks from 'gpt-tokenizer/bpeRanks/o200k_base';
import { mergeFirstChunks } from './esbuild-chunks.mjs';

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
 * Imports the API of VS Code once for a bundle, by name. As an external module, esbuild would copy all of its 400
 * members for each file that imports it, and that took most of the time of activation.
 */
const vscodeByName = {
  name: 'vscode-by-name',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'vscode' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'vscode' },
    );
    build.onLoad({ filter: /.*/, namespace: 'vscode' }, async () => ({
      contents: `export const { ${(await usedMembers()).join(', ')} } = require('vscode');`,
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

/**
 * Replaces the imports of secretlint that it does not need here, so that the same code runs on a desktop and in a browser:
 * Node's modules, of which the rules use only `basename` where they do not read files themselves, and its debug output.
 */
const secretRules = {
  name: 'secret-rules',
  setup(build) {
    build.onResolve({ filter: /^(?:node:(?:path|fs|crypto)|debug)$/ }, ({ path, importer }) =>
      importer.includes('@secretlint')
        ? { path: path === 'debug' ? 'debug' : 'node', namespace: 'secret-rules' }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'secret-rules' }, ({ path }) => ({
      contents:
        path === 'debug'
          ? 'export default () => () => undefined;'
          : "export const basename = (path) => path.split('/').at(-1); export default { basename };",
    }));
  },
};
const host = { ...common, target: 'es2023', plugins: [vscodeByName, secretRules] };

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
  platform: 'node',
  format: 'esm',
  splitting: true,
  entryPoints: { chat: 'src/desktop.ts' },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
};
const web = {
  ...host,
  format: 'cjs',
  entryPoints: ['src/extension.web.ts'],
  outfile: 'dist/extension.web.js',
  platform: 'browser',
};
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
  plugins: [workers, unicodeCategories],
  alias: {
    entities: './src/webview/markdown/library-replacements.ts',
    'punycode.js': './src/webview/markdown/library-replacements.ts',
  },
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
    build(page).then((result) => mergeFirstChunks(result, 'dist/webview/main.js', { format: 'esm' })),
    build(chat).then((result) =>
      mergeFirstChunks(result, 'dist/chat.js', { ...desktopFormat, platform: 'neutral' }),
    ),
    build(activation),
    build(web),
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
  await writeFile(librariesFile, JSON.stringify(await bundledLibraries(results), null, 2));
}

/** Each package of which code or data is in a bundle, with the files that it is in. */
async function bundledLibraries(results) {
  const files = new Map([['node_modules/gpt-tokenizer', new Set([ranksFile])]]);
  const add = (input, file) => {
    const folder = packageFolder(input);
    if (folder) files.set(folder, (files.get(folder) ?? new Set()).add(file));
  };
  for (const { metafile } of results) {
    for (const [file, { inputs }] of Object.entries(metafile.outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(inputs))
        if (bytesInOutput > 0) add(input, file);
    }
    // The code of a worker is a text in the script that starts it.
    for (const [file, { inputs }] of Object.entries(metafile.outputs)) {
      if (Object.keys(inputs).some((input) => input.startsWith('worker:'))) {
        for (const input of workerInputs) add(input, file);
      }
    }
  }
  const libraries = [...files].map(async ([folder, places]) => {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    return { name, version, license, folder, files: [...places].sort() };
  });
  return (await Promise.all(libraries)).sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

function packageFolder(path) {
  return /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

function output(path, text) {
  return { path: resolve(path), contents: Buffer.from(text) };
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
  // A desktop gets all of the host in one file, whose source map is then right.
  for (const target of [page, desktop, web]) {
    const context = await esbuild.context({
      ...target,
      logLevel: 'info',
      plugins: [...(target.plugins ?? []), announce],
    });
    await context.watch();
  }
}

/** The licence of every package that the bundles hold a file of, or data from. */
async function notices(inputs) {
  const folders = new Set(inputs.map(packageFolder).filter(Boolean));
  const texts = await Promise.all([...folders].sort().map(notice));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

async function notice(folder) {
  const about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const text = texts.length > 0 ? texts.join('\n') : await unwrittenLicence(about);
  return `${about.name} ${about.version} (${about.license})\n\n${text.trim()}\n`;
}

/** A package may name its licence and holder, and leave out the text: of ours that is the same. */
async function unwrittenLicence({ name, license, author }) {
  const holder = typeof author === 'object' ? author.name : author;
  if (license !== 'MIT' || !holder) throw new Error(`${name} has no licence to carry along`);
  return (await readFile('LICENSE', 'utf8')).replace(/^Copyright.*$/m, `Copyright (c) ${holder}`);
}
