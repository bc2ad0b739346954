import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createModuleLoader } from '../../src/platform/web/module-loader';
import { panelScriptLimits, panelScripts } from '../support/panel-scripts';
import { webExtensionLimits, webExtensionScripts } from '../support/web-extension-scripts';

const KILOBYTE = 1024;

/** Stands for the API of VS Code and everything in it, as far as scripts use it while they are evaluated. */
const anyApi: object = new Proxy(function () {}, {
  get: (target, name): unknown => (name === 'prototype' ? (target.prototype as unknown) : anyApi),
  apply: () => anyApi,
  construct: () => anyApi,
});

/** `npm run build` creates the bundles; `npm test` runs it first. */
describe('The bundles', () => {
  /** In KB. */
  const limits = {
    'extension.js': 20,
    'chat.js': 173,
    'extension.web.js': webExtensionLimits.activation,
    'web/chat.js': webExtensionLimits.chat,
  };
  for (const [file, limit] of Object.entries(limits)) {
    it(`are within ${limit} KB: ${file}`, () => {
      const code = readFileSync(`dist/${file}`, 'utf8');
      const { size } = statSync(`dist/${file}`);
      assert.ok(size <= limit * KILOBYTE, `${size} bytes`);
      assert.doesNotMatch(code, /\bimport\(/, 'the file contains all code of this figure');
      const requiredAtStart = [...code.matchAll(/(?:^|[;,=])require\("(\.[^"]+)"\)/g)].map(
        ([, name]) => name,
      );
      assert.deepEqual(requiredAtStart, [], 'the file contains all code of this figure');
    });
  }

  it(`are within ${webExtensionLimits.all} KB for the web, with everything that is loaded later`, () => {
    const { all } = webExtensionScripts();
    assert.ok(all <= webExtensionLimits.all * KILOBYTE, `${all} bytes`);
  });

  it('keep the scripts of the panel within their limits, at its start and in total', () => {
    const { first, all } = panelScripts();
    assert.ok(first <= panelScriptLimits.first * KILOBYTE, `${first} bytes at the start`);
    assert.ok(all <= panelScriptLimits.all * KILOBYTE, `${all} bytes in total`);
    assert.ok(all - first > 100 * KILOBYTE, 'formulas and highlighting are loaded later');
  });

  /** Modules that a first question does not need. */
  const rarelyUsed = [
    'token-counter',
    'secret-review',
    'chat-parser',
    'consent-dialog',
    'describe-error',
    'request-preview',
    'summarize-turns',
    'code-block-actions',
    'attachment-requests',
    'attachment-resolver',
    'history',
    'model-list',
    'key-redaction',
    'verified-chat-index',
    'next-step',
  ];

  it('load the chat, the tokenizer and rarely used modules on first use', () => {
    const activation = readFileSync('dist/extension.js', 'utf8');
    assert.ok(activation.includes('require("./chat.js")'));
    const chat = readFileSync('dist/chat.js', 'utf8');
    for (const module of rarelyUsed) {
      assert.match(chat, new RegExp(`require\\("\\./chunks/${module}-\\w+\\.js"\\)`), module);
    }
    assert.ok(statSync('dist/o200k_base.json').size > 1024 * KILOBYTE);
  });

  it('load them on first use in a browser, too', () => {
    const activation = readFileSync('dist/extension.web.js', 'utf8');
    assert.ok(activation.includes('"./chat.js"'));
    const chat = readFileSync('dist/web/chat.js', 'utf8');
    for (const module of rarelyUsed) {
      assert.match(chat, new RegExp(`require\\.load\\("\\./chunks/${module}-\\w+\\.js"\\)`), module);
    }
  });

  it('for the web import VS Code, each other, and nothing else', () => {
    const { files } = webExtensionScripts();
    assert.ok(files.length > 20);
    for (const file of files) {
      const code = readFileSync(`dist/${file}`, 'utf8');
      assert.doesNotMatch(code, /\bimport\s*\(/, file);
      const names = [...code.matchAll(/\brequire(?:\.load)?\(["'`]([^"'`]+)["'`]\)/g)].map(
        ([, name]) => name,
      );
      for (const name of names) assert.match(name ?? '', /^(?:vscode|\.\.?\/[\w/-]+\.js)$/, file);
    }
  });

  it('for the web can all be loaded by the loader of the web extension', async () => {
    const load = createModuleLoader({
      address: 'test:/dist/web/',
      read: (path) => readFile(`dist/web/${path}`, 'utf8'),
      require: (name) => {
        assert.equal(name, 'vscode');
        return anyApi;
      },
    });
    const scripts = webExtensionScripts().files.filter((file) => file.startsWith('web/'));
    for (const file of scripts) await load(`./${file.slice('web/'.length)}`);
    const chat = (await load('./chat.js')) as object;
    assert.ok('createServices' in chat && 'platform' in chat);
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
