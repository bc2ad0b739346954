import { build } from 'esbuild';
import { inRepository } from '../support/paths';
import type { BenchLine } from './line';
import type * as stream from './stream';

/**
 * Measures the readers of streams as they are shipped, in one bundle. Loaded file by file, each call between two files
 * goes through a getter, and modules that are loaded on demand exist twice.
 */
export async function benchBundledStream(): Promise<readonly BenchLine[]> {
  const outfile = inRepository('out/bench/stream.mjs');
  await build({
    entryPoints: [inRepository('test/bench/stream.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  const { benchStream } = (await import(outfile)) as typeof stream;
  return benchStream();
}
