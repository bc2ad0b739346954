import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { shownChoice } from '../../src/core/chat/answer';
import { lastTurn } from '../../src/core/chat/conversation';
import { apiKey, createChatServiceContext } from './chat-service-test-context';
import { withDialogs } from './dialogs';
import { lines } from './recording-log';
import { withSettings } from './with-settings';

const chunk = (delta: object, reason: string | null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;

describe('A question', () => {
  const context = createChatServiceContext();
  const { untilAnswered, sentBodies, withServer } = context;

  it('is sent to the configured address with the key for it, and the log contains neither key nor text', async () => {
    await withServer({ instructions: 'Be brief.' }, async () => {
      const { status } = await untilAnswered(() =>
        context.chatService.sendRequest({ text: 'What is a monad?' }),
      );
      assert.equal(status.kind, 'done');
      assert.equal(context.api.requests[0]?.headers.authorization, `Bearer ${apiKey}`);
      assert.equal(sentBodies()[0]?.messages.at(-1)?.content, 'Be brief.\n\nWhat is a monad?');
      assert.doesNotMatch(lines(context.entries).join('\n'), /Sentinel|monad|brief/);
    });
  });

  it('is sent to this machine without a key if there is none', async () => {
    context.storedKey = undefined;
    await withServer({}, async () => {
      await untilAnswered(() => context.chatService.sendRequest({ text: 'Why?' }));
      assert.equal(context.api.requests[0]?.headers.authorization, undefined);
    });
  });

  it('is kept if the user enters no key, and the service without a key is reported', async () => {
    context.storedKey = undefined;
    await withSettings({ baseUrl: 'https://context.api.example/v1' }, async () => {
      assert.equal(await context.chatService.sendRequest({ text: 'Why?' }), 'cancelled');
      assert.deepEqual(context.missingKeys, ['https://context.api.example']);
      assert.equal(lastTurn(context.session.conversation), undefined);
    });
  });

  it('fails visibly in the chat if the configured address is invalid', async () => {
    await withSettings({ baseUrl: 'http://context.api.example' }, async () => {
      const { status } = await untilAnswered(() => context.chatService.sendRequest({ text: 'Why?' }));
      assert.ok(status.kind === 'failed');
      assert.deepEqual(status.error, { kind: 'bad-address', problem: 'insecure' });
    });
  });

  it('is kept while another question is being prepared', async () => {
    await withServer({}, async () => {
      const both = Promise.all([
        context.chatService.sendRequest({ text: 'One?' }),
        context.chatService.sendRequest({ text: 'Two?' }),
      ]);
      await untilAnswered(async () => assert.deepEqual(await both, ['accepted', 'cancelled']));
      assert.equal(context.api.requests.length, 1);
    });
  });

  it('is not sent into a new chat that was started before the user accepted the price', async () => {
    await withServer({ n: 2 }, () =>
      withDialogs(
        ({ buttons }) => {
          context.sessions.show();
          return buttons[0];
        },
        async () => {
          assert.equal(await context.chatService.sendRequest({ text: 'Why?' }), 'cancelled');
          assert.deepEqual(context.session.conversation.turns, []);
          assert.deepEqual(context.sessions.shown.conversation.turns, []);
          assert.equal(context.api.requests.length, 0);
        },
      ),
    );
  });

  it('is kept if the user declines its price', async () => {
    await withServer({ n: 2 }, () =>
      withDialogs(
        () => undefined,
        async () => {
          assert.equal(await context.chatService.sendRequest({ text: 'Why?' }), 'cancelled');
          assert.equal(context.api.requests.length, 0);
        },
      ),
    );
  });

  it('is sent without the turns that the user omits for lack of space, and the answer records that', async () => {
    await withServer({ maxCompletionTokens: 1000 }, async () => {
      context.listedModels = [{ id: 'o1-mini', aliases: [], context: 2500 }];
      // The context window is not known yet, because the models are requested with the first question.
      await untilAnswered(() => context.chatService.sendRequest({ text: 'word '.repeat(2000) }));
      await withDialogs(
        ({ buttons }) => buttons.find((label) => label.startsWith('Leave Out')),
        async () => {
          const { runs } = await untilAnswered(() => context.chatService.sendRequest({ text: 'Second?' }));
          assert.deepEqual(runs[0]?.terms.omitted, { turns: 1, context: false });
          assert.equal(sentBodies().at(-1)?.messages[0]?.content, 'Second?');
        },
      );
    });
  });

  it('is sent without its code if the user omits the code', async () => {
    await withServer({ maxCompletionTokens: 1000 }, async () => {
      context.listedModels = [{ id: 'o1-mini', aliases: [], context: 2500 }];
      await untilAnswered(() => context.chatService.sendRequest({ text: 'First?' }));
      const content = 'tick(); '.repeat(1000);
      const attachments = [{ kind: 'selection', label: 'a.ts:1', language: 'typescript', content }] as const;
      await withDialogs(
        ({ buttons }) => buttons.find((label) => label.startsWith('Leave Out')),
        async () => {
          const { runs } = await untilAnswered(() =>
            context.chatService.sendRequest({ text: 'Second?', attachments }),
          );
          assert.deepEqual(runs[0]?.terms.omitted, { turns: 0, context: true });
          assert.equal(sentBodies().at(-1)?.messages.at(-1)?.content, 'Second?');
        },
      );
    });
  });

  it('is regenerated with the seed of its answer, even if the setting has changed', async () => {
    await withServer({ seed: 42 }, () =>
      untilAnswered(() => context.chatService.sendRequest({ text: 'Why?' })).then(() => undefined),
    );
    await withServer({ seed: 7 }, async () => {
      const { runs } = await untilAnswered(() => context.chatService.regenerate());
      assert.equal(runs[0]?.seed, 42);
      assert.deepEqual(
        sentBodies().map(({ seed }) => seed),
        [42, 42],
      );
      assert.equal(lastTurn(context.session.conversation)?.answers.length, 2);
    });
  });

  it('is regenerated with twice the limit if reasoning used it up, and the setting stays the same', async () => {
    await withServer({ maxCompletionTokens: 300 }, async () => {
      context.api.script({
        kind: 'stream',
        chunks: [chunk({ content: '' }, 'length'), 'data: [DONE]\n\n'],
        end: 'close',
      });
      await untilAnswered(() => context.chatService.sendRequest({ text: 'Why?' }));
      await untilAnswered(() => context.chatService.regenerate('doubledTokenLimit'));
      assert.deepEqual(
        sentBodies().map((body) => body.max_completion_tokens),
        [300, 600],
      );
      assert.equal(vscode.workspace.getConfiguration('o1mini').get('maxCompletionTokens'), 300);
    });
  });

  it('is continued where its answer broke off, with the received text once and without another question', async () => {
    await withServer({ n: 1 }, async () => {
      await untilAnswered(() => context.chatService.sendRequest({ text: 'First?' }));
      context.api.script({ kind: 'stream', chunks: [chunk({ content: 'One, two' }, null)], end: 'destroy' });
      const brokenOff = await untilAnswered(() => context.chatService.sendRequest({ text: 'Count!' }));
      assert.equal(brokenOff.status.kind, 'incomplete');
      context.api.script({ kind: 'answer', text: ', three.' });
      const answer = await untilAnswered(() => context.chatService.continueAnswer());
      assert.equal(shownChoice(answer).text, 'One, two, three.');
      assert.equal(context.session.conversation.turns.length, 2);
      const roles = sentBodies()
        .at(-1)
        ?.messages.map(({ role }) => role);
      assert.deepEqual(roles, ['user', 'assistant', 'user', 'assistant', 'user']);
      assert.equal(sentBodies().at(-1)?.messages.at(-2)?.content, 'One, two');
    });
  });

  it('cannot be continued if its answer is complete', async () => {
    await withServer({}, async () => {
      await untilAnswered(() => context.chatService.sendRequest({ text: 'Why?' }));
      await context.chatService.continueAnswer();
      assert.equal(context.api.requests.length, 1);
    });
  });
});
