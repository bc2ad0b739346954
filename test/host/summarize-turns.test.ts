import assert from 'node:assert/strict';
import type { Conversation } from '../../src/core/chat/conversation';
import type { TurnsSummary } from '../../src/core/chat/turns-summary';
import { handleCompletedAnswers } from '../../src/host/chat/completed-answers';
import { turn } from './builders';
import { createChatServiceContext, nextEnd } from './chat-service-test-context';
import { withDialogs, type ShownMessage } from './dialogs';

const wordsOf = (count: number): string => 'word '.repeat(count);

describe('The summary of earlier turns', () => {
  const context = createChatServiceContext();

  beforeEach(() => show(turn('One?', wordsOf(500)), turn('Two?', wordsOf(500)), turn('Three?', 'Short.')));

  const show = (...turns: Conversation['turns']): void =>
    context.sessions.show({
      id: crypto.randomUUID(),
      turns: turns.map((each, index) => ({ ...each, id: `t${index}` })),
    });
  const contents = (): readonly string[] =>
    (context.sentBodies().at(-1)?.messages ?? []).map(({ content }) => content);
  const summaries = (): readonly TurnsSummary[] =>
    context.sessions.shown.conversation.turns.flatMap((each) => each.summaries ?? []);

  /** Requests a summary, answers the dialogs, and waits until the summary has ended. */
  async function summarize(
    choose = ({ buttons }: ShownMessage) => buttons[0],
  ): Promise<readonly ShownMessage[]> {
    let shownMessages: readonly ShownMessage[] = [];
    await withDialogs(choose, async (shown) => {
      shownMessages = shown;
      const session = context.sessions.shown;
      const ended = nextEnd(session);
      await context.chatService.summarizeTurns();
      if (session.running) await ended;
    });
    return shownMessages;
  }

  const withServer = (values: object, check: () => Promise<void>): Promise<void> =>
    context.withServer({ maxCompletionTokens: 1000, ...values }, check);

  it('is requested only with consent to its extent and price', async () => {
    await withServer({}, async () => {
      const [dialog] = await summarize(() => undefined);
      assert.ok(dialog?.modal);
      assert.match(dialog.message, /about 1,1\d\d tokens to o1-mini to summarize earlier turns\?/);
      assert.match(dialog.detail, /The first 2 questions and their answers are summarized\./);
      assert.match(
        dialog.detail,
        /edit or undo the summary.*Maximum cost: \$0\.\d+.*Nothing has been sent yet\./s,
      );
      assert.deepEqual(dialog.buttons, ['Summarize']);
      assert.equal(context.api.requests.length, 0);
      assert.deepEqual(summaries(), []);
    });
  });

  it('is requested once, whatever o1mini.n is, and covers all turns but the last', async () => {
    await withServer({ n: 3, instructions: 'Be brief.' }, async () => {
      context.api.script({ kind: 'answer', text: 'In short.' });
      await summarize();
      assert.equal(context.sentBodies().length, 1);
      assert.equal(context.sentBodies()[0]?.n ?? 1, 1);
      assert.deepEqual(contents().slice(0, 4), ['Be brief.\n\nOne?', wordsOf(500), 'Two?', wordsOf(500)]);
      assert.match(contents()[4] ?? '', /^Summarize our conversation so far, so that it can be continued/);
      assert.deepEqual(summaries()[0]?.covers, ['t0', 't1']);
    });
  });

  it('replaces its turns in the next request, unless it was undone', async () => {
    await withServer({}, async () => {
      context.api.script({ kind: 'answer', text: 'In short.' });
      await summarize();
      const ask = async (text: string): Promise<void> => {
        const ended = nextEnd(context.sessions.shown);
        await context.chatService.sendRequest({ text });
        await ended;
      };
      await ask('Four?');
      const [question, summary, ...rest] = contents();
      assert.equal(question, 'Summarize our conversation so far.');
      assert.deepEqual([summary, ...rest], ['In short.', 'Three?', 'Short.', 'Four?']);
      context.sessions.shown.changeSummary(summaries()[0]?.id ?? '', { kind: 'undone' });
      await ask('Five?');
      assert.deepEqual(contents().slice(0, 2), ['One?', wordsOf(500)]);
    });
  });

  it('covers only as many turns as fit into the context window', async () => {
    await withServer({}, async () => {
      context.listedModels = [{ id: 'o1-mini', aliases: [], context: 2000 }];
      // The first use of the list requests it.
      await summarize(() => undefined);
      await new Promise(setImmediate);
      const [dialog] = await summarize();
      assert.match(dialog?.detail ?? '', /The first question and its answer are summarized\./);
      assert.doesNotMatch(dialog?.detail ?? '', /would be left out/);
      assert.deepEqual(summaries()[0]?.covers, ['t0']);
    });
  });

  it('is offered in place of leaving out turns, and the question waits in the box', async () => {
    await withServer({}, async () => {
      context.listedModels = [{ id: 'o1-mini', aliases: [], context: 2000 }];
      const pressed: string[] = [];
      const choose = ({ buttons }: ShownMessage): string | undefined => {
        const button = buttons.find((label) => /^Summarize/.test(label));
        pressed.push(button ?? '');
        return button;
      };
      // The first use of the list requests it.
      await summarize(() => undefined);
      await new Promise(setImmediate);
      const session = context.sessions.shown;
      const ended = nextEnd(session);
      context.api.script({ kind: 'answer', text: 'In short.' });
      await withDialogs(choose, async () => {
        assert.equal(await context.chatService.sendRequest({ text: 'Four?' }), 'cancelled');
        await ended;
      });
      assert.deepEqual(pressed, ['Summarize Earlier Turns', 'Summarize']);
      assert.deepEqual([summaries()[0]?.inUse, session.conversation.turns.length], [true, 3]);
    });
  });

  it('leaves the turns unchanged if it fails, and covers fewer turns after the service named its context window', async () => {
    await withServer({}, async () => {
      const message =
        "This model's maximum context length is 1900 tokens. However, your messages resulted in 1500 tokens.";
      const error = { message, type: 'invalid_request_error', code: 'context_length_exceeded' };
      context.api.script({ kind: 'status', status: 400, body: JSON.stringify({ error }) });
      await summarize();
      assert.equal(summaries()[0]?.answer.status.kind, 'failed');
      assert.equal(summaries()[0]?.inUse, false);
      context.api.script({ kind: 'answer', text: 'In short.' });
      await summarize();
      assert.deepEqual(summaries().at(0)?.covers, ['t0'], 'only one turn');
      assert.equal(summaries().at(0)?.inUse, true);
    });
  });

  it('covers only as many turns as fit into the context window that the service named in an error', async () => {
    await withServer({}, async () => {
      const error = {
        message: "This model's maximum context length is 1900 tokens.",
        code: 'context_length_exceeded',
      };
      context.api.script({ kind: 'status', status: 400, body: JSON.stringify({ error }) });
      const ended = nextEnd(context.sessions.shown);
      await context.chatService.sendRequest({ text: 'Four?' });
      await ended;
      context.api.script({ kind: 'answer', text: 'In short.' });
      await summarize();
      assert.deepEqual(summaries()[0]?.covers, ['t0']);
    });
  });

  it('adds only its own cost to the spending', async () => {
    const learnedTimes: unknown[] = [];
    handleCompletedAnswers({
      sessions: context.sessions,
      spending: context.spending,
      thinkingTimes: {
        add: (answer) => void learnedTimes.push(answer),
      },
      modelSelection: { findReplacement: () => Promise.resolve() },
      isVisible: () => true,
      onUnseen: () => undefined,
      open: () => undefined,
      log: context.log,
    });
    const chunk = { choices: [{ index: 0, delta: { content: 'In short.' }, finish_reason: 'stop' }] };
    const bill = { choices: [], meta: { usage: { usd_spent: 0.25 } } };
    const chunks = [chunk, bill].map((part) => `data: ${JSON.stringify(part)}\n\n`);
    context.api.script({ kind: 'stream', chunks: [...chunks, 'data: [DONE]\n\n'], end: 'close' });
    await withServer({}, async () => {
      await summarize();
      assert.equal(await context.spending.usdToday(), 0.25);
      assert.deepEqual(learnedTimes, [], 'a summary is no measure of the thinking time');
    });
  });

  it('is not requested without turns to summarize, and a notification says so', async () => {
    await withServer({}, async () => {
      show();
      const [notification] = await summarize();
      assert.match(notification?.message ?? '', /^There are no earlier turns to summarize\.$/);
      show(turn('One?', wordsOf(500)));
      context.api.script({ kind: 'answer', text: 'In short.' });
      await summarize();
      assert.equal((await summarize())[0]?.modal, false);
      assert.equal(context.api.requests.length, 1);
    });
  });

  it('is not requested while an answer or another summary is written', async () => {
    await withServer({}, async () => {
      context.api.script({ kind: 'answer', text: 'In short.', deltas: ['In', ' short.'], deltaMs: 60_000 });
      await withDialogs(
        ({ buttons }) => buttons[0],
        async () => {
          await context.chatService.summarizeTurns();
          await context.chatService.summarizeTurns();
          assert.equal(await context.chatService.sendRequest({ text: 'Four?' }), 'cancelled');
        },
      );
      await context.sessions.shown.stop();
      assert.equal(summaries().length, 1);
      assert.equal(summaries()[0]?.answer.status.kind, 'stopped');
    });
  });
});
