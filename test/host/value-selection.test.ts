import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createLearnedCorrections, type LearnedCorrections } from '../../src/core/api';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import type { EnumParameter } from '../../src/core/models/parameter-values';
import { selectParameterValue } from '../../src/host/chat/parameters/value-selection';
import type { NextQuestionValues } from '../../src/host/chat/request-draft';
import { createModelMetadataService } from '../../src/host/models/model-metadata';
import { clientServicesOver, requestTo, stillClock, transportOf } from '../support/wire';
import { withDialogs } from './dialogs';
import { recordingLog } from './recording-log';
import { userValue, withSettings } from './with-settings';

/** An open list, with the actions of the user. */
interface OpenList {
  readonly rows: () => readonly string[];
  readonly type: (text: string) => void;
  /** Accepts the row that begins with this text. */
  readonly accept: (label: string) => void;
  readonly close: () => void;
}

/** Opens a list and acts in it. */
async function inList(act: (list: OpenList) => void, open: () => Promise<void>): Promise<void> {
  const { window } = vscode;
  const original = window.createQuickPick;
  const [accepted, hidden, changed] = [1, 2, 3].map(() => new vscode.EventEmitter<void>());
  const picker = {
    items: [] as readonly vscode.QuickPickItem[],
    activeItems: [] as readonly vscode.QuickPickItem[],
    value: '',
    onDidAccept: accepted?.event,
    onDidHide: hidden?.event,
    onDidChangeValue: changed?.event,
    hide: () => hidden?.fire(),
    dispose: () => undefined,
    show: () =>
      queueMicrotask(() =>
        act({
          rows: () => picker.items.map(({ label, description }) => [label, description].join(' ').trim()),
          type(text) {
            picker.value = text;
            changed?.fire();
          },
          accept(label) {
            const withoutIcon = (text: string): string => text.replace(/^\$\([\w-]+\) /, '');
            picker.activeItems = picker.items.filter((item) => withoutIcon(item.label) === label);
            assert.equal(picker.activeItems.length, 1, label);
            accepted?.fire();
          },
          close: () => hidden?.fire(),
        }),
      ),
  };
  try {
    Object.assign(window, { createQuickPick: () => picker });
    await open();
  } finally {
    Object.assign(window, { createQuickPick: original });
  }
}

const names: readonly {
  readonly parameter: EnumParameter;
  readonly command: string;
  readonly name: string;
}[] = [
  { parameter: 'reasoningEffort', command: 'Select Reasoning Effort', name: 'reasoning effort' },
  { parameter: 'verbosity', command: 'Select Verbosity', name: 'verbosity' },
];

for (const { parameter, command, name } of names)
  describe(command, () => {
    const endpoint = requestTo('http://127.0.0.1:9').endpoint;
    let sessions: Sessions;
    let nextValues: NextQuestionValues;
    let learned: LearnedCorrections;
    let changes: number;

    beforeEach(() => {
      const sessionServices = clientServicesOver(transportOf({ chunks: [] }));
      sessions = createSessions({ ...sessionServices, newId: () => crypto.randomUUID() });
      nextValues = new Map();
      learned = createLearnedCorrections();
      changes = 0;
    });

    const open = (): Promise<void> =>
      selectParameterValue(parameter, {
        sessions,
        models: createModelMetadataService(
          { models: () => Promise.resolve({ models: [], source: 'none' }) },
          learned,
          stillClock,
          recordingLog().log,
          () => undefined,
        ),
        nextValues,
        thinkingTimes: {
          typicalAnswer: ({ reasoningEffort }) =>
            reasoningEffort === 'low' ? 'usually 4 s · $0.01' : undefined,
        },
        selectModel: () => Promise.resolve(),
        onDidChange: () => changes++,
      });
    const withModel = (values: object, check: () => Promise<void>): Promise<void> =>
      withSettings(
        { baseUrl: 'http://127.0.0.1:9', model: 'next-model', [parameter]: undefined, ...values },
        check,
      );
    const ofChat = (): unknown => sessions.shown.conversation[parameter];
    const ofNextQuestion = (): unknown => nextValues.get(sessions.shown.conversation.id)?.[parameter];

    it('offers only the values that the model accepts, and what each costs where that is known', async () => {
      learned.learnProperties(endpoint, 'next-model', {
        [parameter]: { accepted: ['low', 'high', 'ultra'], rejected: ['high'] },
      });
      await withModel({ [parameter]: 'ultra' }, () =>
        inList((list) => {
          assert.deepEqual(list.rows(), [
            parameter === 'reasoningEffort' ? 'low usually 4 s · $0.01' : 'low',
            '$(check) ultra',
            'Model Default',
            'Applies To',
            '$(circle-filled) This Chat selected',
            '$(circle-outline) Next Question Only',
            `$(circle-outline) All Chats changes the setting o1mini.${parameter}`,
          ]);
          list.accept('low');
        }, open),
      );
      assert.deepEqual([ofChat(), ofNextQuestion(), changes], ['low', undefined, 1]);
    });

    it('does not offer a usual value that the model rejected', async () => {
      learned.learnProperties(endpoint, 'next-model', { [parameter]: { rejected: ['medium'] } });
      await withModel({}, () =>
        inList((list) => {
          const lowRow = parameter === 'reasoningEffort' ? 'low usually 4 s · $0.01' : 'low';
          assert.deepEqual(list.rows().slice(0, 3), [lowRow, 'high', '$(check) Model Default']);
          list.close();
        }, open),
      );
    });

    it('sets the value of the next question only, or of all chats', async () => {
      const other = parameter === 'verbosity' ? 'reasoningEffort' : 'verbosity';
      nextValues.set(sessions.shown.conversation.id, { [other]: 'low' });
      await withModel({}, async () => {
        await inList((list) => {
          list.accept('Next Question Only');
          list.accept('high');
        }, open);
        assert.deepEqual([ofNextQuestion(), ofChat()], ['high', undefined]);
        await inList((list) => {
          assert.ok(list.rows().includes('$(check) high'));
          list.accept('All Chats');
          list.accept('medium');
        }, open);
        assert.deepEqual([userValue(parameter), ofNextQuestion()], ['medium', undefined]);
        assert.deepEqual([...nextValues.values()], [{ [other]: 'low' }]);
      });
    });

    it('accepts a typed value, because new models may have new ones', async () => {
      await withModel({}, async () => {
        await inList((list) => {
          list.type('ultra');
          list.accept('ultra');
        }, open);
        assert.equal(ofChat(), 'ultra');
        await inList((list) => {
          list.type('Not a value!');
          assert.ok(!list.rows().some((row) => row.includes('Not')));
          list.close();
        }, open);
        assert.equal(ofChat(), 'ultra');
      });
    });

    it('changes nothing if the list is closed', async () => {
      await withModel({}, () => inList((list) => list.close(), open));
      assert.deepEqual([ofChat(), nextValues.size, changes], [undefined, 0, 0]);
    });

    it(`explains that o1-mini has no ${name}`, () =>
      withModel({ model: 'o1-mini' }, () =>
        withDialogs(
          () => undefined,
          async (shown) => {
            await open();
            assert.ok(shown[0]?.message.startsWith(`o1-mini does not support ${name}. Select another model`));
            assert.deepEqual(shown[0]?.buttons, ['Select Model']);
          },
        ),
      ));
  });
