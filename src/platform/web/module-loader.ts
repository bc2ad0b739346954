import { lazy } from '../../core/lazy';

type Evaluate = (module: { exports: unknown }, exports: unknown, require: (name: string) => unknown) => void;

interface Script {
  /** Reads the script, and returns the paths of the scripts that it requires when it is evaluated. */
  readonly prepare: () => Promise<readonly string[]>;
  evaluate?: Evaluate;
  /** From the moment when its evaluation begins, as scripts may require each other. */
  module?: { exports: unknown };
}

export interface ModuleLoaderOptions {
  /**
   * Reads a script.
   *
   * @param path the path relative to the folder of the scripts, such as `chunks/history-FG5WAEHV.js`
   */
  readonly read: (path: string) => Promise<string>;
  /** The address of the folder of the scripts, with a slash at its end, for debuggers and stack traces. */
  readonly address: string;
  /** Returns modules that are not scripts of the extension, such as `vscode`. */
  readonly require: (name: string) => unknown;
}

/**
 * Loads scripts of the extension on demand. An extension host in a browser runs one script only: its `require` knows
 * `vscode` but no files, and it blocks `importScripts` and `import()`. The scripts are CommonJS modules, which the build
 * writes with `require.load()` in place of `import()`.
 *
 * @returns loads a script by its name, such as `./chat.js`, and returns its exports. A script is evaluated once, after
 *   those that it requires. A load that fails is not cached; the next call tries again.
 */
export function createModuleLoader({
  read,
  address,
  require,
}: ModuleLoaderOptions): (name: string) => Promise<unknown> {
  const scripts = new Map<string, Script>();

  function scriptAt(path: string): Script {
    const known = scripts.get(path);
    if (known) return known;
    const script: Script = {
      prepare: lazy(async () => {
        const text = await read(path);
        script.evaluate = compiled(text, address + path);
        return requiredBy(text).map((name) => pathOf(name, path));
      }),
    };
    scripts.set(path, script);
    return script;
  }

  async function prepareAll(path: string, visited: Set<string>): Promise<void> {
    if (visited.has(path)) return;
    visited.add(path);
    const required = await scriptAt(path).prepare();
    await Promise.all(required.map((other) => prepareAll(other, visited)));
  }

  function exportsOf(path: string): unknown {
    const script = scriptAt(path);
    if (script.module) return script.module.exports;
    if (!script.evaluate) throw new Error(`${path} was not read before it was required`);
    const module: { exports: unknown } = { exports: {} };
    script.module = module;
    try {
      script.evaluate(module, module.exports, requireOf(path));
    } catch (error) {
      delete script.module;
      throw error;
    }
    return module.exports;
  }

  function requireOf(path: string): (name: string) => unknown {
    const requireFrom = (name: string): unknown =>
      name.startsWith('.') ? exportsOf(pathOf(name, path)) : require(name);
    return Object.assign(requireFrom, { load: (name: string) => load(pathOf(name, path)) });
  }

  async function load(path: string): Promise<unknown> {
    await prepareAll(path, new Set());
    return exportsOf(path);
  }

  return async (name) => load(pathOf(name, ''));
}

/** The path of a script from the name by which another one requires it. It never leads out of the folder of the scripts. */
function pathOf(name: string, from: string): string {
  const path = new URL(name, `scripts:/${from}`).pathname.slice(1);
  if (!/^\.\.?\//.test(name) || !/^(?:chunks\/)?[\w-]+\.js$/.test(path)) {
    throw new Error(`"${name}" is not a script of this extension`);
  }
  return path;
}

/** The names in calls of `require`, which the build writes in this form only. */
function requiredBy(text: string): readonly string[] {
  return [...text.matchAll(/\brequire\("(\.[^"]+)"\)/g)].flatMap(([, name]) => name ?? []);
}

function compiled(text: string, address: string): Evaluate {
  // VS Code runs the main script of an extension in the same way; a worker has no other way to run a text at once. The
  // texts are only those of the extension's own scripts.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return new Function('module', 'exports', 'require', `${text}\n//# sourceURL=${address}`) as Evaluate;
}
