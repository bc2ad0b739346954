import { readFile } from 'node:fs/promises';

/** A declaration at the top level. */
const DECLARATION = /^(?:async )?(?:function|const|let|var|class) ([\w$]+)/gm;

/**
 * Reads valibot as one module for each of its functions, which are regions of its only file. esbuild puts all of a module
 * into one script, so that `chat.js` would contain functions that are only used by what is loaded later. For the same
 * reason, each module that imports valibot gets an index of its own, with what it uses as `v.…`.
 */
export const valibotByFunction = {
  name: 'valibot-by-function',
  setup(build) {
    const nested = 'valibot-by-function';
    build.onResolve({ filter: /^valibot$/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === nested) return undefined;
      const library = await build.resolve(path, { importer, resolveDir, kind, pluginData: nested });
      return { ...library, suffix: `?used-by=${importer}` };
    });
    build.onResolve({ filter: /^\?region=/ }, ({ path, importer }) => ({
      path: importer,
      suffix: path,
      sideEffects: false,
    }));
    build.onLoad({ filter: /[\\/]valibot[\\/]dist[\\/]index\.mjs$/ }, async ({ path, suffix }) => {
      const regions = regionsOf(await readFile(path, 'utf8'));
      const [, kind, value] = /^\?([\w-]+)=(.*)$/.exec(suffix);
      if (kind === 'region') return { contents: moduleOf(regions, Number(value)) };
      const source = await readFile(value, 'utf8');
      const used = new Set([...source.matchAll(/\bv\.([\w$]+)/g)].map(([, name]) => name));
      return { contents: regions.map((region, index) => exportOf(region, index, used)).join('') };
    });
  },
};

function regionsOf(source) {
  const regions = [...source.matchAll(/^\/\/#region .*\n([^]*?)^\/\/#endregion$/gm)].map(([, text]) => ({
    text: text.replace(/^[ \t]*\/\*\*[^]*?\*\//gm, ''),
    names: [...text.matchAll(DECLARATION)].map(([, name]) => name),
  }));
  if (regions.length < 100) throw new Error('The functions of valibot are no longer in regions');
  return regions;
}

function exportOf({ names }, index, used) {
  const exported = names.filter((name) => used.has(name));
  return exported.length === 0 ? '' : `export { ${exported.join(', ')} } from '?region=${index}';\n`;
}

/** A region, with imports of what it may use of others. */
function moduleOf(regions, number) {
  const { text, names } = regions[number];
  const words = new Set(text.match(/[\w$]+/g));
  const imports = regions.map((other, index) => {
    const used = other.names.filter((name) => words.has(name));
    return index === number || used.length === 0
      ? ''
      : `import { ${used.join(', ')} } from '?region=${index}';\n`;
  });
  return [...imports, text, `export { ${names.join(', ')} };`].join('');
}
