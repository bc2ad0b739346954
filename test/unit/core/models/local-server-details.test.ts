import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { createModelListService } from '../../../../src/core/models/model-list';
import type { ListedModel } from '../../../../src/core/models/model-parser';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { requestTo, stillClock } from '../../../support/wire';
import { serve } from './model-list-builders';

/** The JSON for each path. The name of a model follows the path `/api/show`. */
type Responses = Readonly<Record<string, unknown>>;

/** The models of a server that responds with this JSON, and with 404 to any other request. */
async function modelsOf(responses: Responses): Promise<readonly ListedModel[]> {
  const server = await serve((request, response) => {
    void text(request).then((body) => {
      const name = body === '' ? '' : ` ${(JSON.parse(body) as { readonly model: string }).model}`;
      const json = responses[`${(request.url ?? '').split('?')[0]}${name}`];
      if (json === undefined) response.writeHead(404).end();
      else response.end(JSON.stringify(json));
    });
  });
  try {
    const { endpoint } = requestTo(server.origin);
    const cache = { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };
    const service = createModelListService(nodeTransport, stillClock, cache);
    return (await service.models(endpoint, undefined)).models;
  } finally {
    await server.close();
  }
}

const listOf = (owner: string, ...ids: readonly string[]): Responses => ({
  '/v1/models': { object: 'list', data: ids.map((id) => ({ id, object: 'model', owned_by: owner })) },
});

describe('A local server that lists only the names of its models', () => {
  it('is asked for the capabilities and the context window of each model, for example Ollama', async () => {
    const [thinking, plain, unknown] = await modelsOf({
      ...listOf('library', 'think:8b', 'plain:8b', 'other:8b'),
      '/api/show think:8b': {
        capabilities: ['completion', 'thinking', 'tools'],
        parameters: 'stop                           "<|im_end|>"\nnum_ctx                        8192',
        model_info: { 'qwen3.context_length': 40_960 },
      },
      '/api/show plain:8b': { capabilities: ['completion'], parameters: '' },
    });
    assert.deepEqual(
      [thinking?.context, thinking?.reasoning, thinking?.efforts, thinking?.tools],
      [8192, true, undefined, true],
    );
    assert.deepEqual([plain?.context, plain?.reasoning, plain?.efforts], [undefined, false, []]);
    assert.deepEqual([unknown?.context, unknown?.reasoning], [undefined, undefined]);
  });

  it('is asked for the context window with which a model was loaded, for example LM Studio', async () => {
    const [model, other] = await modelsOf({
      ...listOf('organization_owner', 'maker/model', 'maker/other'),
      '/api/v1/models': {
        models: [
          {
            type: 'llm',
            key: 'maker/model',
            max_context_length: 131_072,
            loaded_instances: [{ id: 'maker/model', config: { context_length: 4096 } }],
            capabilities: { vision: true, trained_for_tool_use: false },
          },
        ],
      },
    });
    assert.deepEqual([model?.context, model?.vision, model?.tools], [4096, true, false]);
    assert.deepEqual([other?.id, other?.context], ['maker/other', undefined]);
  });

  it('is asked for the context window in its options, for example llama.cpp', async () => {
    const [model] = await modelsOf({
      '/v1/models': {
        data: [{ id: 'model.gguf', owned_by: 'llamacpp', meta: { n_ctx_train: 131_072 } }],
      },
      '/props': { default_generation_settings: { n_ctx: 8192 } },
    });
    assert.equal(model?.context, 8192);
  });

  it('is trusted only if its details are valid', async () => {
    const invalidDetails = [7, 'x', null, [], { capabilities: 'thinking', parameters: ['num_ctx 1'] }];
    for (const details of invalidDetails) {
      const [model] = await modelsOf({ ...listOf('library', 'm'), '/api/show m': details });
      assert.deepEqual([model?.id, model?.context, model?.efforts], ['m', undefined, undefined]);
    }
    for (const n_ctx of [0, -1, 1.5, '4096', null]) {
      const props = { default_generation_settings: { n_ctx } };
      const [model] = await modelsOf({ ...listOf('llamacpp', 'm'), '/props': props });
      assert.equal(model?.context, undefined);
    }
  });
});
