import assert from 'node:assert/strict';
import { parseEndpoint } from '../../../../src/core/api';

function hrefOf(pasted: string): string {
  const endpoint = parseEndpoint(pasted);
  assert.ok(typeof endpoint === 'object', pasted);
  return endpoint.chatCompletions.href;
}

describe('The address of a service in a pasted text', () => {
  const texts = [
    '"https://a.example/v1"',
    "'https://a.example/v1/'",
    '`https://a.example/v1`',
    '\u201chttps://a.example/v1\u201d',
    '<https://a.example/v1>',
    'https://a.example/v1,',
    'https://a.example/v1.',
    'https://a.example/v1\u200b',
    'OPENAI_BASE_URL=https://a.example/v1',
    'export OPENAI_BASE_URL="https://a.example/v1"',
    '$env:OPENAI_BASE_URL = "https://a.example/v1"',
    'base_url="https://a.example/v1",',
    '"baseUrl": "https://a.example/v1",',
    'POST https://a.example/v1/chat/completions',
    'curl https://a.example/v1/chat',
    'curl https://a.example/v1/chat/completions \\',
    'curl -X POST https://a.example/v1/chat/completions \\\n  -H "Authorization: Bearer x"',
    "curl --request POST 'https://a.example/v1/chat/completions'",
    'curl -sS https://a.example/v1/models -H "Authorization: Bearer x"',
    'https://https://a.example/v1',
    'https//a.example/v1',
    '//a.example/v1',
    'https://a.example/v1/messages',
    'https://a.example/v1/Chat/Completions',
  ];
  for (const pasted of texts) {
    it(`is found in ${pasted}`, () => {
      assert.equal(hrefOf(pasted), 'https://a.example/v1/chat/completions');
    });
  }
});
