import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askModel, createLearnedCorrections, type LearnedCorrections } from '../../src/core/api';
import { requestParameters } from '../../src/host/chat/parameters/request-parameters';
import { toMessages } from '../../src/core/prompt/messages';
import type { RequestDraft } from '../../src/host/chat/request-draft';
import { createRequestPreview, type RequestPreview } from '../../src/host/chat/request-preview';
import { readSettings } from '../../src/host/settings';
import { nodeTransport } from '../../src/platform/node/transport';
import type { SourcedMetadata } from '../../src/core/models/sourced-metadata';
import { createPackagedTokenCounter } from '../../src/host/models/packaged-token-counter';
import { startServer, type ApiServer } from '../server/server';
import { clientServicesOver, requestTo } from '../support/wire';
import { withDialogs } from './dialogs';
import { apiKeyStore } from './api-key-store';
import { turn } from './builders';
import { loadSecretReview } from './load-secret-review';
import { extensionUri, loadTokenizer } from './installed-extension';
import { recordingLog } from './recording-log';
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

/** Replaces the clipboard while a check runs. */
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
  let storedKey: string | undefined;
  let api: ApiServer;
  let corrections: LearnedCorrections;
  let preview: RequestPreview;
  let refreshed: number;
  let metadata: SourcedMetadata;

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 }, key });
  });
  after(() => api.close());
  beforeEach(() => {
    storedKey = undefined;
    api.clear();
    corrections = createLearnedCorrections();
    refreshed = 0;
    metadata = { corrections: [] };
    preview = createRequestPreview({
      box,
      attachments: { refresh: () => refreshed++ },
      learnedCorrections: corrections,
      models: { getSourcedMetadata: () => metadata },
      counter: createPackagedTokenCounter(extensionUri(), loadTokenizer, recordingLog().log),
      keys: apiKeyStore(() => storedKey),
      loadSecretReview,
    });
  });
  afterEach(async () => {
    preview.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Opens the preview and waits until its text contains this part. */
  async function textWith(part: string): Promise<string> {
    await preview.open();
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.ok(document);
    while (!document.getText().includes(part)) await nextChange(document);
    return document.getText();
  }

  /** The body of the same question, as the service receives it. */
  async function sentBody(): Promise<unknown> {
    const { settings } = readSettings();
    const request = requestTo(api.origin, {
      apiKey: key,
      parameters: requestParameters(settings),
      instructions: settings.instructions,
      messages: toMessages(draft.history, draft.question, settings.userName),
    });
    const sessionServices = { ...clientServicesOver(nodeTransport), learnedCorrections: corrections };
    for await (const event of askModel(request, sessionServices, new AbortController().signal)) {
      if (event.type === 'ended') assert.equal(event.outcome.kind, 'complete');
    }
    return api.requests.at(-1)?.body;
  }

  const allSettings = {
    instructions: 'Be brief.',
    seed: 42,
    n: 2,
    userName: 'ada',
    maxCompletionTokens: 512,
  };

  it('refreshes the attachments each time it is opened', async () => {
    await preview.open();
    assert.equal(refreshed, 1);
    await preview.open();
    assert.equal(refreshed, 2);
  });

  it('has the reasoning effort that was selected for the question, as has the curl command', async () => {
    await withSettings({ baseUrl: api.origin, model: 'o3', reasoningEffort: 'low' }, async () => {
      Object.assign(draft, { reasoningEffort: 'high' });
      try {
        await textWith('"reasoning_effort": "high"');
        await preview.copyAsCurl();
        assert.match(await vscode.env.clipboard.readText(), /"reasoning_effort":"high"/);
      } finally {
        Object.assign(draft, { reasoningEffort: undefined });
      }
    });
  });

  it('has the token limit that is sent, if the one in the settings is above what the model returns', async () => {
    await withSettings({ baseUrl: api.origin, maxCompletionTokens: 100_000 }, async () => {
      metadata = { corrections: [], maxOutput: { value: 8192, source: 'list' } };
      await textWith('"max_completion_tokens": 8192');
    });
  });

  it('has the encrypted reasoning of earlier answers that is sent to the same model', async () => {
    await withSettings({ baseUrl: api.origin, api: 'responses' }, async () => {
      const items = [{ type: 'reasoning', encrypted_content: 'gAAAAA' }] as const;
      const source = `${api.origin}/v1/responses o1-mini`;
      const [earlier] = draft.history;
      assert.ok(earlier);
      const [answer] = earlier.answers;
      const choices = answer.choices.map((choice) => ({ ...choice, reasoningItems: { source, items } }));
      const history = [{ ...earlier, answers: [{ ...answer, choices }] as const }];
      const before = draft.history;
      Object.assign(draft, { history });
      try {
        const { input } = JSON.parse(await textWith('gAAAAA')) as {
          readonly input: readonly { readonly role?: string; readonly type?: string }[];
        };
        assert.deepEqual(
          input.map((item) => item.role ?? item.type),
          ['user', 'reasoning', 'assistant', 'user'],
        );
      } finally {
        Object.assign(draft, { history: before });
      }
    });
  });

  it('shows exactly the JSON that is sent', async () => {
    await withSettings({ baseUrl: api.origin, ...allSettings }, async () => {
      const text = await textWith('"seed": 42');
      assert.deepEqual(JSON.parse(text), await sentBody());
      assert.equal(text, `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    });
  });

  it('shows the request with the corrections learned for the service', async () => {
    await withSettings({ baseUrl: api.origin, ...allSettings }, async () => {
      for (const correction of ['max-tokens', 'no-seed', 'no-name', 'no-stream'] as const) {
        corrections.learn(requestTo(api.origin).endpoint, 'o1-mini', correction);
      }
      const body = JSON.parse(await textWith('"max_tokens"')) as Readonly<Record<string, unknown>>;
      assert.deepEqual([body.max_tokens, body.seed, body.stream], [512, undefined, false]);
      assert.deepEqual(body, await sentBody());
    });
  });

  it('shows what would be sent now, each time it is opened', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      assert.doesNotMatch(await textWith('25000'), /"seed"/);
      await withSettings({ seed: 7 }, async () => {
        await textWith('"seed": 7');
      });
    });
  });

  it('is read-only JSON without the key', async () => {
    await withSettings({ baseUrl: api.origin }, async () => {
      const text = await textWith('o1-mini');
      const { document } = vscode.window.activeTextEditor ?? {};
      assert.equal(document?.languageId, 'json');
      assert.notEqual(document.uri.scheme, 'untitled');
      assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) ?? false, false);
      assert.doesNotMatch(text, /authorization|bearer|sk-/i);
    });
  });

  it('is copied as an equivalent command, without a key for a server on this machine', async () => {
    await withSettings({ baseUrl: api.origin, ...allSettings }, () =>
      withClipboard((copied) =>
        withDialogs(
          () => undefined,
          async (messages) => {
            await preview.copyAsCurl();
            const command = copied();
            assert.ok(command.startsWith(`curl '${api.origin}/v1/chat/completions'`), command);
            assert.doesNotMatch(command, /Authorization/);
            assert.ok(command.includes(`'\\''`), 'a quote that is escaped for the shell');
            assert.deepEqual(bodyOf(command), JSON.parse(await textWith('"seed": 42')));
            assert.match(messages[0]?.message ?? '', /copied/);
            assert.doesNotMatch(messages[0]?.message ?? '', /key/);
          },
        ),
      ),
    );
  });

  it('is copied with an environment variable in place of the key of a service', async () => {
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

  it('is copied with that variable for a server on this machine too, if a key is stored for it', async () => {
    storedKey = key;
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

  it('reports an invalid address', async () => {
    await withSettings({ baseUrl: 'not an address' }, () =>
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

/** The body in a command, as the shell passes it to curl. */
function bodyOf(command: string): unknown {
  const [, body] = /--data-raw '(.*)'$/s.exec(command) ?? [];
  return JSON.parse((body ?? '').replaceAll(`'\\''`, `'`));
}

function nextChange(document: vscode.TextDocument): Promise<void> {
  return new Promise((resolve) => {
    const listener = vscode.workspace.onDidChangeTextDocument((change) => {
      if (change.document !== document) return;
      listener.dispose();
      resolve();
    });
  });
}
