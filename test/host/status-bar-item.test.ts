import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { showStatusMenu } from '../../src/host/commands/status-menu';
import { DisposableStore } from '../../src/host/disposables';
import { createSpending, type Spending } from '../../src/host/storage/spending';
import { createStatusBarItem } from '../../src/host/views/status-bar-item';
import { keepStatusBarItemCurrent } from '../../src/host/views/status-bar-state';
import { createUnseenAnswers, type UnseenAnswers } from '../../src/host/views/unseen-answers';
import { nodeTransport } from '../../src/platform/node/transport';
import { pausedAnswer } from '../e2e/replies';
import { startServer, type ApiServer } from '../server/server';
import { scratchFolder } from '../support/scratch-folder';
import { clientServicesOver, prepared, requestTo, stillClock } from '../support/wire';
import { recordCommands } from './record-commands';
import { recordingLog } from './recording-log';
import { withSettings } from './with-settings';

describe('The item in the status bar', () => {
  const { log } = recordingLog();
  let api: ApiServer;
  let sessions: Sessions;
  let spending: Spending;
  let unseen: UnseenAnswers;
  let item: vscode.StatusBarItem;
  let created: readonly unknown[];

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
  });
  after(() => api.close());
  beforeEach(() => {
    sessions = createSessions({ ...clientServicesOver(nodeTransport), newId: () => crypto.randomUUID() });
    unseen = createUnseenAnswers();
    spending = createSpending(vscode.Uri.file(scratchFolder()), stillClock, log);
  });

  /** Shows the item in place of a real one while a check runs, with the state of the chat if its code is loaded. */
  async function withItem(
    check: () => Promise<void>,
    { isChatLoaded = true }: { readonly isChatLoaded?: boolean } = {},
  ): Promise<void> {
    const { window } = vscode;
    const original = window.createStatusBarItem;
    const fake = { text: '', tooltip: '', show: () => undefined, dispose: () => undefined };
    item = fake as unknown as vscode.StatusBarItem;
    const create = (...parameters: readonly unknown[]): vscode.StatusBarItem => {
      created = parameters;
      return item;
    };
    const store = new DisposableStore();
    try {
      Object.assign(window, { createStatusBarItem: create });
      const shown = store.add(createStatusBarItem());
      if (isChatLoaded) store.add(keepStatusBarItemCurrent(shown, { sessions, spending, unseen, log }));
      await check();
    } finally {
      Object.assign(window, { createStatusBarItem: original });
      store.dispose();
    }
  }

  async function untilTooltip(expected: RegExp): Promise<void> {
    while (!expected.test(item.tooltip as string)) await new Promise(setImmediate);
  }

  it('shows the model, and has a name by which it can be hidden', () =>
    withSettings({ model: 'o1-mini-$(alert)-2024' }, () =>
      withItem(async () => {
        assert.deepEqual(created[0], 'o1mini.status');
        assert.equal(item.name, 'o1-mini Chat');
        assert.equal(item.command, 'o1mini.showMenu');
        assert.match(item.text, /^\$\(comment-discussion\) o1-mini-/);
        assert.doesNotMatch(item.text, /\$\(alert\)/);
        await untilTooltip(/^o1-mini Chat: Idle\nModel: o1-mini-.*\nToday: 0 tokens, \$0/);
      }),
    ));

  it('shows the model before the code of the chat is loaded, and the one selected later', () =>
    withItem(
      async () => {
        assert.equal(item.text, '$(comment-discussion) o1-mini');
        assert.equal(item.tooltip, 'o1-mini Chat: Idle\nModel: o1-mini');
        await withSettings({ model: 'o3' }, () => {
          assert.equal(item.text, '$(comment-discussion) o3');
          return Promise.resolve();
        });
        await withSettings({ model: ' ' }, () => {
          assert.equal(item.text, '$(comment-discussion) o1-mini');
          return Promise.resolve();
        });
      },
      { isChatLoaded: false },
    ));

  it('shows whether an answer is waited for, thought about, or written', () =>
    withItem(async () => {
      const texts = [item.text];
      sessions.onChange(() => {
        if (texts.at(-1) !== item.text) texts.push(item.text);
      });
      const { reply, resume } = pausedAnswer(['One', ' two'], 0);
      api.script(reply);
      const asking = sessions.shown.ask({ text: 'Why?' }, prepared(requestTo(api.origin)));
      while (!item.text.includes('Answering')) await new Promise(setImmediate);
      assert.match(item.accessibilityInformation?.label ?? '', /Answering/);
      // Another chat does not hide that this one is being answered.
      sessions.show();
      assert.match(item.text, /Answering/);
      resume();
      await asking;
      assert.match(texts[0] ?? '', /^\$\(comment-discussion\)/);
      assert.match(texts[1] ?? '', /^\$\(loading~spin\) o1-mini: (?:Waiting|Thinking)$/);
      assert.match(item.text, /^\$\(comment-discussion\)/);
    }));

  it('counts the answers that the user has not seen', () =>
    withItem(() => {
      unseen.add();
      unseen.add();
      assert.equal(item.text, '$(bell-dot) o1-mini: 2 new answers');
      assert.match(item.accessibilityInformation?.label ?? '', /2 new answers/);
      unseen.clear();
      assert.equal(item.text, '$(comment-discussion) o1-mini');
      return Promise.resolve();
    }));

  it('has the tokens and the cost of the day in its tooltip, and says if a price is not known', () =>
    withItem(async () => {
      await spending.addTokens(1234);
      await untilTooltip(/Today: 1,234 tokens, \$0/);
      await spending.add(undefined);
      await untilTooltip(/Today: 1,234 tokens, price not known$/);
      await spending.add(0.5);
      await untilTooltip(/Today: 1,234 tokens, \$0\.50 and one request whose price is not known$/);
      await spending.add(undefined);
      await untilTooltip(/\$0\.50 and 2 requests whose price is not known$/);
    }));

  describe('opens a menu', () => {
    async function menu(efforts: readonly string[] | undefined, pick = -1): Promise<readonly string[]> {
      const { window } = vscode;
      const original = window.showQuickPick;
      let labels: readonly string[] = [];
      const show = async (items: readonly vscode.QuickPickItem[]): Promise<unknown> => {
        labels = items.map(({ label, description = '' }) => `${label} ${description}`.trim());
        return Promise.resolve(items[pick]);
      };
      const metadata = { reasoningEffort: efforts && { value: efforts, source: 'list' } };
      try {
        Object.assign(window, { showQuickPick: show });
        await showStatusMenu({ spending, models: { getSourcedMetadata: () => metadata as never } });
      } finally {
        Object.assign(window, { showQuickPick: original });
      }
      return labels;
    }

    it('with the chat, the model, the effort, the usage, the settings, and the log', async () => {
      await withSettings({ model: 'o3', baseUrl: api.origin }, async () => {
        assert.deepEqual(await menu(['low', 'high']), [
          '$(comment-discussion) Open Chat',
          '$(sparkle) Select Model o3',
          '$(lightbulb) Select Reasoning Effort',
          '$(graph) Show Usage Today: 0 tokens, $0.00',
          '$(settings-gear) Open Settings',
          '$(output) Show Log',
        ]);
      });
    });

    it('without an effort if the model has none', async () => {
      await withSettings({ baseUrl: api.origin }, async () => {
        assert.ok(!(await menu([])).some((label) => label.includes('Effort')));
      });
    });

    it('whose items run their commands', async () => {
      const run = await recordCommands(async () => {
        await menu(undefined, 0);
        await menu(undefined, 4);
      });
      const page = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
      assert.deepEqual(run, [['o1mini.openChat'], [`workbench.action.${page}`, { query: 'o1mini' }]]);
    });
  });
});
