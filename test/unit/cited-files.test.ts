import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** A path from the root, or one below `src`, as CONTRIBUTING writes it. */
const PATH =
  /(?<![\w/.-])(?:src|test|docs|media|core|host|webview|protocol|platform)\/[\w./-]+\.(?:ts|md|css|json|mjs|cjs)\b/g;
/** A name that stands for any file. */
const EXAMPLES: ReadonlySet<string> = new Set(['test/host/NAME.test.ts']);

describe('The documents', () => {
  it('name only files that exist', () => {
    const documents = [
      ...readdirSync('.'),
      ...readdirSync('docs').map((name) => `docs/${name}`),
      'src/core/api/README.md',
    ].filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');
    assert.ok(documents.includes('CONTRIBUTING.md'));
    const gone = documents.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(PATH)]
        .map(([path]) => path)
        .filter((path) => !EXAMPLES.has(path) && !existsSync(path) && !existsSync(`src/${path}`))
        .map((path) => `${file}: ${path}`),
    );
    assert.deepEqual(gone, []);
  });
});
