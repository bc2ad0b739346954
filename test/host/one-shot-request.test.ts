import assert from 'node:assert/strict';
import type { Question } from '../../src/core/chat/conversation';
import type { OneShotAnswer } from '../../src/host/chat/one-shot-request';
import { pausedAnswer } from '../e2e/replies';
import { apiKey, createChatServiceContext } from './chat-service-test-context';
import { withDialogs } from './dialogs';
import { lines } from './recording-log';
import { withSettings } from './with-settings';

describe('A request that belongs to no chat', () => {
  const context = createChatServiceContext();
  const { sentBodies, withServer } = context;
  const secret = `ghp_${'a1B2'.repeat(9)}`;

  function ask(
    question: Question,
    onChange: (answer: OneShotAnswer) => void = () => undefined,
    signal = new AbortController().signal,
  ): Promise<OneShotAnswer | undefined> {
    return context.sendOneShotRequest(question, { signal, onChange });
  }

  it('is sent with the settings and the key, counted and logged, and appears in no chat', async () => {
    await withServer({ n: 3, 'price.input': 1e6, 'price.output': 0 }, async () => {
      context.api.script({ kind: 'answer', text: 'Answer.' });
      const answer = await ask({ text: 'What is a monad?' });
      assert.deepEqual([answer?.text, answer?.status.kind], ['Answer.', 'done']);
      assert.equal(context.api.requests[0]?.headers.authorization, `Bearer ${apiKey}`);
      assert.ok([undefined, 1].includes(sentBodies()[0]?.['n'] as number | undefined));
      assert.ok((await context.spending.usdToday()) > 0);
      assert.match(lines(context.entries).join('\n'), /POST http/);
      assert.doesNotMatch(lines(context.entries).join('\n'), /monad/);
      assert.deepEqual(context.session.conversation.turns, []);
    });
  });

  it('has no text in the log, even if the service quotes it', async () => {
    const instructions = 'Always answer as a lighthouse keeper would.';
    await withServer({ instructions, maxRetries: 0 }, async () => {
      const quoted = `Not allowed: ${instructions} What is a monad in category theory?`;
      const body = JSON.stringify({ error: { message: quoted } });
      context.api.script({ kind: 'status', status: 400, body });
      await ask({ text: 'What is a monad in category theory?' });
      assert.match(lines(context.entries).join('\n'), /Not allowed/);
      assert.doesNotMatch(lines(context.entries).join('\n'), /monad|lighthouse/);
    });
  });

  it('hides the secrets that the user wants hidden, and puts them back in the answer', async () => {
    await withServer({}, async () => {
      context.api.script({ kind: 'answer', text: 'Use SECRET_1 here.' });
      const replace = ({ buttons }: { readonly buttons: readonly string[] }): string | undefined =>
        buttons.find((button) => /Placeholder/.test(button));
      await withDialogs(replace, async (shown) => {
        const answer = await ask({ text: `Use ${secret}` });
        assert.equal(shown.length, 1);
        assert.equal(answer?.text, `Use ${secret} here.`);
      });
      assert.equal(sentBodies()[0]?.messages.at(-1)?.content, 'Use SECRET_1');
    });
  });

  it('sends nothing if the user cancels, or has stopped it before', async () => {
    await withServer({}, async () => {
      await withDialogs(
        () => undefined,
        async () => assert.equal(await ask({ text: `Use ${secret}` }), undefined),
      );
      await withDialogs(
        () => assert.fail('the user was asked about a request that was stopped'),
        async () =>
          assert.equal(await ask({ text: `Use ${secret}` }, undefined, AbortSignal.abort()), undefined),
      );
      assert.deepEqual(context.api.requests, []);
    });
  });

  it('stops in the middle with the text so far, and others continue', async () => {
    await withServer({}, async () => {
      const { reply, resume } = pausedAnswer(['One', ' two', ' three', ' four'], 0);
      context.api.script(reply);
      const controller = new AbortController();
      const stopAt = ({ text }: OneShotAnswer): void => {
        if (text === 'One two') controller.abort();
      };
      const answer = await ask({ text: 'Count' }, stopAt, controller.signal);
      resume();
      assert.deepEqual([answer?.text, answer?.status.kind], ['One two', 'stopped']);
      context.api.script({ kind: 'answer', text: 'A' });
      context.api.script({ kind: 'answer', text: 'B' });
      const both = await Promise.all([ask({ text: 'a' }), ask({ text: 'b' })]);
      assert.deepEqual(both.map((each) => each?.text).sort(), ['A', 'B']);
    });
  });

  it('fails without a request if the address is invalid', async () => {
    await withSettings({ baseUrl: 'http://context.api.example' }, async () => {
      const answer = await ask({ text: 'Why?' });
      assert.equal(answer?.status.kind, 'failed');
    });
  });
});
