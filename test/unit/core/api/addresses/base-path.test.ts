import assert from 'node:assert/strict';
import { parseEndpoint, type Endpoint } from '../../../../../src/core/api';

function endpointOf(baseUrl: string): Endpoint {
  const endpoint = parseEndpoint(baseUrl);
  assert.ok(typeof endpoint === 'object', baseUrl);
  return endpoint;
}

describe('The path of the service', () => {
  /** An address as a service or its portal shows it, and its base. */
  const bases: readonly (readonly [address: string, base: string])[] = [
    ['https://me.openai.azure.com/', 'https://me.openai.azure.com/openai/v1'],
    ['https://me.cognitiveservices.azure.com', 'https://me.cognitiveservices.azure.com/openai/v1'],
    [
      'https://me.openai.azure.com/openai/responses?api-version=2025-04-01-preview',
      'https://me.openai.azure.com/openai/v1?api-version=2025-04-01-preview',
    ],
    ['https://openrouter.ai', 'https://openrouter.ai/api/v1'],
    ['https://openrouter.ai/api', 'https://openrouter.ai/api/v1'],
    ['https://api.groq.com', 'https://api.groq.com/openai/v1'],
    ['https://models.github.ai', 'https://models.github.ai/inference'],
    [
      'https://generativelanguage.googleapis.com/v1beta',
      'https://generativelanguage.googleapis.com/v1beta/openai',
    ],
    ['http://localhost:11434/api', 'http://localhost:11434/v1'],
    ['http://localhost:11434/api/chat', 'http://localhost:11434/v1'],
    ['https://ollama.com/api', 'https://ollama.com/v1'],
    ['https://a.example/ollama/api/generate', 'https://a.example/ollama/v1'],
    ['http://localhost:1234/api/v0', 'http://localhost:1234/v1'],
    ['http://localhost:1234/api/v1', 'http://localhost:1234/api/v1'],
    ['http://localhost:1234/api/v1/chat', 'http://localhost:1234/api/v1'],
    ['https://a.example/api/chat', 'https://a.example/api/chat'],
    ['https://a.example/api/generate', 'https://a.example/api/generate'],
    ['https://api.perplexity.ai', 'https://api.perplexity.ai/chat/completions'],
    ['https://api.perplexity.ai/v1', 'https://api.perplexity.ai/v1'],
    ['https://api.deepinfra.com', 'https://api.deepinfra.com/v1/openai'],
    ['https://api.deepinfra.com/v1', 'https://api.deepinfra.com/v1/openai'],
    ['https://ark.cn-beijing.volces.com', 'https://ark.cn-beijing.volces.com/api/v3'],
    [
      'https://bedrock-runtime.us-west-2.amazonaws.com',
      'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1',
    ],
    ['https://bedrock-mantle.us-west-2.api.aws', 'https://bedrock-mantle.us-west-2.api.aws/v1'],
    ['https://dashscope-us.aliyuncs.com', 'https://dashscope-us.aliyuncs.com/compatible-mode/v1'],
    ['https://a.example/v1/chat/completion', 'https://a.example/v1'],
    ['https://api.minimax.io/v1/text/chatcompletion_v2', 'https://api.minimax.io/v1'],
    [
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-3:generateContent',
      'https://generativelanguage.googleapis.com/v1beta/openai',
    ],
    ['https://a.example/models/one', 'https://a.example/models/one'],
    ['https://proxy.example/https://a.example/v1', 'https://proxy.example/https://a.example/v1'],
    ['https://a.example//v1//', 'https://a.example/v1'],
    [
      'https://me.cloud.databricks.com/serving-endpoints/my-model/invocations',
      'https://me.cloud.databricks.com/serving-endpoints',
    ],
  ];
  for (const [address, base] of bases) {
    it(`is that of its API for chats if the address is ${address}`, () => {
      assert.equal(endpointOf(address).baseUrl, base);
      assert.equal(endpointOf(base).baseUrl, base);
    });
  }

  for (const address of [
    'https://api.groq.com/openai/chat/completions',
    'https://me.openai.azure.com/openai/deployments/gpt-5/chat/completions?api-version=2024-10-21',
    'https://r.services.ai.azure.com/models/chat/completions',
    'https://openrouter.ai.example/chat/completions',
    'http://localhost:3000/api/chat/completions',
    'http://localhost:11434/chat/completions',
  ]) {
    it(`is kept if the address is complete: ${address}`, () => {
      assert.equal(endpointOf(address).chatCompletions.href, address);
    });
  }

  const alternatives = {
    'https://a.example': 'https://a.example/chat/completions',
    'https://a.example/v1': 'https://a.example/chat/completions',
    'https://a.example/chat/completions': 'https://a.example/v1',
    'https://a.example/openai': 'https://a.example/openai/v1',
    'https://a.example/openai/v1?x=1': 'https://a.example/openai?x=1',
    'https://a.example/api/v3': 'https://a.example/api/v3/v1',
    'https://a.example/api': 'https://a.example/v1',
    'https://a.example/api/v1': 'https://a.example/v1',
    'https://openrouter.ai/v1': 'https://openrouter.ai/api/v1',
    'https://me.openai.azure.com/v1': 'https://me.openai.azure.com/openai/v1',
    'https://me.openai.azure.com/openai/deployments/gpt-5?api-version=2024-10-21':
      'https://me.openai.azure.com/openai/v1?api-version=2024-10-21',
    'https://api.groq.com': 'https://api.groq.com/openai/chat/completions',
    'https://api.perplexity.ai': 'https://api.perplexity.ai/v1',
    'https://api.perplexity.ai/v1': 'https://api.perplexity.ai/',
    'https://api.deepinfra.com/v1': 'https://api.deepinfra.com/v1/chat/completions',
    'http://localhost:11434/api': 'http://localhost:11434/api/chat/completions',
    'https://ollama.com/api': 'https://ollama.com/api/chat/completions',
    'http://localhost:1234/api/v0': 'http://localhost:1234/api/v0/chat/completions',
    'http://localhost:1234/api/v1': 'http://localhost:1234/v1',
    'http://localhost:1234/api/v1/chat': 'http://localhost:1234/v1',
  };
  for (const [address, alternative] of Object.entries(alternatives)) {
    it(`has an alternative, which leads to another address: ${address} may also be ${alternative}`, () => {
      const endpoint = endpointOf(address);
      assert.equal(endpoint.alternative, alternative);
      assert.notEqual(endpointOf(alternative).chatCompletions.href, endpoint.chatCompletions.href);
    });
  }
});
