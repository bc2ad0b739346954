import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AskOptions, ExtensionApi } from '../../src/host/extension-api/api';
import { createAsk } from '../../src/host/extension-api/ask';
import { createExtensionAccess, type ExtensionAccess } from '../../src/host/extension-api/extension-access';
import { createLanguageModelRequests } from '../../src/host/chat/language-model-requests';
import { createChatServiceContext } from './chat-service-test-context';
import { messagesDuring, withDialogs } from './dialogs';
import { installedExtension } from './installed-extension';
import { memoryMemento } from './memory-memento';
import { errorDescriptions } from './webview-sync-services';
import { withSettings } from './with-settings';

const caller = 'vscode.git';
const messages = [{ role: 'user', content: 'Why?' }] as const;

describe('Another extension that asks a question', () => {
  const context = createChatServiceContext();
  const { sentBodies, withServer } = context;
  let access: ExtensionAccess;
  let ask: ExtensionApi['ask'];

  beforeEach(() => {
    access = createExtensionAccess(memoryMemento());
    const sendLanguageModelRequest = createLanguageModelRequests(context.direct);
    ask = createAsk({ access, errors: errorDescriptions, sendLanguageModelRequest });
  });

  async function textOf(
    given: readonly object[] = messages,
    options: Partial<AskOptions> = {},
  ): Promise<string> {
    let whole = '';
    const asked = given as Parameters<ExtensionApi['ask']>[0];
    for await (const text of ask(asked, { extensionId: caller, ...options })) whole += text;
    return whole;
  }

  async function codeOf(answer: Promise<string>): Promise<string> {
    try {
      await answer;
    } catch (error) {
      assert.ok(error instanceof vscode.LanguageModelError, String(error));
      return error.code;
    }
    assert.fail('there was an answer');
  }

  /** Runs a check while the user allows every extension. */
  function allowed(check: () => Promise<void>, values: object = {}): Promise<void> {
    return withServer(values, () => withDialogs(({ buttons }) => buttons[0], check));
  }

  it('gets the answer after the user has allowed it once, and the dialog names it, the service and the reason', () =>
    withServer({}, () =>
      withDialogs(
        ({ buttons }) => buttons[0],
        async (shown) => {
          context.api.script({ kind: 'answer', text: 'Because.' });
          assert.equal(
            await textOf(messages, { justification: 'Names [x](command:y) commits.' }),
            'Because.',
          );
          await textOf();
          assert.equal(shown.length, 1);
          const [{ message, detail, modal }] = shown as [(typeof shown)[0]];
          assert.ok(modal);
          assert.match(message, /allow the extension .*\(vscode\.git\)/);
          assert.ok(detail.includes(context.api.origin));
          assert.match(detail, /The extension says: Names \[x\] \(command:y\) commits\./);
        },
      ),
    ));

  it('gets the text while it arrives', () =>
    allowed(async () => {
      let resume = (): void => undefined;
      const until = new Promise<void>((resolve) => (resume = resolve));
      context.api.script({ kind: 'answer', text: '', deltas: ['One ', 'two ', 'three ', 'four.'], until });
      let whole = '';
      for await (const text of ask(messages, { extensionId: caller })) {
        whole += text;
        resume();
      }
      assert.equal(whole, 'One two three four.');
    }));

  it('sends nothing if the user declines, and is not asked about again in this window', () =>
    withServer({}, () =>
      withDialogs(
        () => undefined,
        async (shown) => {
          assert.equal(await codeOf(textOf()), 'NoPermissions');
          assert.equal(await codeOf(textOf()), 'NoPermissions');
          assert.equal(shown.length, 1);
          assert.equal(context.api.requests.length, 0);
        },
      ),
    ));

  it('is asked about once if it sends several requests at once', () =>
    withServer({}, () =>
      withDialogs(
        ({ buttons }) => buttons[0],
        async (shown) => {
          await Promise.all([textOf(), textOf()]);
          assert.equal(shown.length, 1);
        },
      ),
    ));

  it('sends nothing under the name of an extension that is not installed', () =>
    allowed(async () => {
      assert.equal(await codeOf(textOf(messages, { extensionId: 'nobody.nothing' })), 'NoPermissions');
      assert.equal(context.api.requests.length, 0);
    }));

  it('sends nothing after the user has revoked the permission', () =>
    allowed(async () => {
      await textOf();
      const { showQuickPick } = vscode.window;
      try {
        Object.assign(vscode.window, { showQuickPick: () => Promise.resolve([]) });
        await access.manage();
      } finally {
        Object.assign(vscode.window, { showQuickPick });
      }
      assert.equal(await codeOf(textOf()), 'NoPermissions');
      assert.equal(context.api.requests.length, 1);
    }));

  it('has no permission to revoke before it has asked', async () => {
    const [message] = await messagesDuring(() => access.manage());
    assert.match(message?.message ?? '', /No extension has asked/);
  });

  it('chooses the model, the effort and the limit, and the system text', () =>
    allowed(async () => {
      const given = [{ role: 'system', content: 'Be brief.' }, ...messages];
      await textOf(given, { model: 'o4-mini', reasoningEffort: 'low', maxCompletionTokens: 4321 });
      const [body] = sentBodies();
      assert.deepEqual(
        [body?.['model'], body?.['reasoning_effort'], body?.['max_completion_tokens']],
        ['o4-mini', 'low', 4321],
      );
      assert.match(JSON.stringify(body?.messages), /Be brief\..*Why\?/);
    }));

  it('is told which argument is wrong, and nothing is sent', () =>
    allowed(async () => {
      await assert.rejects(textOf([{ role: 'tool', content: 'x' }]), /TypeError: ask: messages\.0\.role/);
      await assert.rejects(textOf([]), /TypeError: ask: messages/);
      await assert.rejects(textOf(messages, { maxCompletionTokens: 0 }), /options\.maxCompletionTokens/);
      assert.equal(context.api.requests.length, 0);
    }));

  it('ends the request by leaving the loop, and with its signal', () =>
    allowed(async () => {
      context.api.script({
        kind: 'stream',
        chunks: [
          `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'One' }, finish_reason: null }] })}\n\n`,
        ],
        end: 'hang',
      });
      for await (const text of ask(messages, { extensionId: caller })) {
        assert.equal(text, 'One');
        break;
      }
      assert.equal(await context.api.requests[0]?.ended, 'closedEarly');

      context.api.script({ kind: 'answer', text: 'Late', thinkingMs: 600_000 });
      const controller = new AbortController();
      const answered = textOf(messages, { signal: controller.signal });
      while (context.api.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
      controller.abort();
      await assert.rejects(answered, vscode.CancellationError);
      assert.equal(await context.api.requests[1]?.ended, 'closedEarly');
    }));

  it('gets an error with a code and our words, without a key and for a refusal of the service', async () => {
    await allowed(
      async () => {
        context.api.script({ kind: 'status', status: 429, body: '{"error":{"message":"no"}}' });
        assert.equal(await codeOf(textOf()), 'Blocked');
      },
      { maxRetries: 0 },
    );
    context.storedKey = undefined;
    await withSettings({ baseUrl: 'https://api.example/v1' }, () =>
      withDialogs(
        ({ buttons }) => buttons[0],
        async () => assert.equal(await codeOf(textOf()), 'NoPermissions'),
      ),
    );
  });

  it('gets an error if the answer contains nothing because of the limit or a content filter', () =>
    allowed(async () => {
      for (const [reason, code] of [
        ['length', ''],
        ['content_filter', 'Blocked'],
      ] as const) {
        const choice = { index: 0, delta: {}, finish_reason: reason };
        const chunks = [`data: ${JSON.stringify({ choices: [choice] })}\n\n`, 'data: [DONE]\n\n'];
        context.api.script({ kind: 'stream', chunks, end: 'close' });
        assert.equal(await codeOf(textOf()), code);
      }
    }));

  it('is counted in the cost of the day, and asked about when it may exceed the budget', () =>
    withServer({ dailyBudget: 0.0001 }, () =>
      withDialogs(
        ({ message, buttons }) => (message.includes('allow the extension') ? buttons[0] : undefined),
        async (shown) => {
          assert.equal(await codeOf(textOf()), 'NoPermissions');
          assert.match(shown[1]?.detail ?? '', /daily budget/);
          assert.equal(context.api.requests.length, 0);
        },
      ),
    ).then(() =>
      allowed(async () => {
        await textOf();
        assert.ok((await context.spending.usdToday()) > 0);
      }),
    ));

  it('finds the API in the exports of the installed extension', async () => {
    const api = (await installedExtension().activate()) as ExtensionApi;
    assert.equal(api.version, 1);
    const answer = api.ask(messages, { extensionId: 'nobody.nothing' })[Symbol.asyncIterator]().next();
    await assert.rejects(Promise.resolve(answer), /nobody\.nothing is not installed/);
  });
});
