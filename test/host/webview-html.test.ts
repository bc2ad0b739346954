import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { webviewHtml } from '../../src/host/views/webview-html';
import { expectedOf, findings, plainly, policyOf } from '../support/csp';
import { extensionUri } from './packaged';

/** The page as it is sent to a webview of VS Code's own. */
async function pageSent(check: (html: string, webview: vscode.Webview) => void): Promise<void> {
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

describe('S2 The HTML that is sent to the webview', () => {
  it('is sent with a policy that allows our own script, styles and fonts, and nothing else', () =>
    pageSent((html, webview) => {
      const policy = policyOf(html);
      assert.deepEqual(plainly(policy, webview.cspSource), expectedOf(policy));
    }));

  it('is sent with a policy in which csp_evaluator finds nothing', () =>
    pageSent((html) => assert.deepEqual(findings(policyOf(html)), [])));

  it('has the policy before anything that it holds for', () =>
    pageSent((html) => {
      const before = html.slice(0, html.indexOf('<meta http-equiv'));
      assert.doesNotMatch(before, /<(?!!DOCTYPE|html|head|meta)/);
    }));

  it('is in the language of the window, with the words for it', () =>
    pageSent((html) => {
      assert.ok(html.includes(`<html lang="${vscode.env.language}">`));
      const words = /<body data-l10n="([^"]*)"/.exec(html)?.[1];
      assert.deepEqual(JSON.parse(words?.replaceAll('&quot;', '"') ?? ''), vscode.l10n.bundle ?? {});
    }));

  it('names its one script by a nonce that no other page had', () =>
    pageSent((html, webview) => {
      const scripts = [...html.matchAll(/<script[^>]*nonce="([^"]+)"/g)].map(([, nonce]) => nonce);
      const [nonce = 'none'] = scripts;
      assert.equal(html.match(/<script/g)?.length, 1);
      assert.deepEqual(policyOf(html).get('script-src'), [`'nonce-${nonce}'`]);
      const again = webviewHtml(webview, extensionUri());
      assert.ok(!again.includes(nonce));
    }));
});
