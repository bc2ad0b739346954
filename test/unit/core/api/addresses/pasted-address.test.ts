import assert from 'node:assert/strict';
import { parseEndpoint } from '../../../../../src/core/api';

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
    'OPENAI_BASE_URL=a.example/v1',
    'OPENAI_BASE_URL=https://a.example/v1 OPENAI_API_KEY=x',
    'Endpoint: a.example/v1',
    'Base URL: a.example',
    '"base_url": "a.example/v1",',
    'base_url\uff1a a.example/v1',
    'https\uff1a//a.example/v1',
    'OPENAI_BASE_URL="a.example/v1"',
    'https;//a.example/v1',
    '"https://a.example/v1".',
    'setx OPENAI_BASE_URL "https://a.example/v1"',
    'setx OPENAI_BASE_URL https://a.example/v1',
    'set OPENAI_BASE_URL=https://a.example/v1 && code .',
    'https://a.example/v1 # comment',
    'https://a.example/v1 // comment',
    'const baseURL = "https://a.example/v1";',
    'OpenAI(base_url="https://a.example/v1", api_key="x")',
    'client = OpenAI(\n  base_url="https://a.example/v1",\n)',
    "fetch('https://a.example/v1/chat/completions', { method: 'POST' })",
    '{"baseUrl":"https://a.example/v1","apiKey":"x"}',
    '**https://a.example/v1**',
    '(https://a.example/v1).',
    '[documentation](https://a.example/v1)',
    '[https://a.example/v1](https://a.example/v1)',
    '- OPENAI_BASE_URL=https://a.example/v1',
    'POST https://a.example/v1/chat/completions HTTP/1.1',
    'https://a.example/v1/chat/completions (POST)',
    'https://a.example/v1\u3002',
    '<a href="https://a.example/v1">documentation</a>',
    'Base URL: https://a.example/v1',
    'Base URL：https://a.example/v1',
    '- https://a.example/v1',
    'Server listening at https://a.example/v1',
    'Use "https://a.example/v1" as the base URL.',
    'Use "https://a.example/v1" (that is, "https://a.example/v1").',
    'llama.cpp listens at "https://a.example/v1".',
    'client.base_url("https://a.example/v1")',
    '$ curl https://a.example/v1/models -H "Referer: https://b.example"',
  ];
  for (const pasted of texts) {
    it(`is found in ${pasted}`, () => {
      assert.equal(hrefOf(pasted), 'https://a.example/v1/chat/completions');
    });
  }

  it('is found at the beginning of a long text in a short time', () => {
    const start = performance.now();
    for (const text of [' (', '* ', '"', '/models/a']) {
      parseEndpoint(text.repeat(50_000));
      assert.equal(
        hrefOf(`"https://a.example/v1" # ${text.repeat(50_000)}`),
        'https://a.example/v1/chat/completions',
      );
    }
    assert.ok(performance.now() - start < 2000);
  });

  const problems = {
    'https://a.example https://b.example': 'spaces',
    '"https://a.example" or "https://b.example"': 'spaces',
    'Use https://a.example or https://b.example': 'spaces',
    '[https://a.example/v1](https://b.example/v1)': 'no-url',
    'https://a.example /v1': 'spaces',
    'https://a.example/v1 (or https://b.example/v1)': 'spaces',
    'https://a.example/v1 "https://b.example/v1"': 'spaces',
    'https://a.example/v1 (see "https://b.example/docs")': 'spaces',
    'a.example/v1 ("https://b.example/v1")': 'spaces',
    'localhost:8080/v1 (see "https://b.example/docs")': 'spaces',
    'Use "https://a.example/v1" instead of https://b.example/v1': 'spaces',
    'let url = `https://${host}/v1`': 'no-url',
    'x = "https://<resource>.azure.com"': 'no-url',
    "a.example;'/v1": 'no-url',
  };
  for (const [pasted, problem] of Object.entries(problems)) {
    it(`is not guessed from ${pasted}`, () => assert.equal(parseEndpoint(pasted), problem));
  }
});
