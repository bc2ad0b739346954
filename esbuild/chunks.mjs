import { Buffer } from 'node:buffer';
import { basename, dirname, join, relative, resolve } from 'node:path';
import esbuild from 'esbuild';

/**
 * Merges the chunks that the main script imports at its start into it. The chunks that are loaded later import what they
 * share with it from it. Each file takes time of its own: in a webview several milliseconds on its way through VS Code,
 * all before the first paint.
 *
 * @param result of a build with `format: 'esm'`, `splitting`, `write: false` and a metafile
 * @param main the main script, with its chunks in the folder `chunks` beside it
 * @param output options of esbuild for the merged scripts, such as their format
 */
export async function mergeFirstChunks({ outputFiles, metafile }, main, output) {
  const texts = new Map(outputFiles.map(({ path, text }) => [relative('.', path), text]));
  const folder = dirname(main);
  const first = importedBy(main, metafile);
  const later = Object.keys(metafile.outputs).filter(
    (file) => dirname(file) === `${folder}/chunks` && !first.includes(file),
  );
  const options = {
    bundle: true,
    minify: true,
    target: 'es2023',
    logLevel: 'warning',
    write: false,
    ...output,
  };

  const usedNames = first.flatMap((chunk) => {
    const used = new Set(later.flatMap((file) => importedNames(texts.get(file), basename(chunk))));
    return [...used].sort().map((name) => ({ chunk, name }));
  });
  /** The exports of a chunk that later ones import, each with the name that the main script gives it. */
  const exportsOf = (chunk) =>
    usedNames.flatMap((used, index) => (used.chunk === chunk ? [[used.name, shortName(index)]] : []));
  const mainWithExports = [
    texts.get(main),
    ...first.map((chunk) => {
      const names = exportsOf(chunk).map(([name, inMain]) => `${name} as ${inMain}`);
      return `export { ${names.join(', ')} } from './${relative(folder, chunk)}';`;
    }),
  ].join('\n');
  const fromMain = (chunk) => {
    const names = exportsOf(chunk).map(([name, inMain]) => `${inMain} as ${name}`);
    return `export { ${names.join(', ')} } from '../${basename(main)}';`;
  };

  /** Takes files from memory; what `load` gives no text for is imported as it is. */
  const inMemory = (load) => ({
    name: 'in-memory',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind !== 'entry-point' && !path.startsWith('.')) return { path, external: true };
        if (kind === 'entry-point') return { path: join(path), namespace: 'built' };
        const file = join(dirname(importer), path);
        if (kind !== 'dynamic-import' && load(file) !== undefined) return { path: file, namespace: 'built' };
        const from = relative(build.initialOptions.outdir, file);
        return { path: from.startsWith('.') ? from : `./${from}`, external: true };
      });
      build.onLoad({ filter: /.*/, namespace: 'built' }, ({ path }) => ({
        contents: load(path),
        loader: 'js',
      }));
    },
  });

  const built = await Promise.all([
    esbuild.build({
      ...options,
      entryPoints: [main],
      outdir: folder,
      plugins: [
        inMemory((file) =>
          file === main ? mainWithExports : first.includes(file) ? texts.get(file) : undefined,
        ),
      ],
    }),
    ...later.map((chunk) =>
      esbuild.build({
        ...options,
        entryPoints: [chunk],
        outdir: `${folder}/chunks`,
        plugins: [
          inMemory((file) =>
            file === chunk ? texts.get(file) : first.includes(file) ? fromMain(file) : undefined,
          ),
        ],
      }),
    ),
  ]);
  const scripts = [main, ...later].map((file, index) => {
    const [{ text }] = built[index].outputFiles;
    return { path: resolve(file), text, contents: Buffer.from(text) };
  });
  const rest = outputFiles.filter(({ path }) => !path.endsWith('.js'));
  return { outputFiles: [...scripts, ...rest], metafile: withMerged(metafile, main, first) };
}

/** `a`, `b`, and so on; the main script and the chunks contain each name many times. */
function shortName(index) {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const before = Math.floor(index / letters.length);
  return (before > 0 ? shortName(before - 1) : '') + letters[index % letters.length];
}

/** The names that a script of esbuild, which it has minified, imports from a chunk. */
function importedNames(text, chunk) {
  return [...text.matchAll(/\bimport\{([^}]*)\}from"([^"]*)"/g)]
    .filter(([, , path]) => basename(path) === chunk)
    .flatMap(([, names]) => names.split(',').map((name) => name.split(' as ')[0].trim()));
}

/** What a script imports at its start, and all that this imports in turn. */
function importedBy(script, { outputs }) {
  const found = new Set();
  const follow = (file) => {
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (kind !== 'import-statement' || found.has(path) || !outputs[path]) continue;
      found.add(path);
      follow(path);
    }
  };
  follow(script);
  return [...found].sort();
}

/** The metafile with the inputs of the chunks counted to the script that they are a part of now. */
function withMerged(metafile, main, first) {
  const inputs = Object.assign({}, ...[main, ...first].map((file) => metafile.outputs[file].inputs));
  const kept = Object.entries(metafile.outputs).filter(([file]) => !first.includes(file));
  const outputs = Object.fromEntries(kept);
  return { ...metafile, outputs: { ...outputs, [main]: { ...outputs[main], inputs } } };
}
