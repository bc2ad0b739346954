import assert from 'node:assert/strict';
import { createLearnedCorrections } from '../../src/core/api';
import { createModelListService } from '../../src/core/models/model-list';
import { currentAnswer, lastTurn } from '../../src/core/chat/conversation';
import type { Session } from '../../src/core/chat/session';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { createModelMetadataService } from '../../src/host/models/model-metadata';
import { createModelSelection, type ModelSelection } from '../../src/host/models/model-selection';
import { createModelListCache } from '../../src/host/storage/model-list-cache';
import { createDiskFolder } from '../../src/platform/node/file-folder';
import { nodeTransport } from '../../src/platform/node/transport';
import { startServer, type ApiServer } from '../server/server';
import { clientServicesOver, prepared, requestTo, stillClock } from '../support/wire';
import { scratchFolder } from '../support/scratch-folder';
import { recordingLog } from './recording-log';
import { apiKeyStore } from './api-key-store';
import { withPicker } from './with-picker';
import { errorDescriptions } from './webview-sync-services';
import { userValue, withSettings } from './with-settings';

describe('The model selection', () => {
  const { log } = recordingLog();
  let api: ApiServer;
  let sessions: Sessions;
  let session: Session;
  let selection: ModelSelection;
  let regeneratedWith: unknown[];

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
  });
  after(() => api.close());
  beforeEach(() => {
    api.clear();
    regeneratedWith = [];
    sessions = createSessions({ ...clientServicesOver(nodeTransport), newId: () => crypto.randomUUID() });
    session = sessions.shown;
    const folder = createDiskFolder(scratchFolder());
    const service = createModelListService(nodeTransport, stillClock, createModelListCache(folder, log));
    const models = createModelMetadataService(
      service,
      createLearnedCorrections(),
      stillClock,
      log,
      () => undefined,
    );
    const regenerate = (): Promise<void> => {
      regeneratedWith.push(userValue('model'));
      return Promise.resolve();
    };
    selection = createModelSelection({
      sessions,
      models,
      keys: apiKeyStore(() => 'sk-test'),
      regenerate,
    });
  });

  /** Asks a model that the service does not have. */
  async function askMissingModel(model: string): Promise<void> {
    const error = { message: `The model ${model} does not exist`, code: 'model_not_found' };
    api.script({ kind: 'status', status: 404, body: JSON.stringify({ error }) });
    await session.ask({ text: 'Why?' }, prepared(requestTo(api.origin, { parameters: { model } })));
  }

  function offeredReplacement(): unknown {
    const turn = lastTurn(session.conversation);
    const status = turn && currentAnswer(turn).status;
    assert.ok(status?.kind === 'failed' && status.error.kind === 'model-not-found');
    return status.error.replacedBy;
  }

  it('offers the replacement that the service names for a missing model', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      await askMissingModel('o1-preview');
      await selection.findReplacement();
      assert.equal(offeredReplacement(), 'o3');
    });
  });

  it('offers no replacement if the service names none', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      await askMissingModel('unknown-model');
      await selection.findReplacement();
      assert.equal(offeredReplacement(), undefined);
    });
  });

  it('offers no replacement for a deployment that does not exist, as the list has models and not deployments', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      const error = {
        code: 'DeploymentNotFound',
        message: 'The API deployment for this resource does not exist.',
      };
      api.script({ kind: 'status', status: 404, body: JSON.stringify({ error }) });
      const parameters = { model: 'o1-preview' };
      await session.ask({ text: 'Why?' }, prepared(requestTo(api.origin, { parameters })));
      await selection.findReplacement();
      assert.equal(offeredReplacement(), undefined);
    });
  });

  it('offers the most similar model, with its price and window, if the lists name no replacement', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      await askMissingModel('o2-mini');
      await selection.findReplacement();
      assert.equal(offeredReplacement(), 'o4-mini');
      const turn = lastTurn(session.conversation);
      const status = turn && currentAnswer(turn).status;
      assert.ok(status?.kind === 'failed');
      const { title, explanation } = errorDescriptions.describe(status.error);
      assert.equal(title, 'The model o2-mini is not available from this service');
      assert.match(explanation, /o4-mini is the most similar model.*200,000 context tokens.*\$1\.10 input/);
    });
  });

  it('looks for no replacement while every question finds its model', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      await session.ask({ text: 'Why?' }, prepared(requestTo(api.origin)));
      api.clear();
      await selection.findReplacement();
      assert.deepEqual(api.requests, []);
    });
  });

  it('writes the replacement to the user settings and regenerates the answer', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-preview' }, async () => {
      await askMissingModel('o1-preview');
      await selection.findReplacement();
      await selection.useReplacement();
      assert.equal(userValue('model'), 'o3');
      assert.deepEqual(regeneratedWith, ['o3']);
    });
  });

  it('changes nothing if no replacement is known', async () => {
    await withSettings({ baseUrl: api.origin, model: 'unknown-model' }, async () => {
      await askMissingModel('unknown-model');
      await selection.useReplacement();
      assert.equal(userValue('model'), 'unknown-model');
      assert.deepEqual(regeneratedWith, []);
    });
  });

  it('regenerates the answer with a picked model if the previous one was missing', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-preview' }, async () => {
      await askMissingModel('o1-preview');
      await withPicker('o4-mini', () => selection.select());
      assert.equal(userValue('model'), 'o4-mini');
      assert.deepEqual(regeneratedWith, ['o4-mini']);
    });
  });

  it('regenerates even if a replacement is found while the picked model is being saved', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-preview' }, async () => {
      await askMissingModel('o1-preview');
      const whileSaving = (): unknown => session.change({ type: 'replacementFound', model: 'o3' });
      await withPicker('o4-mini', () => selection.select(), whileSaving);
      assert.deepEqual(regeneratedWith, ['o4-mini']);
    });
  });

  it('does not regenerate if the previous model exists or the same model is picked', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-mini' }, async () => {
      await session.ask({ text: 'Why?' }, prepared(requestTo(api.origin)));
      await withPicker('o3', () => selection.select());
      assert.equal(userValue('model'), 'o3');
      await askMissingModel('o3');
      await withPicker('o3', () => selection.select());
      assert.deepEqual(regeneratedWith, []);
    });
  });

  it('changes nothing if the user cancels', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-preview' }, async () => {
      await askMissingModel('o1-preview');
      await withPicker(undefined, () => selection.select());
      assert.equal(userValue('model'), 'o1-preview');
      assert.deepEqual(regeneratedWith, []);
    });
  });

  it('lists the current model first, then those of the service, with sizes and prices', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-mini' }, () =>
      withPicker('o1-mini', async (labels) => {
        await selection.select();
        const [first, ...others] = labels();
        assert.match(
          first ?? '',
          /^\$\(check\) o1-mini 128,000 context tokens.*\$1\.10 input, \$4\.40 output/,
        );
        assert.match(first ?? '', /deprecated, shutdown on Oct 27, 2025, replaced by o4-mini/);
        assert.deepEqual(
          others.map((label) => label.split(' ')[0]),
          ['o4-mini', 'o3', 'gpt-5-mini'],
        );
      }),
    );
  });
});
