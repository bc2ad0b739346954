import { build, type BuildOptions } from 'esbuild';
import { inRepository } from '../support/paths';

/**
 * Bundles a script of this folder for Node, and returns its path.
 *
 * @param vscode where `vscode` is imported from: the extension host, or a module in its place
 */
export async function bundleScript(
  name: string,
  vscode: Pick<BuildOptions, 'external' | 'alias'>,
): Promise<string> {
  const outfile = inRepository(`out/bench/${name}.cjs`);
  await build({
    entryPoints: [inRepository(`test/bench/${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
    ...vscode,
  });
  return outfile;
}
