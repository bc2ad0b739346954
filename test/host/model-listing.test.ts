import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createLearnedCorrections } from '../../src/core/api';
import type { ModelListService } from '../../src/core/models/model-list';
import { createErrorDescriptions } from '../../src/host/chat/error-messages/load-error-descriptions';
import { createModelMetadataService } from '../../src/host/models/model-metadata';
import { createModelProvider } from '../../src/host/vscode-chat/model-provider';
import { manualClock } from '../support/wire';
import { apiKeyStore } from './api-key-store';
import { recordingLog } from './recording-log';
import { withSettings } from './with-settings';

/**
 * The provider alone. In a window, the service cannot count its requests, because the rest of the extension also asks
 * for the models when the settings change.
 */
describe('The models in VS Code', () => {
  let requests: number;
  let provider: vscode.LanguageModelChatProvider;

  beforeEach(() => {
    requests = 0;
    const modelList: ModelListService = {
      models(_, __, signal) {
        if (signal?.aborted !== true) requests++;
        return Promise.resolve({ models: [{ id: 'stored-model', aliases: [] }], source: 'cached' });
      },
    };
    const { log } = recordingLog();
    const learned = createLearnedCorrections();
    provider = createModelProvider({
      models: createModelMetadataService(modelList, learned, manualClock(), log, () => undefined),
      keys: apiKeyStore(undefined, () => assert.fail('the user was asked for a key')),
      resolveHost: () => Promise.resolve(['93.184.216.34']),
      counter: { count: () => assert.fail('a text was counted') },
      errors: createErrorDescriptions(log),
      sendLanguageModelRequest: () => assert.fail('a question was sent'),
    });
  });

  async function list(silent: boolean): Promise<readonly string[]> {
    const { token } = new vscode.CancellationTokenSource();
    const models = await provider.provideLanguageModelChatInformation({ silent }, token);
    return (models ?? []).map(({ id }) => id);
  }

  it('are listed without a request to the service if the user must not be asked for a key', async () => {
    assert.deepEqual(await list(true), ['o1-mini', 'stored-model']);
    assert.equal(requests, 0);
  });

  it('are requested from the service if the user may be asked', async () => {
    assert.deepEqual(await list(false), ['o1-mini', 'stored-model']);
    assert.equal(requests, 1);
  });

  it('are not listed, and no key is asked for, if the service may not receive requests', () =>
    withSettings({ baseUrl: 'http://gateway.example/v1' }, async () => {
      assert.deepEqual(await list(false), []);
      assert.deepEqual(await list(true), []);
      assert.equal(requests, 0);
    }));
});
