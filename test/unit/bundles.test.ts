import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { panelScriptLimits, panelScripts } from '../support/panel-scripts';

const KILOBYTE = 1024;

/** `npm run build` creates the bundles; `npm test` runs it first. */
describe('The bundles', () => {
  /** In KB. The extension for the web is one file, which includes everything that a desktop loads on first use. */
  const limits = { 'extension.js': 20, 'chat.js': 192, 'extension.web.js': 540 };
  for (const [file, limit] of Object.entries(limits)) {
    it(`are within ${limit} KB: ${file}`, () => {
      const code = readFileSync(`dist/${file}`, 'utf8');
      const { size } = statSync(`dist/${file}`);
      assert.ok(size <= limit * KILOBYTE, `${size} bytes`);
      assert.doesNotMatch(code, /\bimport\(/, 'the file contains all code of this figure');
    });
  }

  it('keep the scripts of the panel within their limits, at its start and in total', () => {
    const { first, all } = panelScripts();
    assert.ok(first <= panelScriptLimits.first * KILOBYTE, `${first} bytes at the start`);
    assert.ok(all <= panelScriptLimits.all * KILOBYTE, `${all} bytes in total`);
    assert.ok(all - first > 100 * KILOBYTE, 'formulas and highlighting are loaded later');
  });

  it('load the chat, the tokenizer and rarely used modules on first use', () => {
    const activation = readFileSync('dist/extension.js', 'utf8');
    assert.ok(activation.includes('require("./chat.js")'));
    const chat = readFileSync('dist/chat.js', 'utf8');
    for (const module of [
      'count',
      'secret-review',
      'chat-parser',
      'consent-dialog',
      'describe-error',
      'request-preview',
      'summarize-turns',
      'code-actions',
      'attachment-requests',
      'attachment-resolver',
      'history',
      'model-list',
    ]) {
      assert.match(chat, new RegExp(`require\\("\\./chunks/${module}-\\w+\\.js"\\)`), module);
    }
    assert.ok(statSync('dist/o200k_base.json').size > 1024 * KILOBYTE);
  });

  it('for the web import no Node modules', () => {
    const code = readFileSync('dist/extension.web.js', 'utf8');
    const imports = [...code.matchAll(/\brequire\(["'`]([^"'`]+)["'`]\)/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(imports)], ['vscode']);
  });

  it('include the license of every bundled library', () => {
    const notices = readFileSync('dist/ThirdPartyNotices.txt', 'utf8');
    for (const library of [
      'eventsource-parser',
      'gpt-tokenizer',
      'valibot',
      'markdown-it',
      'katex',
      'highlight.js',
      'dompurify',
      '@vscode/codicons',
      '@secretlint/secretlint-rule-preset-recommend',
    ]) {
      assert.ok(notices.includes(`${library} `), library);
    }
  });

  it('include every font that the styles refer to', () => {
    const styles = readFileSync('dist/webview/main.css', 'utf8');
    const referenced = [...styles.matchAll(/url\(["']?\.\/fonts\/([\w-]+\.(?:woff2|ttf))/g)].map(
      ([, name]) => name,
    );
    const bundled = new Set(readdirSync('dist/webview/fonts'));
    const missing = referenced.filter((name) => name !== undefined && !bundled.has(name));
    assert.ok(referenced.length > 15);
    assert.deepEqual(missing, []);
  });
});
