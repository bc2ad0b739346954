import { Buffer } from 'node:buffer';
import { transform } from '@swc/core';

/**
 * The scripts become 1 to 2 % smaller, in another second of the build.
 *
 * @param options of swc, such as the kind of modules that it writes
 */
export async function minifyAgain(result, options = { isModule: true }) {
  const outputFiles = result.outputFiles.map(async (file) => {
    if (!file.path.endsWith('.js')) return file;
    const { code } = await transform(file.text, {
      ...options,
      minify: true,
      jsc: {
        target: 'es2022',
        minify: { compress: { passes: 5, module: options.isModule }, mangle: true, module: options.isModule },
      },
    });
    return { path: file.path, text: code, contents: Buffer.from(code) };
  });
  return { ...result, outputFiles: await Promise.all(outputFiles) };
}
