import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * Replaces the imports of secretlint that it does not need here, so that the same code runs on a desktop and in a browser:
 * Node's modules, of which the rules use only `basename` where they do not read files themselves, its debug output, and
 * Node's clock in its profiler.
 */
export const secretRules = {
  name: 'secret-rules',
  setup(build) {
    build.onResolve({ filter: /^(?:node:(?:path|fs|crypto)|debug)$/ }, ({ path, importer }) =>
      importer.includes('@secretlint')
        ? { path: path === 'debug' ? 'debug' : 'node', namespace: 'secret-rules' }
        : undefined,
    );
    build.onResolve({ filter: /^@secretlint\/profiler$/ }, () => ({
      path: resolve('node_modules/@secretlint/profiler/module/browser.js'),
    }));
    build.onLoad({ filter: /.*/, namespace: 'secret-rules' }, ({ path }) => ({
      contents:
        path === 'debug'
          ? 'export default () => () => undefined;'
          : "export const basename = (path) => path.split('/').at(-1); export default { basename };",
    }));
    build.onLoad(
      { filter: /secretlint-rule-preset-recommend[\\/]module[\\/]index\.js$/ },
      async ({ path }) => ({
        contents: withoutJapanese(withoutLodash(await readFile(path, 'utf8'))),
      }),
    );
  },
};

/**
 * The rules contain the whole of three functions of lodash for any kind of value, more than half of their code. They call
 * them with characters, and with objects by two numbers.
 */
const LODASH_REPLACEMENTS = `
const requireLodash_uniq = () => (list) => [...new Set(list)];
const requireLodash_uniqwith = () => (list, isSame) =>
  list.filter((value, index) => list.findIndex((other) => isSame(other, value)) === index);
const requireLodash_sortby = () => (list, [first, second]) =>
  [...list].sort((a, b) => a[first] - b[first] || a[second] - b[second]);
`;

function withoutLodash(rules) {
  const lodash = /^var lodash_uniq;$[^]*^\treturn lodash_sortby\.exports;\n\}$/m;
  if (!lodash.test(rules)) throw new Error('The secret rules contain lodash in another form');
  return rules.replace(lodash, () => LODASH_REPLACEMENTS);
}

/** The messages of the rules are never shown, and English ones are their fallback. */
function withoutJapanese(rules) {
  return rules.replace(/^ *ja: .*[`"'],\n/gm, '');
}

/** Leaves out the enumerations of the JSON parser, which contains their numbers where it uses them. */
export const parserEnumerations = {
  name: 'parser-enumerations',
  setup(build) {
    const filter = /[\\/]@streamparser[\\/]json[\\/].*[\\/](?:utf-8|tokenizer|tokenparser)\.js$/;
    build.onLoad({ filter }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const enumeration =
        /^(?:export )?var (charset|TokenizerStates|TokenParserState);$[^]*^\}\)\(\1 \|\| \(\1 = \{\}\)\);$/m;
      if (!enumeration.test(source)) throw new Error(`${path} has other enumerations`);
      return { contents: source.replace(enumeration, '') };
    });
  },
};
