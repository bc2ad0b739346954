import assert from 'node:assert/strict';
import { lastTurn } from '../../src/core/chat/conversation';
import { createChatServiceContext } from './chat-service-test-context';
import { withDialogs } from './dialogs';

describe('An edited question', () => {
  const context = createChatServiceContext();
  const { untilAnswered, sentBodies, withServer } = context;

  const contents = (): readonly string[] =>
    (sentBodies().at(-1)?.messages ?? []).map(({ content }) => content);
  const turns = (): readonly string[] =>
    context.session.conversation.turns.map(({ question }) => question.text);
  const idOf = (at: number): string => context.session.conversation.turns[at]?.id ?? '';

  /** Asks three questions and waits for their answers. */
  async function askThreeQuestions(): Promise<void> {
    for (const text of ['One', 'Two', 'Three']) {
      context.api.script({ kind: 'answer', text: `Answer to ${text}` });
      await untilAnswered(() => context.chatService.sendRequest({ text }));
    }
  }

  it('is sent with the turns before it, without its earlier version and what followed', async () => {
    await withServer({}, async () => {
      await askThreeQuestions();
      await untilAnswered(async () =>
        assert.equal(await context.chatService.editRequest(idOf(1), 'Zwei'), 'accepted'),
      );
      assert.deepEqual(contents(), ['One', 'Answer to One', 'Zwei']);
      assert.deepEqual(turns(), ['One', 'Zwei']);
      context.session.change({ type: 'versionSelected', turnId: idOf(1), step: -1 });
      assert.deepEqual(turns(), ['One', 'Two', 'Three']);
      await untilAnswered(() => context.chatService.sendRequest({ text: 'Four' }));
      assert.deepEqual(
        contents().filter((_, index) => index % 2 === 0),
        ['One', 'Two', 'Three', 'Four'],
      );
    });
  });

  it('is sent first if it was the first, with the code that was attached to it', async () => {
    await withServer({}, async () => {
      const code = { kind: 'selection', label: 'a.ts:1', language: 'ts', content: 'tick();' } as const;
      await untilAnswered(() => context.chatService.sendRequest({ text: 'What?', attachments: [code] }));
      await untilAnswered(() => context.chatService.sendRequest({ text: 'And?' }));
      await untilAnswered(() => context.chatService.editRequest(idOf(0), 'How?'));
      assert.equal(contents().length, 1);
      assert.match(contents()[0] ?? '', /How\?[^]*tick\(\);|tick\(\);[^]*How\?/);
      assert.deepEqual(lastTurn(context.session.conversation)?.question, {
        text: 'How?',
        attachments: [code],
      });
    });
  });

  it('needs consent to its price like any other, and nothing changes if the user declines', async () => {
    await withServer({}, askThreeQuestions);
    const before = context.session.conversation;
    await withServer({ n: 2 }, () =>
      withDialogs(
        () => undefined,
        async () => {
          assert.equal(await context.chatService.editRequest(idOf(0), 'Eins'), 'cancelled');
          assert.equal(context.session.conversation, before);
          assert.equal(context.api.requests.length, 3);
        },
      ),
    );
  });

  it('is neither sent nor billed if another version is shown by the time the user agrees', async () => {
    await withServer({}, async () => {
      await askThreeQuestions();
      await untilAnswered(() => context.chatService.editRequest(idOf(0), 'Eins'));
    });
    await withServer({ n: 2 }, () =>
      withDialogs(
        ({ buttons }) => {
          context.session.change({ type: 'versionSelected', turnId: idOf(0), step: -1 });
          return buttons[0];
        },
        async () => {
          assert.equal(await context.chatService.editRequest(idOf(0), 'Uno'), 'cancelled');
          assert.equal(context.api.requests.length, 4);
          assert.deepEqual(turns(), ['One', 'Two', 'Three']);
          assert.equal(await context.chatService.editRequest('gone', 'Uno'), 'rejected');
          assert.equal(await context.chatService.editRequest(idOf(0), ' \n'), 'rejected');
        },
      ),
    );
  });
});
