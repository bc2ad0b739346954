import { Buffer } from 'node:buffer';
import { dirname, join, relative, resolve } from 'node:path';
import esbuild from 'esbuild';

/**
 * Makes the chunks that `main.js` imports a part of it, from which the chunks that are loaded later import what they
 * share with it. In a webview every file takes several milliseconds on its way through VS Code, all before the first
 * paint.
 *
 * @param result of a build with `splitting`, `write: false` and a metafile
 * @param folder where it is written, with its chunks in `chunks`
 */
export async function mergeFirstChunks({ outputFiles, metafile }, folder) {
  const texts = new Map(outputFiles.map(({ path, text }) => [relative('.', path), text]));
  const main = `${folder}/main.js`;
  const first = importedBy(main, metafile);
  const later = Object.keys(metafile.outputs).filter(
    (file) => dirname(file) === `${folder}/chunks` && !first.includes(file),
  );
  const options = { bundle: true, minify: true, format: 'esm', target: 'es2023', write: false };

  /** The exports of a chunk, each with the name that `main.js` gives it. */
  const exportsOf = (chunk) =>
    metafile.outputs[chunk].exports.map((name) => [name, `chunk${first.indexOf(chunk)}_${name}`]);
  const mainWithExports = [
    texts.get(main),
    ...first.map((chunk) => {
      const names = exportsOf(chunk).map(([name, inMain]) => `${name} as ${inMain}`);
      return `export { ${names.join(', ')} } from './${relative(folder, chunk)}';`;
    }),
  ].join('\n');
  const fromMain = (chunk) => {
    const names = exportsOf(chunk).map(([name, inMain]) => `${inMain} as ${name}`);
    return `export { ${names.join(', ')} } from '../main.js';`;
  };

  /** Takes files from memory; what `load` gives no text for is imported as it is. */
  const inMemory = (load) => ({
    name: 'in-memory',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
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

/** What a script imports at its start, and all that this imports in turn. */
function importedBy(script, { outputs }) {
  const found = new Set();
  const follow = (file) => {
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (kind !== 'import-statement' || found.has(path)) continue;
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
