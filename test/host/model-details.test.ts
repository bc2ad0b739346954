import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createLearnedCorrections } from '../../src/core/api';
import { mergeMetadata } from '../../src/core/models/sourced-metadata';
import { showModelDetails } from '../../src/host/models/model-details';
import { requestTo } from '../support/wire';

/** The list of details that is open. */
interface OpenDetails {
  readonly items: readonly vscode.QuickPickItem[];
  readonly isOpen: () => boolean;
  /** Accepts the item whose label ends with this text. */
  readonly accept: (label: string) => void;
}

function withDetails(show: () => void): OpenDetails {
  const { window } = vscode;
  const original = window.createQuickPick;
  const [accepted, hidden] = [1, 2].map(() => new vscode.EventEmitter<void>());
  let isOpen = false;
  const picker = {
    items: [] as readonly vscode.QuickPickItem[],
    activeItems: [] as readonly vscode.QuickPickItem[],
    onDidAccept: accepted?.event,
    onDidHide: hidden?.event,
    show: () => (isOpen = true),
    hide: () => (isOpen = false),
    dispose: () => undefined,
  };
  try {
    Object.assign(window, { createQuickPick: () => picker });
    show();
  } finally {
    Object.assign(window, { createQuickPick: original });
  }
  return {
    items: picker.items,
    isOpen: () => isOpen,
    accept(label) {
      picker.activeItems = picker.items.filter((item) => item.label.endsWith(label));
      accepted?.fire();
    },
  };
}

describe('The details of a model', () => {
  const { endpoint } = requestTo('http://127.0.0.1');
  const memory = createLearnedCorrections();
  memory.learn(endpoint, 'm', 'max-tokens');
  memory.learnProperties(endpoint, 'm', { reasoningEffort: { accepted: ['low', 'high'] } });
  const hour = 3_600_000;
  const metadata = mergeMetadata({
    model: 'm',
    listed: { id: 'm', aliases: [], context: 8192, vision: false },
    listedAt: 8 * hour,
    learned: memory.get(endpoint, 'm'),
    learnedAt: 4 * hour,
    prices: { input: 1, output: 2 },
  });

  it('name each fact with its source and its age, and say what is not known', () => {
    const { items } = withDetails(() =>
      showModelDetails({
        ...{ model: 'm', host: '127.0.0.1', metadata, now: 10 * hour },
        selectModel: () => undefined,
        forget: () => undefined,
      }),
    );
    const rows = items.slice(0, -3).map(({ label, description, detail }) => [label, description, detail]);
    assert.deepEqual(rows, [
      ['Price', '$1.00 input, $2.00 output per million tokens', 'From the settings'],
      ['Context window', '8,192 tokens', 'From the model list of the service, 2 hours ago'],
      ['Longest answer', 'not known', undefined],
      ['Reasoning', 'not known', undefined],
      ['Reasoning effort', 'low, high', 'Learned from an error message from the service, 6 hours ago'],
      ['Verbosity', 'not known', undefined],
      ['Images', 'no', 'From the model list of the service, 2 hours ago'],
      ['Tools', 'not known', undefined],
      [
        'Requests',
        'The token limit is sent as max_tokens.',
        'Learned from an error message from the service, 6 hours ago',
      ],
    ]);
  });

  it('stay open on a fact, and close on an action', () => {
    const actions: string[] = [];
    const details = withDetails(() =>
      showModelDetails({
        ...{ model: 'm', host: '127.0.0.1', metadata, now: 10 * hour },
        selectModel: () => actions.push('select'),
        forget: () => actions.push('forget'),
      }),
    );
    details.accept('Price');
    assert.deepEqual([details.isOpen(), actions], [true, []]);
    details.accept('Clear Learned Model Details');
    assert.deepEqual([details.isOpen(), actions], [false, ['forget']]);
  });
});
