import assert from 'node:assert/strict';
import { parseEndpoint } from '../../../src/core/api';

describe('The address of the service', () => {
  const url = 'https://api.aimlapi.com/v1/chat/completions';
  for (const written of [
    'https://api.aimlapi.com',
    'https://api.aimlapi.com/',
    'https://api.aimlapi.com/v1',
    ' https://api.aimlapi.com/v1/ ',
  ]) {
    it(`may be written ${JSON.stringify(written)}`, () => {
      const endpoint = parseEndpoint(written);
      assert.ok(typeof endpoint === 'object');
      assert.equal(endpoint.chatCompletions.href, url);
      assert.equal(endpoint.origin, 'https://api.aimlapi.com');
      assert.equal(endpoint.loopback, false);
    });
  }

  it('may have a path before /v1', () => {
    const endpoint = parseEndpoint('https://proxy.example/openai/v1');
    assert.ok(typeof endpoint === 'object');
    assert.equal(endpoint.chatCompletions.href, 'https://proxy.example/openai/v1/chat/completions');
  });

  it('says where the models are listed, and which of them retire', () => {
    const endpoint = parseEndpoint('https://proxy.example/openai/v1/');
    assert.ok(typeof endpoint === 'object');
    assert.equal(endpoint.models.href, 'https://proxy.example/openai/v1/models?include=pricing');
    assert.equal(endpoint.deprecations.href, 'https://proxy.example/openai/v1/models/deprecations');
  });

  it('keeps its query in every address', () => {
    const endpoint = parseEndpoint('https://proxy.example/v1?version=2&x=a%20b');
    assert.ok(typeof endpoint === 'object');
    const { chatCompletions, models, deprecations } = endpoint;
    assert.deepEqual(
      [chatCompletions, models, deprecations].map(({ search }) => search),
      ['?version=2&x=a%20b', '?version=2&x=a%20b&include=pricing', '?version=2&x=a%20b'],
    );
  });

  for (const loopback of [
    'http://127.0.0.1:8080',
    'http://localhost:1234/v1',
    'http://[::1]:80',
    'http://127.9.9.9',
    'http://api.localhost',
  ]) {
    it(`is of this machine where it is ${loopback}`, () => {
      const endpoint = parseEndpoint(loopback);
      assert.ok(typeof endpoint === 'object' && endpoint.loopback);
    });
  }

  const wrong = {
    '': 'no-url',
    'api.aimlapi.com': 'no-url',
    'ftp://api.aimlapi.com': 'no-http',
    'javascript:alert(1)': 'no-http',
    'https://user:pass@api.aimlapi.com': 'credentials',
    'http://api.aimlapi.com': 'insecure',
    'http://127.0.0.1.evil.example': 'insecure',
    'http://localhost.evil.example': 'insecure',
    'http://0.0.0.0': 'insecure',
  };
  for (const [written, problem] of Object.entries(wrong)) {
    it(`is not ${JSON.stringify(written)}: ${problem}`, () => assert.equal(parseEndpoint(written), problem));
  }
});
