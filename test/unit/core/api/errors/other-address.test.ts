import assert from 'node:assert/strict';
import { parseEndpoint, type ChatError } from '../../../../../src/core/api';
import { withOtherAddress } from '../../../../../src/core/api/errors/other-address';

function suggestionFor(baseUrl: string, error: ChatError): string | undefined {
  const endpoint = parseEndpoint(baseUrl);
  assert.ok(typeof endpoint !== 'string');
  const suggested = withOtherAddress(error, endpoint);
  return 'alternative' in suggested ? suggested.alternative : undefined;
}

describe('The address to suggest', () => {
  const schemes: readonly (readonly [baseUrl: string, needs: 'http' | 'https', suggestion?: string])[] = [
    ['https://localhost:11434', 'http', 'http://localhost:11434/v1'],
    ['https://192.168.1.5:11434/api', 'http', 'http://192.168.1.5:11434/v1'],
    ['http://192.168.1.5/chat/completions', 'https', 'https://192.168.1.5/chat/completions'],
    ['https://203.0.113.9.example', 'http', 'http://203.0.113.9.example/v1'],
    // Plain http is not allowed outside of private networks.
    ['https://8.8.8.8', 'http'],
  ];
  for (const [baseUrl, needs, suggestion] of schemes) {
    it(`has the scheme ${needs} that the server at ${baseUrl} expects, if it is allowed`, () => {
      assert.equal(suggestionFor(baseUrl, { kind: 'wrong-scheme', needs }), suggestion);
    });
  }

  const redirects: readonly (readonly [baseUrl: string, to: string, suggestion?: string])[] = [
    [
      'http://gateway.internal',
      'https://gateway.internal/v1/chat/completions',
      'https://gateway.internal/v1',
    ],
    ['https://a.example', 'https://a.example/api/v1/chat/completions', 'https://a.example/api/v1'],
    ['https://a.example?v=1', 'https://a.example/api/chat/completions', 'https://a.example/api?v=1'],
    ['https://a.example', 'https://a.example:8443/v1/chat/completions', 'https://a.example:8443/v1'],
    // It is in use already.
    ['https://a.example', 'https://a.example/v1/chat/completions/'],
    // Another host could receive the question.
    ['https://a.example', 'https://www.a.example/v1/chat/completions'],
    ['https://a.example', 'http://a.example/v1/chat/completions'],
    ['https://a.example', 'https://a.example/login'],
    ['https://a.example', ''],
  ];
  for (const [baseUrl, to, suggestion] of redirects) {
    it(`${suggestion === undefined ? 'is not' : 'is'} the target of a redirect from ${baseUrl} to ${to}`, () => {
      assert.equal(suggestionFor(baseUrl, { kind: 'redirected', to }), suggestion);
    });
  }
});
