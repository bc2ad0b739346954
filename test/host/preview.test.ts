import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askModel, createLearnedCorrections, type LearnedCorrections } from '../../src/core/api';
import { requestParameters } from '../../src/host/chat/request-parameters';
import { toMessages } from '../../src/core/prompt/messages';
import type { RequestDraft } from '../../src/host/chat/request-draft';
import { createRequestPreview, type RequestPreview } from '../../src/host/chat/request-preview';
import { readSettings } from '../../src/host/settings';
import type { ApiKeyStore } from '../../src/host/storage/api-key-store';
import { nodeTransport } from '../../src/platform/node/transport';
import { startServer, type ApiServer } from '../server/server';
import { portsOver, requestTo } from '../support/wire';
import { withDialogs } from './dialogs';
import { turn } from './builders';
import { loadSecretReview } from './load-secret-review';
import { withSettings } from './with-settings';

const key = 'sk-Sentinel7f3a9b';
const attachments = [
  { kind: 'selection', label: 'a.ts:1-2', language: 'typescript', content: "let a = `'$(x)`;\n" },
] as const;
const draft: RequestDraft = {
  chatId: 'c',
  history: [turn('Who?', 'Ada.')],
  question: { text: "What's that?", attachments },
};

/** Takes what is written to the clipboard while a check runs. */
async function withClipboard(check: (copied: () => string) => Promise<void>): Promise<void> {
  const original = Object.getOwnPropertyDescriptor(vscode.env, 'clipboard');
  assert.ok(original);
  let copied = '';
  const clipboard: vscode.Clipboard = {
    readText: () => Promise.resolve(copied),
    writeText: (text) => Promise.resolve(void (copied = text)),
  };
  Object.defineProperty(vscode.env, 'clipboard', { value: clipboard, configurable: true });
  try {
    await check(() => copied);
  } finally {
    Object.defineProperty(vscode.env, 'clipboard', original);
  }
}

const box = { draft: () => Promise.resolve(draft) };

