import assert from 'node:assert/strict';
import { parseEndpoint, type Endpoint } from '../../../../../src/core/api';
import { isLoopbackHost } from '../../../../../src/core/api/addresses/private-addresses';

function endpointOf(baseUrl: string): Endpoint {
  const endpoint = parseEndpoint(baseUrl);
  assert.ok(typeof endpoint === 'object', baseUrl);
  return endpoint;
}

describe('The address of the service', () => {
  /** The URL in the documentation of each service, and the URL of its chat completions. */
  const documentedUrls: readonly (readonly [service: string, documented: string, expected: string])[] = [
    ['AI/ML API', 'https://api.aimlapi.com', 'https://api.aimlapi.com/v1/chat/completions'],
    ['AI/ML API', 'https://api.aimlapi.com/v1', 'https://api.aimlapi.com/v1/chat/completions'],
    ['OpenAI', 'https://api.openai.com/v1/', 'https://api.openai.com/v1/chat/completions'],
    ['OpenAI', 'https://api.openai.com/v1/chat/completions', 'https://api.openai.com/v1/chat/completions'],
    ['OpenAI', 'https://api.openai.com/v1/responses', 'https://api.openai.com/v1/chat/completions'],
    [
      'Azure, a deployment',
      'https://me.openai.azure.com/openai/deployments/gpt-5/chat/completions?api-version=2024-10-21',
      'https://me.openai.azure.com/openai/deployments/gpt-5/chat/completions?api-version=2024-10-21',
    ],
    [
      'Azure, the base of a deployment',
      'https://me.openai.azure.com/openai/deployments/gpt-5?api-version=2024-10-21',
      'https://me.openai.azure.com/openai/deployments/gpt-5/chat/completions?api-version=2024-10-21',
    ],
    [
      'Azure v1',
      'https://me.openai.azure.com/openai/v1/',
      'https://me.openai.azure.com/openai/v1/chat/completions',
    ],
    ['OpenRouter', 'https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1/chat/completions'],
    ['Groq', 'https://api.groq.com/openai/v1', 'https://api.groq.com/openai/v1/chat/completions'],
    ['Together', 'https://api.together.xyz/v1', 'https://api.together.xyz/v1/chat/completions'],
    ['Mistral', 'https://api.mistral.ai/v1', 'https://api.mistral.ai/v1/chat/completions'],
    ['DeepSeek', 'https://api.deepseek.com', 'https://api.deepseek.com/v1/chat/completions'],
    ['DeepSeek', 'https://api.deepseek.com/chat/completions', 'https://api.deepseek.com/chat/completions'],
    ['xAI', 'https://api.x.ai/v1', 'https://api.x.ai/v1/chat/completions'],
    [
      'Gemini',
      'https://generativelanguage.googleapis.com/v1beta/openai/',
      'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions',
    ],
    [
      'Zhipu',
      'https://open.bigmodel.cn/api/paas/v4/',
      'https://open.bigmodel.cn/api/paas/v4/chat/completions',
    ],
    [
      'Volcengine',
      'https://ark.cn-beijing.volces.com/api/v3',
      'https://ark.cn-beijing.volces.com/api/v3/chat/completions',
    ],
    [
      'DashScope',
      'https://dashscope.aliyuncs.com/compatible-mode/v1',
      'https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions',
    ],
    ['Ollama', 'http://localhost:11434', 'http://localhost:11434/v1/chat/completions'],
    ['LM Studio', 'http://localhost:1234/v1', 'http://localhost:1234/v1/chat/completions'],
    ['vLLM', 'http://localhost:8000/v1', 'http://localhost:8000/v1/chat/completions'],
    ['llama.cpp', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080/v1/chat/completions'],
    [
      'Fireworks',
      'https://api.fireworks.ai/inference/v1',
      'https://api.fireworks.ai/inference/v1/chat/completions',
    ],
    [
      'Perplexity',
      'https://api.perplexity.ai/chat/completions',
      'https://api.perplexity.ai/chat/completions',
    ],
    [
      'GitHub Models',
      'https://models.github.ai/inference',
      'https://models.github.ai/inference/chat/completions',
    ],
    [
      'Cloudflare',
      'https://api.cloudflare.com/client/v4/accounts/0123/ai/v1',
      'https://api.cloudflare.com/client/v4/accounts/0123/ai/v1/chat/completions',
    ],
    [
      'Cloudflare AI Gateway',
      'https://gateway.ai.cloudflare.com/v1/0123/my-gateway/compat/chat/completions',
      'https://gateway.ai.cloudflare.com/v1/0123/my-gateway/compat/chat/completions',
    ],
    ['Moonshot', 'https://api.moonshot.ai/v1', 'https://api.moonshot.ai/v1/chat/completions'],
    [
      'Cohere',
      'https://api.cohere.ai/compatibility/v1',
      'https://api.cohere.ai/compatibility/v1/chat/completions',
    ],
    [
      'Azure AI Foundry',
      'https://r.services.ai.azure.com/models',
      'https://r.services.ai.azure.com/models/chat/completions',
    ],
    ['Open WebUI', 'http://localhost:3000/api', 'http://localhost:3000/api/chat/completions'],
    [
      'Databricks',
      'https://my.cloud.databricks.com/serving-endpoints',
      'https://my.cloud.databricks.com/serving-endpoints/chat/completions',
    ],
  ];
  for (const [service, documented, expected] of documentedUrls) {
    it(`can be entered as in the documentation of ${service}: ${documented}`, () => {
      assert.equal(endpointOf(documented).chatCompletions.href, expected);
    });
  }

  it('contains the URLs of the models and of their deprecations', () => {
    for (const address of [
      'https://proxy.example/openai/v1/',
      'https://proxy.example/openai/v1/chat/completions',
    ]) {
      const { models, deprecations } = endpointOf(address);
      assert.equal(models.href, 'https://proxy.example/openai/v1/models?include=pricing');
      assert.equal(deprecations.href, 'https://proxy.example/openai/v1/models/deprecations');
    }
  });

  it('keeps its query in every URL', () => {
    const { chatCompletions, models, deprecations } = endpointOf(
      'https://proxy.example/v1?version=2&x=a%20b',
    );
    assert.deepEqual(
      [chatCompletions, models, deprecations].map(({ search }) => search),
      ['?version=2&x=a%20b', '?version=2&x=a%20b&include=pricing', '?version=2&x=a%20b'],
    );
  });

  const completed = {
    'api.aimlapi.com': 'https://api.aimlapi.com/v1',
    'api.example.com:8443/openai/v1': 'https://api.example.com:8443/openai/v1',
    'localhost:11434': 'http://localhost:11434/v1',
    localhost: 'http://localhost/v1',
    '127.0.0.1:1234/v1': 'http://127.0.0.1:1234/v1',
    '[::1]:8080': 'http://[::1]:8080/v1',
    '192.168.1.5:11434': 'https://192.168.1.5:11434/v1',
    'HTTPS://API.EXAMPLE.COM': 'https://api.example.com/v1',
  };
  for (const [address, baseUrl] of Object.entries(completed)) {
    it(`is completed if it has no scheme: ${address}`, () => {
      assert.equal(endpointOf(address).baseUrl, baseUrl);
      assert.equal(endpointOf(baseUrl).chatCompletions.href, endpointOf(address).chatCompletions.href);
    });
  }

  it('has no fragment', () => {
    assert.equal(
      endpointOf('https://a.example/v1#/docs').chatCompletions.href,
      'https://a.example/v1/chat/completions',
    );
  });

  it('keeps its host for any path', () => {
    for (const path of [
      '//evil.example/v1',
      '/\\evil.example',
      '/..//evil.example/v1',
      '/v1/@evil.example',
    ]) {
      const { chatCompletions, models, deprecations, origin } = endpointOf(`https://a.example${path}`);
      for (const url of [chatCompletions, models, deprecations]) assert.equal(url.origin, origin);
      assert.equal(origin, 'https://a.example');
    }
  });

  const invalidAddresses = {
    '': 'no-url',
    'https://': 'no-url',
    'https://a b.example': 'spaces',
    'https://a.example/v 1': 'spaces',
    'not a url': 'spaces',
    'ftp://api.aimlapi.com': 'no-http',
    'javascript:alert(1)': 'no-http',
    'file:///etc/passwd': 'no-http',
    'https://user:pass@api.aimlapi.com': 'credentials',
    'https://user@api.aimlapi.com': 'credentials',
    'user:pass@api.aimlapi.com': 'credentials',
    'http://8.8.8.8/v1': 'insecure',
    'http://[2606:4700::1111]': 'insecure',
    'https://${HOST}/v1': 'no-url',
    'https://<resource>.openai.azure.com': 'no-url',
    'OPENAI_BASE_URL=https://user:pass@api.aimlapi.com': 'credentials',
    'https://user:p$WORD@api.aimlapi.com': 'credentials',
    'https://a.example/accounts/{account_id}/v1': 'no-url',
    'https://a.example/v1/$ACCOUNT_ID/compat': 'no-url',
    'https://a.example/deployments/<deployment>/chat/completions': 'no-url',
    'https://a.example/v1?version={version}': 'no-url',
  };
  for (const [address, problem] of Object.entries(invalidAddresses)) {
    it(`cannot be ${JSON.stringify(address)}: ${problem}`, () =>
      assert.equal(parseEndpoint(address), problem));
  }
});

describe('S4 A loopback address', () => {
  for (const address of [
    'http://localhost:1234/v1',
    'http://LOCALHOST',
    'http://127.0.0.1:8080',
    'http://[::1]:80',
    'http://[::ffff:127.0.0.1]:8080',
    // `URL` parses these as 127.0.0.1, and the connection uses the parsed address.
    'http://127.1',
    'http://2130706433',
    'http://0x7f.0.0.1',
    'http://0177.0.0.1',
    'http://127.0.0.1.',
    // A server that listens on all addresses prints these.
    'http://0.0.0.0:8000',
    '0.0.0.0:8000',
    'http://[::]:11434',
    'http://0',
  ]) {
    it(`can be ${address}`, () => {
      const endpoint = endpointOf(address);
      assert.deepEqual([endpoint.loopback, endpoint.protection], [true, 'loopback']);
      assert.match(
        endpoint.chatCompletions.hostname,
        /^(?:localhost|127\.0\.0\.1|\[::1\]|\[::ffff:7f00:1\])$/,
      );
    });
  }

  for (const address of [
    'http://x.localhost',
    'http://localhost.',
    'http://a.localhost.',
    'http://127.0.0.2',
    'http://127.9.9.9',
    'http://[::ffff:127.0.0.2]',
  ]) {
    it(`cannot be ${address}, to which nothing is sent`, () =>
      assert.equal(parseEndpoint(address), 'insecure'));
  }

  for (const hostname of [
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost.localdomain',
    'localhosts',
    'loopback',
    'ip6-localhost',
  ]) {
    it(`cannot be ${hostname}, which requires a key and consent`, () => {
      assert.equal(isLoopbackHost(hostname), false);
      const { loopback, protection } = endpointOf(`http://${hostname}`);
      assert.deepEqual([loopback, protection], [false, 'none']);
      assert.equal(endpointOf(`https://${hostname}`).loopback, false);
    });
  }

  it('cannot be a name that only looks like localhost', () => {
    assert.equal(endpointOf('http://l\u043ecalhost').loopback, false);
  });
});
