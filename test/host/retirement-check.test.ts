import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createLearnedCorrections } from '../../src/core/api';
import type { ModelListResult } from '../../src/core/models/model-list';
import type { ListedModel } from '../../src/core/models/model-parser';
import { createModelMetadataService } from '../../src/host/models/model-metadata';
import { createRetirementCheck, type CheckModel } from '../../src/host/models/retirement-check';
import { readSettings } from '../../src/host/settings';
import { manualClock, requestTo, type ManualClock } from '../support/wire';
import { withDialogs, type ShownMessage } from './dialogs';
import { recordingLog } from './recording-log';
import { userValue, withSettings } from './with-settings';

const DAY_MS = 24 * 3_600_000;
const { endpoint } = requestTo('http://127.0.0.1:9');

const successor: ListedModel = {
  id: 'next-mini',
  aliases: [],
  price: { input: 0.1, output: 0.5 },
  context: 400_000,
  reasoning: true,
};
const withdrawn: ListedModel = {
  id: 'old-mini',
  aliases: [],
  retirement: { status: 'withdrawn', replacedBy: 'next-mini' },
  unlisted: true,
};

/** Resolves when the model in the settings changes. */
function modelChanged(): Promise<void> {
  return new Promise((resolve) => {
    const listener = vscode.workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('o1mini.model')) return;
      listener.dispose();
      resolve();
    });
  });
}

describe('Before a question is sent', () => {
  let clock: ManualClock;
  let checkModel: CheckModel;
  let lists: Promise<ModelListResult>;

  beforeEach(() => {
    clock = manualClock();
    setModels(withdrawn, successor);
    const values = new Map<string, unknown>();
    const memento: vscode.Memento = {
      keys: () => [...values.keys()],
      get: <T>(key: string, defaultValue?: T) => (values.get(key) as T | undefined) ?? defaultValue,
      update: (key, value) => Promise.resolve(void values.set(key, value)),
    };
    const { log } = recordingLog();
    const models = createModelMetadataService(
      { models: () => lists },
      createLearnedCorrections(),
      clock,
      log,
      () => undefined,
    );
    checkModel = createRetirementCheck({ models, clock, memento, log });
  });

  function setModels(...models: readonly ListedModel[]): void {
    lists = Promise.resolve({ models, source: 'fresh' });
  }

  const check = (model = 'old-mini'): Promise<string | undefined> =>
    withSettings({ model }, () => checkModel(readSettings().settings, endpoint, undefined));

  /** Checks while each message is answered with the button that begins with `press`. */
  async function checkAnd(
    press: string | undefined,
    assertAll: (shown: readonly ShownMessage[]) => Promise<void>,
  ): Promise<void> {
    const button = ({ buttons }: ShownMessage): string | undefined =>
      press === undefined ? undefined : buttons.find((label) => label.startsWith(press));
    await withDialogs(button, assertAll);
  }

  it('the user is told that the model is gone, with the price and the window of its replacement', () =>
    checkAnd('Use', async (shown) => {
      await withSettings({ model: 'old-mini' }, async () => {
        const chosen = await checkModel(readSettings().settings, endpoint, undefined);
        assert.deepEqual([chosen, userValue('model')], ['next-mini', 'next-mini']);
      });
      const [dialog] = shown;
      assert.ok(dialog?.modal && shown.length === 1);
      assert.equal(
        dialog.message,
        'old-mini has been retired by 127.0.0.1:9. Do you want to send the question to next-mini?',
      );
      assert.match(dialog.detail, /recommends next-mini/);
      assert.match(
        dialog.detail,
        /400,000 context tokens · \$0\.10 input, \$0\.50 output per million tokens/,
      );
      assert.deepEqual(dialog.buttons, ['Use next-mini', 'Select Model', 'Send Anyway']);
    }));

  it('nothing is sent if the user cancels', () =>
    checkAnd(undefined, async () => {
      assert.equal(await check(), undefined);
    }));

  it('the user may keep the model, and is not asked about it again', () =>
    checkAnd('Send Anyway', async (shown) => {
      assert.deepEqual([await check(), await check()], ['old-mini', 'old-mini']);
      assert.equal(shown.length, 1);
    }));

  it('no replacement is offered if the list has none that is similar', () => {
    const others = ['whale', 'otter'].map((id) => ({ id, aliases: [] }));
    setModels({ ...withdrawn, retirement: { status: 'withdrawn' } }, ...others);
    return checkAnd(undefined, async (shown) => {
      await check();
      assert.deepEqual(shown[0]?.buttons, ['Select Model', 'Send Anyway']);
    });
  });

  it('nothing is asked about a model that the lists do not mention, or whose end has passed', () => {
    const retirement = { status: 'deprecated', shutdownAt: '1969-12-30' } as const;
    setModels({ id: 'old-mini', aliases: [], retirement }, successor);
    return checkAnd('Use', async (shown) => {
      assert.deepEqual([await check(), await check('unknown')], ['old-mini', 'unknown']);
      assert.deepEqual(shown, []);
    });
  });

  it('a model that ends within 30 days is used, and its end is mentioned once a week', () => {
    const retirement = { status: 'deprecated', shutdownAt: '1970-01-25', replacedBy: 'next-mini' } as const;
    setModels({ id: 'old-mini', aliases: [], retirement }, successor);
    return checkAnd(undefined, async (shown) => {
      clock.advance(DAY_MS);
      assert.deepEqual([await check(), await check()], ['old-mini', 'old-mini']);
      assert.deepEqual(
        shown.map(({ message, modal, buttons }) => [message, modal, buttons]),
        [['old-mini will be shut down by 127.0.0.1:9 on Jan 25, 1970.', false, ['Use next-mini']]],
      );
      clock.advance(7 * DAY_MS);
      await check();
      assert.equal(shown.length, 2);
    });
  });

  it('the notice of the end of a model selects its replacement with one click', () => {
    const retirement = { status: 'deprecated', shutdownAt: '1970-01-25', replacedBy: 'next-mini' } as const;
    setModels({ id: 'old-mini', aliases: [], retirement }, successor);
    return checkAnd('Use next-mini', async () => {
      clock.advance(DAY_MS);
      await withSettings({ model: 'old-mini' }, async () => {
        const changed = modelChanged();
        // The question of which the user was told is not kept waiting.
        assert.equal(await checkModel(readSettings().settings, endpoint, undefined), 'old-mini');
        await changed;
        assert.equal(userValue('model'), 'next-mini');
        assert.equal(await checkModel(readSettings().settings, endpoint, undefined), 'next-mini');
      });
    });
  });

  it('a service that does not answer keeps no question waiting for more than 3 s, and the next ones not at all', async () => {
    lists = new Promise(() => undefined);
    await withSettings({ model: 'old-mini' }, async () => {
      const { settings } = readSettings();
      const first = checkModel(settings, endpoint, undefined);
      clock.advance(3000);
      assert.equal(await first, 'old-mini');
      assert.equal(await checkModel(settings, endpoint, undefined), 'old-mini');
    });
  });

  it('a list that cannot be read keeps no question from being sent', async () => {
    lists = Promise.reject(new Error('The cache broke.'));
    lists.catch(() => undefined);
    assert.equal(await check(), 'old-mini');
  });
});
