import { minifyAgain } from './minify.mjs';

/**
 * Options of swc for modules that it writes as CommonJS. esbuild would repeat its helpers in each chunk, 50 KB in all of
 * them. A default import of a module such as one of Node would be undefined without the helpers.
 */
const asCommonJs = { isModule: true, module: { type: 'commonjs', noInterop: true, strict: true } };

/**
 * Writes the scripts of esbuild as CommonJS modules.
 *
 * @param result of a build with `format: 'esm'`, `minify` and `write: false`
 */
export async function writeAsCommonJs(result) {
  // An import that is not used is left out only as long as it is one of an ES module.
  const { outputFiles, ...rest } = await minifyAgain(result);
  const shared = outputFiles.map(({ path, text }) => ({ path, text: shareValues(text) }));
  return minifyAgain({ ...rest, outputFiles: shared }, asCommonJs);
}

/**
 * Rewrites how a script takes values of others: once, when it is evaluated. That is right because no variable that a
 * module exports is assigned again (eslint.config.mjs), and no scripts import each other in a circle. Bindings that stay
 * current would take a getter for each of the 280 exports of the chat. Modules of Node are imported as before, because
 * VS Code replaces functions of some.
 */
function shareValues(text) {
  const [defaultImport] = /\bimport(?: [\w$]+\b[^"*]*|\{[^}]*\bdefault as[^"]*)from"[^"]*"/.exec(text) ?? [];
  if (defaultImport) throw new Error(`A default import would be undefined: ${defaultImport}`);
  return exportValues(importValues(importApiOnce(text)));
}

/** Imports the API of VS Code once for all modules in a script. */
function importApiOnce(text) {
  const [first, ...others] = [...text.matchAll(/\bimport\*as ([\w$]+) from"vscode";/g)];
  if (others.length === 0) return text;
  const names = others.map(([, name]) => `${name}=${first[1]}`);
  const rest = others.reduce((remaining, [statement]) => remaining.replace(statement, ''), text);
  return `const ${names.join(',')};${rest}`;
}

/** The imports of a module are evaluated before the rest of it, wherever they are. */
function importValues(text) {
  const imported = new Map();
  const rest = text.replace(/\bimport(?:\{([^}]*)\}from)?"(\.[^"]*)";/g, (_, names, path) => {
    imported.set(path, [...(imported.get(path) ?? []), ...namesIn(names)]);
    return '';
  });
  const requires = [...imported].map(([path, names]) => {
    const bindings = names.map(([outer, inner]) => `${outer}:${inner}`);
    return names.length === 0 ? `require("${path}");` : `const{${bindings.join(',')}}=require("${path}");`;
  });
  return requires.join('') + rest;
}

function exportValues(text) {
  return text.replace(/\bexport\{([^}]*)\};?\s*$/, (_, names) => {
    const properties = namesIn(names).map(([inner, outer]) => `${outer}:${inner}`);
    return `module.exports={${properties.join(',')}};`;
  });
}

/** The names of an import or export, before and after `as`. */
function namesIn(list = '') {
  return list
    .split(',')
    .filter((name) => name.trim() !== '')
    .map((name) => {
      const [before, after = before] = name.trim().split(' as ');
      return [before, after];
    });
}
