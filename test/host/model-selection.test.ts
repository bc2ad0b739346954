import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createModelListService } from '../../src/core/models/model-list';
import { currentAnswer, lastTurn } from '../../src/core/chat/conversation';
import type { Session } from '../../src/core/chat/session';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { createModelMetadataService } from '../../src/host/models/model-metadata';
import { createModelSelection, type ModelSelection } from '../../src/host/models/model-selection';
import type { ApiKeyStore } from '../../src/host/storage/api-key-store';
import { createModelListCache } from '../../src/host/storage/model-list-cache';
import { createDiskFolder } from '../../src/platform/node/file-folder';
import { nodeTransport } from '../../src/platform/node/transport';
import { startServer, type ApiServer } from '../server/server';
import { portsOver, prepared, requestTo, stillClock } from '../support/wire';
import { listeningLog } from './listening-log';
import { userValue, withSettings } from './with-settings';

const keys: ApiKeyStore = {
  get: () => Promise.resolve('sk-test'),
  ask: () => Promise.resolve(undefined),
  delete: () => Promise.resolve(),
  onDidChange: new vscode.EventEmitter<unknown>().event,
};

type Picked = vscode.QuickPickItem & { readonly model: string };

/**
 * The list that opens next, as if the user had taken the model in it, or closed it without.
 *
 * @param afterClosing called in the next task after the list has closed
 */
async function withPicker(
  take: string | undefined,
  check: (labels: () => readonly string[]) => Promise<void>,
  afterClosing: () => unknown = () => undefined,
): Promise<void> {
  const { window } = vscode;
  const original = window.createQuickPick;
  const [accept, hide, change] = [1, 2, 3].map(() => new vscode.EventEmitter<void>());
  let items: readonly Picked[] = [];
  const picker = {
    value: '',
    activeItems: [] as readonly Picked[],
    onDidAccept: accept?.event,
    onDidHide: hide?.event,
    onDidChangeValue: change?.event,
    get items() {
      return items;
    },
    set items(next) {
      items = next;
      // The list is there, or there is none.
      if (this.busy) return;
      this.activeItems = items.filter(({ model }) => model === take);
      if (take === undefined) hide?.fire();
      else accept?.fire();
    },
    busy: false,
    show: () => undefined,
    hide: () => hide?.fire(),
    dispose: () => void setImmediate(afterClosing),
  };
  try {
    Object.assign(window, { createQuickPick: () => picker });
    await check(() => items.map(({ label, description, detail }) => [label, description, detail].join(' ')));
  } finally {
    Object.assign(window, { createQuickPick: original });
  }
}

describe('The choice of a model', () => {
  const { log } = listeningLog();
  let api: ApiServer;
  let sessions: Sessions;
  let session: Session;
  let choice: ModelSelection;
  let askedAgain: unknown[];

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
  });
  after(() => api.close());
  beforeEach(() => {
    api.clear();
    askedAgain = [];
    sessions = createSessions({ ...portsOver(nodeTransport), newId: () => crypto.randomUUID() });
    session = sessions.shown;
    const folder = createDiskFolder(mkdtempSync(join(tmpdir(), 'o1mini-choice-')));
    const service = createModelListService(nodeTransport, stillClock, createModelListCache(folder, log));
    const models = createModelMetadataService(service, stillClock, log, () => undefined);
    const regenerate = (): Promise<void> => {
      askedAgain.push(userValue('model'));
      return Promise.resolve();
    };
    choice = createModelSelection({ sessions, models, keys, regenerate });
  });

  /** Asks a model that is gone. */
  async function askInVain(model: string): Promise<void> {
    const error = { message: `The model ${model} does not exist`, code: 'model_not_found' };
    api.script({ kind: 'status', status: 404, body: JSON.stringify({ error }) });
    await session.ask({ text: 'Why?' }, prepared(requestTo(api.origin, { parameters: { model } })));
  }

  function offered(): unknown {
    const turn = lastTurn(session.conversation);
    const status = turn && currentAnswer(turn).status;
    assert.ok(status?.kind === 'failed' && status.error.kind === 'model-not-found');
    return status.error.replacedBy;
  }

  it('offers the model that the service names in place of one that is gone', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      await askInVain('o1-preview');
      await choice.findReplacement();
      assert.equal(offered(), 'o3');
    });
  });

  it('offers none where the service names none', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      await askInVain('never-heard-of');
      await choice.findReplacement();
      assert.equal(offered(), undefined);
    });
  });

  it('looks for none as long as every question finds its model', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      await session.ask({ text: 'Why?' }, prepared(requestTo(api.origin)));
      api.clear();
      await choice.findReplacement();
      assert.deepEqual(api.requests, []);
    });
  });

  it('writes the replacement to the settings of the user, and asks again', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-preview' }, async () => {
      await askInVain('o1-preview');
      await choice.findReplacement();
      await choice.useReplacement();
      assert.equal(userValue('model'), 'o3');
      assert.deepEqual(askedAgain, ['o3']);
    });
  });

  it('changes nothing where no replacement is known', async () => {
    await withSettings({ baseUrl: api.origin, model: 'never-heard-of' }, async () => {
      await askInVain('never-heard-of');
      await choice.useReplacement();
      assert.equal(userValue('model'), 'never-heard-of');
      assert.deepEqual(askedAgain, []);
    });
  });

  it('asks again after one from the list too, once the model before was gone', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-preview' }, async () => {
      await askInVain('o1-preview');
      await withPicker('o4-mini', () => choice.select());
      assert.equal(userValue('model'), 'o4-mini');
      assert.deepEqual(askedAgain, ['o4-mini']);
    });
  });

  it('asks again also where the service names a replacement while the chosen model is being saved', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-preview' }, async () => {
      await askInVain('o1-preview');
      const whileSaving = (): unknown => session.change({ type: 'replacementFound', model: 'o3' });
      await withPicker('o4-mini', () => choice.select(), whileSaving);
      assert.deepEqual(askedAgain, ['o4-mini']);
    });
  });

  it('does not ask again where the model before was there, or the same one is chosen', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-mini' }, async () => {
      await session.ask({ text: 'Why?' }, prepared(requestTo(api.origin)));
      await withPicker('o3', () => choice.select());
      assert.equal(userValue('model'), 'o3');
      await askInVain('o3');
      await withPicker('o3', () => choice.select());
      assert.deepEqual(askedAgain, []);
    });
  });

  it('changes nothing where the user would rather not', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-preview' }, async () => {
      await askInVain('o1-preview');
      await withPicker(undefined, () => choice.select());
      assert.equal(userValue('model'), 'o1-preview');
      assert.deepEqual(askedAgain, []);
    });
  });

  it('shows the current model first, then those of the service, with their sizes and prices', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o1-mini' }, () =>
      withPicker('o1-mini', async (labels) => {
        await choice.select();
        const [first, ...others] = labels();
        assert.match(
          first ?? '',
          /^\$\(check\) o1-mini 128,000 context tokens.*\$1\.10 input, \$4\.40 output/,
        );
        assert.match(first ?? '', /deprecated, shutdown on Oct 27, 2025, replaced by o4-mini/);
        assert.deepEqual(
          others.map((label) => label.split(' ')[0]),
          ['o4-mini', 'o3'],
        );
      }),
    );
  });
});
