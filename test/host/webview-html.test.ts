import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { webviewHtml } from '../../src/host/views/webview-html';
import { expectedPolicy, policyFindings, normalizedPolicy, policyOf } from '../support/csp';
import { extensionUri } from './installed-extension';

/** Checks the HTML as it is sent to a real webview. */
async function checkHtml(check: (html: string, webview: vscode.Webview) => void): Promise<void> {
  const panel = vscode.window.createWebviewPanel('o1mini.test', 'Test', vscode.ViewColumn.One, {
    enableScripts: true,
  });
  try {
    panel.webview.html = webviewHtml(panel.webview, extensionUri());
    check(panel.webview.html, panel.webview);
  } finally {
    panel.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
}

describe('S2 The HTML of the webview', () => {
  it('has a policy that allows its own script, styles and fonts, and nothing else', () =>
    checkHtml((html, webview) => {
      const policy = policyOf(html);
      assert.deepEqual(normalizedPolicy(policy, webview.cspSource), expectedPolicy(policy));
    }));

  it('has a policy in which csp_evaluator finds no problem', () =>
    checkHtml((html) => assert.deepEqual(policyFindings(policyOf(html)), [])));

  it('has the policy before anything that it applies to', () =>
    checkHtml((html) => {
      const before = html.slice(0, html.indexOf('<meta http-equiv'));
      assert.doesNotMatch(before, /<(?!!DOCTYPE|html|head|meta)/);
    }));

  it('is in the language of the window, with its translations', () =>
    checkHtml((html) => {
      assert.ok(html.includes(`<html lang="${vscode.env.language}">`));
      const translations = /<body data-l10n="([^"]*)"/.exec(html)?.[1];
      assert.deepEqual(JSON.parse(translations?.replaceAll('&quot;', '"') ?? ''), vscode.l10n.bundle ?? {});
    }));

  it('identifies its script by a nonce that is not used again', () =>
    checkHtml((html, webview) => {
      const scripts = [...html.matchAll(/<script[^>]*nonce="([^"]+)"/g)].map(([, nonce]) => nonce);
      const [nonce = 'none'] = scripts;
      assert.deepEqual(scripts, [nonce]);
      assert.equal(html.match(/<script/g)?.length, scripts.length);
      assert.deepEqual(policyOf(html).get('script-src'), [`'nonce-${nonce}'`]);
      const again = webviewHtml(webview, extensionUri());
      assert.ok(!again.includes(nonce));
    }));
});
