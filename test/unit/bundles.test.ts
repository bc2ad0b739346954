import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { build } from 'esbuild';

const kilobyte = 1024;

/** Built by `npm run build`, which `npm test` runs before. */
describe('The bundles', () => {
  for (const file of ['extension.js', 'extension.web.js']) {
    it(`load at most 100 KB at activation: ${file}`, () => {
      const code = readFileSync(`dist/${file}`, 'utf8');
      const { size } = statSync(`dist/${file}`);
      assert.ok(size <= 100 * kilobyte, `${size} bytes`);
      assert.doesNotMatch(code, /\bimport\(/, 'everything the host has is in this figure');
    });
  }

  it('have nothing of Node in the one for the web', async () => {
    const { metafile } = await build({
      entryPoints: ['src/extension.web.ts'],
      bundle: true,
      platform: 'browser',
      external: ['vscode'],
      write: false,
      metafile: true,
    });
    const imports = Object.values(metafile.outputs).flatMap((output) =>
      output.imports.map(({ path }) => path),
    );
    assert.deepEqual([...new Set(imports)], ['vscode']);
  });

  it('carry the licence of every library in them', () => {
    const notices = readFileSync('dist/ThirdPartyNotices.txt', 'utf8');
    for (const library of [
      'eventsource-parser',
      'valibot',
      'markdown-it',
      'katex',
      'highlight.js',
      'dompurify',
      '@vscode/codicons',
    ]) {
      assert.ok(notices.includes(`${library} `), library);
    }
  });

  it('hold every font that the styles ask for first', () => {
    const styles = readFileSync('dist/webview/main.css', 'utf8');
    const wanted = [...styles.matchAll(/url\(["']?\.\/fonts\/([\w-]+\.(?:woff2|ttf))/g)].map(
      ([, name]) => name,
    );
    const there = new Set(readdirSync('dist/webview/fonts'));
    const missing = wanted.filter((name) => name !== undefined && !there.has(name));
    assert.ok(wanted.length > 15);
    assert.deepEqual(missing, []);
  });
});
