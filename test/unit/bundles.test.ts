import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { panelScriptLimits, panelScripts } from '../support/panel-scripts';

const kilobyte = 1024;

/** Built by `npm run build`, which `npm test` runs before. */
describe('The bundles', () => {
  /** A browser has the extension in one file, with all that a desktop loads when it is first asked for. */
  const limits = { 'extension.js': 20, 'chat.js': 180, 'extension.web.js': 450 };
  for (const [file, limit] of Object.entries(limits)) {
    it(`load at most ${limit} KB at activation, and with the chat: ${file}`, () => {
      const code = readFileSync(`dist/${file}`, 'utf8');
      const { size } = statSync(`dist/${file}`);
      assert.ok(size <= limit * kilobyte, `${size} bytes`);
      assert.doesNotMatch(code, /\bimport\(/, 'everything the host has is in this figure');
    });
  }

  it('have a panel that starts with little, and loads little more for formulas and colours', () => {
    const { first, all } = panelScripts();
    assert.ok(first <= panelScriptLimits.first * kilobyte, `${first} bytes at its start`);
    assert.ok(all <= panelScriptLimits.all * kilobyte, `${all} bytes in all`);
    assert.ok(all - first > 100 * kilobyte, 'formulas and colours are not in its start');
  });

  it('load the chat, the tokenizer with its table, and what is rarely used at their first use', () => {
    const activation = readFileSync('dist/extension.js', 'utf8');
    assert.ok(activation.includes('require("./chat.js")'));
    const chat = readFileSync('dist/chat.js', 'utf8');
    for (const module of [
      'count',
      'secret-review',
      'consent-dialog',
      'describe-error',
      'request-preview',
      'code-actions',
      'attachment-requests',
      'attachment-resolver',
      'history',
      'model-list',
    ]) {
      assert.match(chat, new RegExp(`require\\("\\./chunks/${module}-\\w+\\.js"\\)`), module);
    }
    assert.ok(statSync('dist/o200k_base.json').size > 1024 * kilobyte);
  });

  it('have nothing of Node in the one for the web', () => {
    const code = readFileSync('dist/extension.web.js', 'utf8');
    const imports = [...code.matchAll(/\brequire\(["'`]([^"'`]+)["'`]\)/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(imports)], ['vscode']);
  });

  it('carry the licence of every library in them', () => {
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
