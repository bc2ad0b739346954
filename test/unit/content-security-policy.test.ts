import assert from 'node:assert/strict';
import { createNonce, contentSecurityPolicy } from '../../src/host/views/content-security-policy';
import { recordFigure } from '../support/promises';
import { parsePolicy, expectedPolicy, policyFindings, normalizedPolicy } from '../support/csp';

const resourceOrigin = 'https://*.vscode-cdn.net';

describe('S2 The content security policy of the chat webview', () => {
  const policyText = contentSecurityPolicy(createNonce(), resourceOrigin);

  it('allows only scripts, styles and fonts of the extension', () => {
    const policy = parsePolicy(policyText);
    assert.deepEqual(normalizedPolicy(policy, resourceOrigin), expectedPolicy(policy));
  });

  it('has no findings in csp_evaluator, of any severity', () =>
    assert.deepEqual(policyFindings(parsePolicy(policyText)), []));

  after(() => recordFigure('S2', 'no findings in csp_evaluator'));

  const weakerPolicies: Readonly<Record<string, string>> = {
    'inline scripts': policyText
      .replace('script-src', "script-src 'unsafe-inline'")
      .replace(/'nonce-\w+'/, ''),
    'scripts from any address': policyText.replace('script-src', 'script-src https:'),
    eval: policyText.replace('script-src', "script-src 'unsafe-eval'"),
    'any base URI': policyText.replace("; base-uri 'none'", ''),
    'a predictable nonce': contentSecurityPolicy('panel', resourceOrigin),
  };
  for (const [weakness, policy] of Object.entries(weakerPolicies)) {
    it(`would have findings if it allowed ${weakness}`, () =>
      assert.notDeepEqual(policyFindings(parsePolicy(policy)), []));
  }

  it('has a new nonce each time', () => {
    const nonces = Array.from({ length: 1000 }, createNonce);
    assert.equal(new Set(nonces).size, nonces.length);
    for (const nonce of nonces) assert.match(nonce, /^[0-9a-f]{32}$/);
  });
});
