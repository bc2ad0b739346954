import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ModelInfo } from '../../src/core/models/model-parser';
import { shownChoice, type Answer } from '../../src/core/chat/answer';
import { lastAnswer, lastTurn } from '../../src/core/chat/conversation';
import type { Session } from '../../src/core/chat/session';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { createChatService, type ChatService } from '../../src/host/chat/chat-service';
import { createModelMetadataService } from '../../src/host/models/model-metadata';
import { createSpending } from '../../src/host/storage/spending';
import { createPackagedTokenCounter } from '../../src/host/models/token-counter';
import { nodeTransport } from '../../src/platform/node/transport';
import { startServer, type ApiServer } from '../server/server';
import { portsOver, stillClock } from '../support/wire';
import { withDialogs } from './dialogs';
import { loadSecretReview } from './load-secret-review';
import { keyStore } from './api-key-store';
import { lines, listeningLog } from './listening-log';
import { extensionUri, loadTokenizer } from './packaged';
import { withSettings } from './with-settings';
import { errorDescriptions } from './webview-sync-services';

type Sent = Readonly<Record<string, unknown>> & {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
};
const key = 'sk-Sentinel7f3a9b';
const chunk = (delta: object, reason: string | null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
describe('A question', () => {
  const { log, written } = listeningLog();
  const counter = createPackagedTokenCounter(extensionUri(), loadTokenizer, log);
  let api: ApiServer;
  let sessions: Sessions;
  let session: Session;
  let chatService: ChatService;
  let known: string | undefined;
  let entered: string | undefined;
  let missing: string[];
  let listed: readonly ModelInfo[];

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
  });
  after(() => api.close());

  beforeEach(() => {
    api.clear();
    [known, entered, missing, listed] = [key, undefined, [], []];
    sessions = createSessions({ ...portsOver(nodeTransport), newId: () => crypto.randomUUID() });
    session = sessions.shown;
    const keys = keyStore(() => [known, entered]);
    const service = { models: () => Promise.resolve({ models: listed, source: 'fresh' as const }) };
    const folder = vscode.Uri.file(mkdtempSync(join(tmpdir(), 'o1mini-asking-')));
    chatService = createChatService({
      ...{ sessions, keys, counter, errors: errorDescriptions, log },
      models: createModelMetadataService(service, stillClock, log, () => undefined),
      spending: createSpending(folder, stillClock, log),
      loadSecretReview,
      onMissingKey: (origin) => void missing.push(origin),
    });
  });

  /** Does what asks, and waits for the end of the answer. */
  async function whole(ask: () => Promise<unknown>): Promise<Answer> {
    const ended = new Promise<void>((resolve) => {
      session.onChange((event) => (event?.type === 'ended' ? resolve() : undefined));
    });
    await ask();
    await ended;
    const answer = lastAnswer(session.conversation);
    assert.ok(answer);
    return answer;
  }

  const sent = (): readonly Sent[] => api.requests.map(({ body }) => body as Sent);

  const atServer = (values: object, check: () => Promise<void>): Promise<void> =>
    withSettings({ baseUrl: api.origin, ...values }, check);

  it('goes to the address of the settings with the key for it, and the log has neither', async () => {
    await atServer({ instructions: 'Be brief.' }, async () => {
      const { status } = await whole(() => chatService.sendRequest({ text: 'What is a monad?' }));
      assert.equal(status.kind, 'done');
      assert.equal(api.requests[0]?.headers.authorization, `Bearer ${key}`);
      assert.equal(sent()[0]?.messages.at(-1)?.content, 'Be brief.\n\nWhat is a monad?');
      assert.doesNotMatch(lines(written).join('\n'), /Sentinel|monad|brief/);
    });
  });

  it('goes to this machine without a key where there is none', async () => {
    known = undefined;
    await atServer({}, async () => {
      await whole(() => chatService.sendRequest({ text: 'Why?' }));
      assert.equal(api.requests[0]?.headers.authorization, undefined);
    });
  });

  it('is kept where the user gives no key for a service, and whose key is missing is told', async () => {
    known = undefined;
    await withSettings({ baseUrl: 'https://api.example/v1' }, async () => {
      assert.equal(await chatService.sendRequest({ text: 'Why?' }), 'cancelled');
      assert.deepEqual(missing, ['https://api.example']);
      assert.equal(lastTurn(session.conversation), undefined);
    });
  });

  it('fails in the chat, where it can be read, at an address that is none', async () => {
    await withSettings({ baseUrl: 'http://api.example' }, async () => {
      const { status } = await whole(() => chatService.sendRequest({ text: 'Why?' }));
      assert.ok(status.kind === 'failed');
      assert.deepEqual(status.error, { kind: 'bad-address', problem: 'insecure' });
    });
  });

  it('is kept while another is still being settled', async () => {
    await atServer({}, async () => {
      const both = Promise.all([
        chatService.sendRequest({ text: 'One?' }),
        chatService.sendRequest({ text: 'Two?' }),
      ]);
      await whole(async () => assert.deepEqual(await both, ['accepted', 'cancelled']));
      assert.equal(api.requests.length, 1);
    });
  });

  it('is not sent into a new chat that was begun before the user agreed to its price', async () => {
    await atServer({ n: 2 }, () =>
      withDialogs(
        ({ buttons }) => {
          sessions.show();
          return buttons[0];
        },
        async () => {
          assert.equal(await chatService.sendRequest({ text: 'Why?' }), 'cancelled');
          assert.deepEqual(session.conversation.turns, []);
          assert.deepEqual(sessions.shown.conversation.turns, []);
          assert.equal(api.requests.length, 0);
        },
      ),
    );
  });

  it('is kept where the user reads its price and would rather not', async () => {
    await atServer({ n: 2 }, () =>
      withDialogs(
        () => undefined,
        async () => {
          assert.equal(await chatService.sendRequest({ text: 'Why?' }), 'cancelled');
          assert.equal(api.requests.length, 0);
        },
      ),
    );
  });

  it('is sent without what the user leaves out for want of room, and the answer remembers that', async () => {
    await atServer({ maxCompletionTokens: 1000 }, async () => {
      listed = [{ id: 'o1-mini', aliases: [], context: 2500 }];
      // Not known yet, as it is asked for with the first question.
      await whole(() => chatService.sendRequest({ text: 'word '.repeat(2000) }));
      await withDialogs(
        ({ buttons }) => buttons.find((label) => label.startsWith('Leave Out')),
        async () => {
          const { runs } = await whole(() => chatService.sendRequest({ text: 'Second?' }));
          assert.deepEqual(runs[0]?.terms.omitted, { turns: 1, context: false });
          assert.equal(sent().at(-1)?.messages[0]?.content, 'Second?');
        },
      );
    });
  });

  it('is sent without its code where the user leaves that out', async () => {
    await atServer({ maxCompletionTokens: 1000 }, async () => {
      listed = [{ id: 'o1-mini', aliases: [], context: 2500 }];
      await whole(() => chatService.sendRequest({ text: 'First?' }));
      const content = 'tick(); '.repeat(1000);
      const attachments = [{ kind: 'selection', label: 'a.ts:1', language: 'typescript', content }] as const;
      await withDialogs(
        ({ buttons }) => buttons.find((label) => label.startsWith('Leave Out')),
        async () => {
          const { runs } = await whole(() => chatService.sendRequest({ text: 'Second?', attachments }));
          assert.deepEqual(runs[0]?.terms.omitted, { turns: 0, context: true });
          assert.equal(sent().at(-1)?.messages.at(-1)?.content, 'Second?');
        },
      );
    });
  });

  it('is asked again with the seed of its answer, whatever the setting is by then', async () => {
    await atServer({ seed: 42 }, () =>
      whole(() => chatService.sendRequest({ text: 'Why?' })).then(() => undefined),
    );
    await atServer({ seed: 7 }, async () => {
      const { runs } = await whole(() => chatService.regenerate());
      assert.equal(runs[0]?.seed, 42);
      assert.deepEqual(
        sent().map(({ seed }) => seed),
        [42, 42],
      );
      assert.equal(lastTurn(session.conversation)?.answers.length, 2);
    });
  });

  it('is asked again with twice the limit where thinking took it all, and the setting stays', async () => {
    await atServer({ maxCompletionTokens: 300 }, async () => {
      api.script({
        kind: 'stream',
        chunks: [chunk({ content: '' }, 'length'), 'data: [DONE]\n\n'],
        end: 'close',
      });
      await whole(() => chatService.sendRequest({ text: 'Why?' }));
      await whole(() => chatService.regenerate('doubledTokenLimit'));
      assert.deepEqual(
        sent().map((body) => body.max_completion_tokens),
        [300, 600],
      );
      assert.equal(vscode.workspace.getConfiguration('o1mini').get('maxCompletionTokens'), 300);
    });
  });

  it('is answered on where its answer broke off: with all that had come, once, and no question more', async () => {
    await atServer({ n: 1 }, async () => {
      await whole(() => chatService.sendRequest({ text: 'First?' }));
      api.script({ kind: 'stream', chunks: [chunk({ content: 'One, two' }, null)], end: 'destroy' });
      const cut = await whole(() => chatService.sendRequest({ text: 'Count!' }));
      assert.equal(cut.status.kind, 'incomplete');
      api.script({ kind: 'answer', text: ', three.' });
      const answer = await whole(() => chatService.continueAnswer());
      assert.equal(shownChoice(answer).text, 'One, two, three.');
      assert.equal(session.conversation.turns.length, 2);
      const roles = sent()
        .at(-1)
        ?.messages.map(({ role }) => role);
      assert.deepEqual(roles, ['user', 'assistant', 'user', 'assistant', 'user']);
      assert.equal(sent().at(-1)?.messages.at(-2)?.content, 'One, two');
    });
  });

  describe('that is edited', () => {
    const contents = (): readonly string[] => (sent().at(-1)?.messages ?? []).map(({ content }) => content);
    const turns = (): readonly string[] => session.conversation.turns.map(({ question }) => question.text);
    const idOf = (at: number): string => session.conversation.turns[at]?.id ?? '';

    /** Three questions, each with its answer. */
    async function three(): Promise<void> {
      for (const text of ['One', 'Two', 'Three']) {
        api.script({ kind: 'answer', text: `Answer to ${text}` });
        await whole(() => chatService.sendRequest({ text }));
      }
    }

    it('goes with what came before it, without itself as it was and what followed', async () => {
      await atServer({}, async () => {
        await three();
        await whole(async () => assert.equal(await chatService.editRequest(idOf(1), 'Zwei'), 'accepted'));
        assert.deepEqual(contents(), ['One', 'Answer to One', 'Zwei']);
        assert.deepEqual(turns(), ['One', 'Zwei']);
        session.change({ type: 'versionSelected', turnId: idOf(1), step: -1 });
        assert.deepEqual(turns(), ['One', 'Two', 'Three']);
        await whole(() => chatService.sendRequest({ text: 'Four' }));
        assert.deepEqual(
          contents().filter((_, index) => index % 2 === 0),
          ['One', 'Two', 'Three', 'Four'],
        );
      });
    });

    it('goes first where it was the first, with the code that was attached to it', async () => {
      await atServer({}, async () => {
        const code = { kind: 'selection', label: 'a.ts:1', language: 'ts', content: 'tick();' } as const;
        await whole(() => chatService.sendRequest({ text: 'What?', attachments: [code] }));
        await whole(() => chatService.sendRequest({ text: 'And?' }));
        await whole(() => chatService.editRequest(idOf(0), 'How?'));
        assert.equal(contents().length, 1);
        assert.match(contents()[0] ?? '', /How\?[^]*tick\(\);|tick\(\);[^]*How\?/);
        assert.deepEqual(lastTurn(session.conversation)?.question, { text: 'How?', attachments: [code] });
      });
    });

    it('has its price agreed to like any other, and all stays as it was where the user would rather not', async () => {
      await atServer({}, three);
      const before = session.conversation;
      await atServer({ n: 2 }, () =>
        withDialogs(
          () => undefined,
          async () => {
            assert.equal(await chatService.editRequest(idOf(0), 'Eins'), 'cancelled');
            assert.equal(session.conversation, before);
            assert.equal(api.requests.length, 3);
          },
        ),
      );
    });

    it('is not sent, and not billed, where another version is shown by the time the user agrees', async () => {
      await atServer({}, async () => {
        await three();
        await whole(() => chatService.editRequest(idOf(0), 'Eins'));
      });
      await atServer({ n: 2 }, () =>
        withDialogs(
          ({ buttons }) => {
            session.change({ type: 'versionSelected', turnId: idOf(0), step: -1 });
            return buttons[0];
          },
          async () => {
            assert.equal(await chatService.editRequest(idOf(0), 'Uno'), 'cancelled');
            assert.equal(api.requests.length, 4);
            assert.deepEqual(turns(), ['One', 'Two', 'Three']);
            assert.equal(await chatService.editRequest('gone', 'Uno'), 'rejected');
            assert.equal(await chatService.editRequest(idOf(0), ' \n'), 'rejected');
          },
        ),
      );
    });
  });

  it('has nothing to be continued where its answer is whole', async () => {
    await atServer({}, async () => {
      await whole(() => chatService.sendRequest({ text: 'Why?' }));
      await chatService.continueAnswer();
      assert.equal(api.requests.length, 1);
    });
  });
});
