import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ModelListResult } from '../../src/core/models/model-list';
import { selectService } from '../../src/host/models/service-selection';
import { messagesDuring } from './dialogs';
import { withPicker } from './with-picker';
import { userValue, withSettings } from './with-settings';

const model = (id: string): ModelListResult['models'][number] => ({ id, aliases: [] });
const fresh = (...ids: string[]): ModelListResult => ({ models: ids.map(model), source: 'fresh' });
const nothing: ModelListResult = { models: [], source: 'cached' };

describe('Select Service', () => {
  /** The addresses at which the list of models was requested. */
  const asked: string[] = [];
  const { showQuickPick } = vscode.window;

  beforeEach(() => (asked.length = 0));
  afterEach(() => Object.assign(vscode.window, { showQuickPick }));

  /** A server whose list of models is each of these in turn. */
  function server(...lists: readonly ModelListResult[]): Parameters<typeof selectService>[0] {
    const left = [...lists];
    return {
      requestModelList: (endpoint) => {
        asked.push(endpoint.origin);
        return Promise.resolve(left.shift() ?? nothing);
      },
    };
  }

  const settings = (): readonly unknown[] => [userValue('baseUrl'), userValue('model')];
  const initial = { baseUrl: 'https://other.example', model: 'other' };

  it('sends the questions to Ollama, and uses its only model, without a key or an entry in a file', () =>
    withSettings(initial, async () => {
      const messages = await messagesDuring(() => selectService(server(fresh('qwen3:8b')), 'ollama'));
      assert.deepEqual(settings(), ['http://localhost:11434', 'qwen3:8b']);
      assert.deepEqual(asked, ['http://localhost:11434']);
      assert.match(messages[0]?.message ?? '', /sent to Ollama at/);
    }));

  it('lets the user choose one of several models, and changes nothing if the user cancels', () =>
    withSettings(initial, async () => {
      const two = fresh('one', 'two');
      await withPicker(undefined, async () => {
        await messagesDuring(() => selectService(server(two), 'llamaCpp'));
        assert.deepEqual(settings(), Object.values(initial));
      });
      await withPicker('two', async () => {
        await messagesDuring(() => selectService(server(two), 'llamaCpp'));
        assert.deepEqual(settings(), ['http://localhost:8080', 'two']);
      });
    }));

  it('changes nothing and says so while the server does not respond, and tries again when asked', () =>
    withSettings(initial, async () => {
      const [message, ...others] = await messagesDuring(() => selectService(server(nothing), 'ollama'));
      assert.match(message?.message ?? '', /^Ollama does not respond at .*Start the server/);
      assert.deepEqual(others, []);
      assert.deepEqual(settings(), Object.values(initial));

      await messagesDuring(() => selectService(server(nothing, fresh('late')), 'ollama'), 'Try Again');
      assert.deepEqual(settings(), ['http://localhost:11434', 'late']);
    }));

  it('changes nothing and says so while the server has no models', () =>
    withSettings(initial, async () => {
      const [message] = await messagesDuring(() => selectService(server(fresh()), 'ollama'));
      assert.match(message?.message ?? '', /^Ollama has no models\. Download a model/);
      assert.deepEqual(settings(), Object.values(initial));
    }));

  it('returns to the defaults for AI/ML API, which the user can choose from a list', () =>
    withSettings(initial, async () => {
      let labels: readonly string[] = [];
      Object.assign(vscode.window, {
        showQuickPick: (items: readonly vscode.QuickPickItem[]) => {
          labels = items.map(({ label, description }) => `${label} ${description ?? ''}`);
          return Promise.resolve(items[0]);
        },
      });
      await messagesDuring(() => selectService(server(), undefined));
      assert.deepEqual(labels, [
        'AI/ML API https://api.aimlapi.com',
        'Ollama http://localhost:11434',
        'llama.cpp http://localhost:8080',
      ]);
      assert.deepEqual(settings(), [undefined, undefined]);
      assert.deepEqual(asked, []);
    }));
});
