import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { secretSamples } from '../fixtures/secrets/samples';
import { createCommitMessageContext } from './commit-message-context';
import { messagesDuring } from './dialogs';
import { withSettings } from './with-settings';

describe('A commit message that the model may not write', () => {
  const shared = createCommitMessageContext();
  const { context, write, stage, sentPrompt } = shared;

  it('is not written if the user cancels the progress, and the box is unchanged', async () => {
    await stage(shared.first);
    shared.first.repository.inputBox.value = 'mine';
    context.api.clear();
    context.api.script({ kind: 'hang' });
    const { window } = vscode;
    const original = window.withProgress;
    const cancelled = new vscode.CancellationTokenSource();
    let isCancellable: boolean | undefined;
    const withProgress: typeof original = (options, task) => {
      isCancellable = options.cancellable;
      return task({ report: () => undefined }, cancelled.token);
    };
    Object.assign(window, { withProgress });
    try {
      const shown = await messagesDuring(async () => {
        const requested = context.untilRequested();
        const written = write(shared.first);
        await requested;
        cancelled.cancel();
        await written;
      });
      assert.deepEqual(shown, []);
      assert.equal(isCancellable, true);
      assert.equal(shared.first.repository.inputBox.value, 'mine');
    } finally {
      Object.assign(window, { withProgress: original });
    }
  });

  it('is not what the model says instead: a refusal, a part, or nothing after a content filter', async () => {
    await stage(shared.first);
    shared.first.repository.inputBox.value = 'mine';
    const ended = (delta: object, reason: string): string[] => [
      `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`,
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: reason }] })}\n\n`,
      'data: [DONE]\n\n',
    ];
    for (const [chunks, text] of [
      [ended({ refusal: 'I cannot help with that.' }, 'stop'), /declined/],
      [ended({ content: 'Count from tw' }, 'length'), /token limit/],
      [ended({ content: 'Count' }, 'content_filter'), /content filter/],
    ] as const) {
      context.api.clear();
      context.api.script({ kind: 'stream', chunks, end: 'close' });
      const [warning] = await messagesDuring(() => write(shared.first));
      assert.match(warning?.message ?? '', text);
      assert.equal(shared.first.repository.inputBox.value, 'mine');
    }
  });

  it('is not requested with secrets unless the user agrees, and has the secrets in place of placeholders', async () => {
    const secret = secretSamples.find(({ kind }) => kind === 'GitHub personal token')?.secret ?? '';
    await stage(shared.first, `token = "${secret}"\n`);
    const shown = await messagesDuring(() => write(shared.first));
    assert.match(shown[0]?.message ?? '', /Do you want to send possible secrets/);
    assert.match(shown[0]?.detail ?? '', /Git Changes/);
    assert.equal(context.api.requests.length, 0);
    context.api.clear();
    context.api.script({ kind: 'answer', text: 'Remove SECRET_1' });
    await messagesDuring(() => write(shared.first), 'Replace with Placeholders');
    assert.ok(!sentPrompt().includes(secret));
    assert.equal(shared.first.repository.inputBox.value, `Remove ${secret}`);
  });

  it('is not requested above the daily budget unless the user agrees', async () => {
    await stage(shared.first);
    await withSettings({ dailyBudget: 0.000001, 'price.input': 1, 'price.output': 4 }, async () => {
      const shown = await messagesDuring(() => write(shared.first));
      assert.match(shown[0]?.detail ?? '', /daily budget/);
      assert.equal(context.api.requests.length, 0);
    });
  });

  it('says why the service refused, and leaves the box as it is', async () => {
    await stage(shared.first);
    shared.first.repository.inputBox.value = 'mine';
    context.api.clear();
    context.api.script({
      kind: 'status',
      status: 401,
      body: '{"error":{"message":"[click](command:evil) key"}}',
    });
    const [error] = await messagesDuring(() => write(shared.first));
    assert.match(error?.message ?? '', /key/i);
    assert.doesNotMatch(error?.message ?? '', /\]\(command/);
    assert.equal(shared.first.repository.inputBox.value, 'mine');
  });

  describe('S6 Hidden characters', () => {
    it('of a message in a fence are shown before the text inside is used', async () => {
      await stage(shared.first);
      context.api.clear();
      context.api.script({ kind: 'answer', text: '```\nAdd \u202ea file\r\n```' });
      const [dialog] = await messagesDuring(() => write(shared.first), 'Clean Up and Insert');
      assert.match(dialog?.message ?? '', /^The commit message contains hidden characters/);
      assert.match(dialog?.detail ?? '', /Right-to-Left Override/);
      assert.equal(shared.first.repository.inputBox.value, 'Add a file');
    });
  });
});