describe('The preview of a request', () => {
  let stored: string | undefined;
  const keys: ApiKeyStore = {
    get: () => Promise.resolve(stored),
    ask: () => Promise.resolve(undefined),
    delete: () => Promise.resolve(),
    onDidChange: new vscode.EventEmitter<unknown>().event,
  };
  let api: ApiServer;
  let memory: LearnedCorrections;
  let preview: RequestPreview;
  let refreshed: number;

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 }, key });
  });
  after(() => api.close());
  beforeEach(() => {
    stored = undefined;
    api.clear();
    memory = createLearnedCorrections();
    refreshed = 0;
    preview = createRequestPreview(box, { refresh: () => refreshed++ }, memory, keys, loadSecretReview);
  });
  afterEach(async () => {
    preview.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** The text on the screen, once it has this in it; never, where it does not come to have it. */
  async function shown(part: string): Promise<string> {
    await preview.open();
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.ok(document);
    while (!document.getText().includes(part)) await changeOf(document);
    return document.getText();
  }

  /** The body of the same question, as the service gets it. */
  async function sentBody(): Promise<unknown> {
    const { settings } = readSettings();
    const request = requestTo(api.origin, {
      apiKey: key,
      parameters: requestParameters(settings),
      instructions: settings.instructions,
      messages: toMessages(draft.history, draft.question, settings.userName),
    });
    const ports = { ...portsOver(nodeTransport), learnedCorrections: memory };
    for await (const event of askModel(request, ports, new AbortController().signal)) {
      if (event.type === 'ended') assert.equal(event.outcome.kind, 'complete');
    }
    return api.requests.at(-1)?.body;
  }

  const all = { instructions: 'Be brief.', seed: 42, n: 2, userName: 'ada', maxCompletionTokens: 512 };

  it('has what goes with the question as it is now, whatever its chips have shown', async () => {
    await preview.open();
    assert.equal(refreshed, 1);
    await preview.open();
    assert.equal(refreshed, 2);
  });

  it('shows the JSON that is sent, to the letter', async () => {
    await withSettings({ baseUrl: api.origin, ...all }, async () => {
      const text = await shown('"seed": 42');
      assert.deepEqual(JSON.parse(text), await sentBody());
      assert.equal(text, `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    });
  });

  it('shows it as it was learned that the service wants it', async () => {
    await withSettings({ baseUrl: api.origin, ...all }, async () => {
      for (const correction of ['max-tokens', 'no-seed', 'no-name', 'no-stream'] as const) {
        memory.learn(requestTo(api.origin).endpoint, 'o1-mini', correction);
      }
      const body = JSON.parse(await shown('"max_tokens"')) as Readonly<Record<string, unknown>>;
      assert.deepEqual([body.max_tokens, body.seed, body.stream], [512, undefined, false]);
      assert.deepEqual(body, await sentBody());
    });
  });

  it('shows what would be sent now, each time that it is opened', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      assert.doesNotMatch(await shown('25000'), /"seed"/);
      await withSettings({ seed: 7 }, async () => {
        await shown('"seed": 7');
      });
    });
  });

  it('cannot be edited, is JSON, and has no key', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      const text = await shown('o1-mini');
      const { document } = vscode.window.activeTextEditor ?? {};
      assert.equal(document?.languageId, 'json');
      assert.notEqual(document.uri.scheme, 'untitled');
      assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) ?? false, false);
      assert.doesNotMatch(text, /authorization|bearer|sk-/i);
    });
  });

  it('is copied as a command that sends the same, with no key where the server is this machine', async () => {
    await withSettings({ baseUrl: api.origin, ...all }, () =>
      withClipboard((copied) =>
        withDialogs(
          () => undefined,
          async (messages) => {
            await preview.copyAsCurl();
            const command = copied();
            assert.ok(command.startsWith(`curl '${api.origin}/v1/chat/completions'`), command);
            assert.doesNotMatch(command, /Authorization/);
            assert.ok(command.includes(`'\\''`), 'a quote that a shell understands');
            assert.deepEqual(bodyOf(command), JSON.parse(await shown('"seed": 42')));
            assert.match(messages[0]?.message ?? '', /copied/);
            assert.doesNotMatch(messages[0]?.message ?? '', /key/);
          },
        ),
      ),
    );
  });

  it('is copied with the name of a variable in place of the key, where a service needs one', async () => {
    await withSettings({ baseUrl: 'https://api.example/v1' }, () =>
      withClipboard((copied) =>
        withDialogs(
          () => undefined,
          async (messages) => {
            await preview.copyAsCurl();
            assert.match(copied(), /^curl 'https:\/\/api\.example\/v1\/chat\/completions'/);
            assert.match(copied(), /-H "Authorization: Bearer \$AIMLAPI_API_KEY"/);
            assert.match(messages[0]?.message ?? '', /\$AIMLAPI_API_KEY/);
          },
        ),
      ),
    );
  });

  it('is copied with that variable for a server on this machine too, where a key is kept for it', async () => {
    stored = key;
    await withSettings({ baseUrl: api.origin }, () =>
      withClipboard((copied) =>
        withDialogs(
          () => undefined,
          async () => {
            await preview.copyAsCurl();
            assert.match(copied(), /\$AIMLAPI_API_KEY/);
            assert.ok(!copied().includes(key));
          },
        ),
      ),
    );
  });

  it('says so where the address is none', async () => {
    await withSettings({ baseUrl: 'no where' }, () =>
      withDialogs(
        () => undefined,
        async (messages) => {
          await preview.open();
          await preview.copyAsCurl();
          assert.equal(messages.length, 2);
          assert.ok(messages.every(({ message }) => message.includes('o1mini.baseUrl')));
        },
      ),
    );
  });
});

/** The body in a command, as the shell hands it to curl. */
function bodyOf(command: string): unknown {
  const [, body] = /--data-raw '(.*)'$/s.exec(command) ?? [];
  return JSON.parse((body ?? '').replaceAll(`'\\''`, `'`));
}

function changeOf(document: vscode.TextDocument): Promise<void> {
  return new Promise((resolve) => {
    const listener = vscode.workspace.onDidChangeTextDocument((change) => {
      if (change.document !== document) return;
      listener.dispose();
      resolve();
    });
  });
}
