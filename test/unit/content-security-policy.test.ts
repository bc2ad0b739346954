import assert from 'node:assert/strict';
import { createNonce, contentSecurityPolicy } from '../../src/host/views/content-security-policy';
import { recordFigure } from '../support/promises';
import { directives, expectedOf, findings, plainly } from '../support/csp';

const own = 'https://*.vscode-cdn.net';

describe('S2 The content security policy of the chat page', () => {
  const text = contentSecurityPolicy(createNonce(), own);

  it('allows our own script, styles and fonts, and nothing else', () => {
    const policy = directives(text);
    assert.deepEqual(plainly(policy, own), expectedOf(policy));
  });

  it('has no findings of csp_evaluator, of any severity', () =>
    assert.deepEqual(findings(directives(text)), []));

  after(() => recordFigure('S2', 'no finding of csp_evaluator'));

  const weaker: Readonly<Record<string, string>> = {
    'scripts of the page': text
      .replace('script-src', "script-src 'unsafe-inline'")
      .replace(/'nonce-\w+'/, ''),
    'scripts by address': text.replace('script-src', 'script-src https:'),
    eval: text.replace('script-src', "script-src 'unsafe-eval'"),
    'any base': text.replace("; base-uri 'none'", ''),
    'a nonce that can be guessed': contentSecurityPolicy('panel', own),
  };
  for (const [what, policy] of Object.entries(weaker)) {
    it(`would have findings if it allowed ${what}`, () =>
      assert.notDeepEqual(findings(directives(policy)), []));
  }

  it('has another nonce each time', () => {
    const nonces = Array.from({ length: 1000 }, createNonce);
    assert.equal(new Set(nonces).size, nonces.length);
    for (const nonce of nonces) assert.match(nonce, /^[0-9a-f]{32}$/);
  });
});
