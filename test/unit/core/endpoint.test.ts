import assert from 'node:assert/strict';
import { parseEndpoint, type Endpoint } from '../../../src/core/api';
import { isLoopbackHost, isPrivateAddress } from '../../../src/core/api/private-addresses';

function read(written: string): Endpoint {
  const endpoint = parseEndpoint(written);
  assert.ok(typeof endpoint === 'object', written);
  return endpoint;
}

describe('The address of the service', () => {
  /** As the documentation of each service prints it, and the address that has to be asked. */
  const printed: readonly (readonly [service: string, written: string, asked: string])[] = [
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
    ['Open WebUI', 'http://localhost:3000/api', 'http://localhost:3000/api/chat/completions'],
    [
      'Databricks',
      'https://my.cloud.databricks.com/serving-endpoints',
      'https://my.cloud.databricks.com/serving-endpoints/chat/completions',
    ],
  ];
  for (const [service, written, asked] of printed) {
    it(`is asked as ${service} prints it: ${written}`, () => {
      assert.equal(read(written).chatCompletions.href, asked);
    });
  }

  it('contains the URLs of the models and of their deprecations', () => {
    for (const written of [
      'https://proxy.example/openai/v1/',
      'https://proxy.example/openai/v1/chat/completions',
    ]) {
      const { models, deprecations } = read(written);
      assert.equal(models.href, 'https://proxy.example/openai/v1/models?include=pricing');
      assert.equal(deprecations.href, 'https://proxy.example/openai/v1/models/deprecations');
    }
  });

  it('keeps its query in every URL', () => {
    const { chatCompletions, models, deprecations } = read('https://proxy.example/v1?version=2&x=a%20b');
    assert.deepEqual(
      [chatCompletions, models, deprecations].map(({ search }) => search),
      ['?version=2&x=a%20b', '?version=2&x=a%20b&include=pricing', '?version=2&x=a%20b'],
    );
  });

  const alternatives = {
    'https://a.example': 'https://a.example/chat/completions',
    'https://a.example/v1': 'https://a.example/chat/completions',
    'https://a.example/chat/completions': 'https://a.example/v1',
    'https://a.example/openai': 'https://a.example/openai/v1',
    'https://a.example/openai/v1?x=1': 'https://a.example/openai?x=1',
    'https://a.example/api/v3': 'https://a.example/api/v3/v1',
  };
  for (const [written, alternative] of Object.entries(alternatives)) {
    it(`has another reading: ${written}, as ${alternative}`, () => {
      const endpoint = read(written);
      assert.equal(endpoint.alternative, alternative);
      assert.notEqual(read(alternative).chatCompletions.href, endpoint.chatCompletions.href);
    });
  }

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
  for (const [written, baseUrl] of Object.entries(completed)) {
    it(`is completed where its scheme is left out: ${written}`, () => {
      assert.equal(read(written).baseUrl, baseUrl);
      assert.equal(read(baseUrl).chatCompletions.href, read(written).chatCompletions.href);
    });
  }

  it('has no fragment', () => {
    assert.equal(
      read('https://a.example/v1#/docs').chatCompletions.href,
      'https://a.example/v1/chat/completions',
    );
  });

  it('stays on its host for any path', () => {
    for (const path of [
      '//evil.example/v1',
      '/\\evil.example',
      '/..//evil.example/v1',
      '/v1/@evil.example',
    ]) {
      const { chatCompletions, models, deprecations, origin } = read(`https://a.example${path}`);
      for (const url of [chatCompletions, models, deprecations]) assert.equal(url.origin, origin);
      assert.equal(origin, 'https://a.example');
    }
  });

  const wrong = {
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
    'http://0.0.0.0': 'insecure',
    'http://8.8.8.8/v1': 'insecure',
    'http://[2606:4700::1111]': 'insecure',
  };
  for (const [written, problem] of Object.entries(wrong)) {
    it(`is not ${JSON.stringify(written)}: ${problem}`, () => assert.equal(parseEndpoint(written), problem));
  }
});

describe('S4 Loopback is this machine by its four names, and nothing else', () => {
  for (const written of [
    'http://localhost:1234/v1',
    'http://LOCALHOST',
    'http://127.0.0.1:8080',
    'http://[::1]:80',
    'http://[::ffff:127.0.0.1]:8080',
    // `URL` itself reads these as 127.0.0.1, and it is what we connect to.
    'http://127.1',
    'http://2130706433',
    'http://0x7f.0.0.1',
    'http://0177.0.0.1',
    'http://127.0.0.1.',
  ]) {
    it(written, () => {
      const endpoint = read(written);
      assert.deepEqual([endpoint.loopback, endpoint.protection], [true, 'loopback']);
      assert.match(
        endpoint.chatCompletions.hostname,
        /^(?:localhost|127\.0\.0\.1|\[::1\]|\[::ffff:7f00:1\])$/,
      );
    });
  }

  for (const written of [
    'http://x.localhost',
    'http://localhost.',
    'http://a.localhost.',
    'http://127.0.0.2',
    'http://127.9.9.9',
    'http://[::ffff:127.0.0.2]',
    'http://0.0.0.0',
    'http://[::]',
    'http://0',
  ]) {
    it(`not ${written}, to which nothing is sent`, () => assert.equal(parseEndpoint(written), 'insecure'));
  }

  for (const hostname of [
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost.localdomain',
    'localhosts',
    'loopback',
    'ip6-localhost',
  ]) {
    it(`not ${hostname}, which needs a key and consent`, () => {
      assert.equal(isLoopbackHost(hostname), false);
      const { loopback, protection } = read(`http://${hostname}`);
      assert.deepEqual([loopback, protection], [false, 'none']);
      assert.equal(read(`https://${hostname}`).loopback, false);
    });
  }

  it('does not include names that only look like it', () => {
    assert.equal(read('http://l\u043ecalhost').loopback, false);
  });
});

describe('A private address cannot be reached from the internet', () => {
  for (const address of [
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.5',
    '169.254.1.1',
    '100.64.0.1',
    '192.0.2.2',
    '198.18.0.1',
    '203.0.113.9',
    '2001:db8::1',
    '127.0.0.1',
    'fd12:3456::1',
    'fe80::1',
    '::1',
    '::ffff:192.168.1.5',
    '::ffff:c0a8:105',
  ]) {
    it(address, () => assert.ok(isPrivateAddress(address)));
  }

  for (const address of [
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '11.0.0.1',
    '100.128.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '2606:4700::1111',
    '192.0.3.1',
    '198.20.0.1',
    '::',
    '::ffff:8.8.8.8',
    'fe00::1',
    'ff02::1',
    '999.1.1.1',
    'localhost',
    '',
  ]) {
    it(`not ${address || 'nothing'}`, () => assert.ok(!isPrivateAddress(address)));
  }
});
