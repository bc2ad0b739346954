import assert from 'node:assert/strict';
import type { Answer } from '../../src/core/chat/answer';
import { noticeFor, stoppedNotice } from '../../src/host/views/view-model/answer-notices';
import type { Action } from '../../src/protocol/messages';
import { answerAfter, complete, finished, sent, defaultTerms, stopped, text, used } from './builders';

function actions(notice: ReturnType<typeof noticeFor>): readonly Action[] {
  return (notice?.buttons ?? []).map(({ action }) => action);
}

describe('A notice on an answer', () => {
  /** An answer with reasoning but no text. */
  const reasoningOnly = (terms = defaultTerms): Answer =>
    answerAfter(
      [sent(), used({ completionTokens: 1000, reasoningTokens: 1000 }), finished('length'), complete],
      terms,
    );

  it('is absent if there is nothing to report', () => {
    assert.equal(noticeFor(answerAfter([sent(), text('Yes.'), finished('stop'), complete])), undefined);
  });

  it('offers to review the changes that the answer proposes for files', () => {
    const change = (...files: readonly string[]): string =>
      files.map((file) => `\`${file}\`\n\n\`\`\`ts\na\n\`\`\`\n`).join('\n');
    const noticeAbout = (markdown: string): ReturnType<typeof noticeFor> =>
      noticeFor(answerAfter([sent(), text(markdown), finished('stop'), complete]));
    const one = noticeAbout(change('src/app.ts'));
    assert.deepEqual(
      [one?.text, actions(one)],
      ['The answer proposes a change to a file.', ['reviewChanges']],
    );
    assert.match(noticeAbout(change('a.ts', 'b.ts'))?.text ?? '', /changes to 2 files/);
    const patch = '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-a\n+b\n';
    assert.match(noticeAbout(`\`\`\`diff\n${patch}${patch}\`\`\`\n`)?.text ?? '', /changes to 2 files/);
    assert.equal(noticeAbout('```ts\na.b\n```\n'), undefined);
  });

  it('says that all tokens went into reasoning, and offers twice as many with their price', () => {
    const notice = noticeFor(reasoningOnly());
    assert.match(notice?.text ?? '', /^The model used all 1,000 tokens for reasoning/);
    const [retry] = notice?.buttons ?? [];
    assert.equal(retry?.action, 'retryDoubled');
    assert.equal(retry.label, 'Retry with 2,000 tokens, at most $0.0081');
    assert.ok(retry.hint);
    assert.ok(actions(notice).includes('openSettings'));
  });

  it('offers no more tokens than the model can generate', () => {
    const notice = noticeFor(reasoningOnly({ ...defaultTerms, maxOutput: 1500 }));
    assert.match(notice?.buttons[0]?.label ?? '', /^Retry with 1,500 tokens, at most \$0\.0061$/);
  });

  it('offers no retry if the model cannot generate more tokens', () => {
    for (const maxOutput of [1000, 500]) {
      const notice = noticeFor(reasoningOnly({ ...defaultTerms, maxOutput }));
      assert.match(notice?.text ?? '', /for reasoning/);
      assert.deepEqual(actions(notice), ['openSettings']);
    }
  });

  it('names the limit if the token counts are missing, and no price if the price is unknown', () => {
    const { price, ...terms } = defaultTerms;
    assert.ok(price);
    const notice = noticeFor(answerAfter([sent(), finished('length'), complete], { ...terms, limit: 512 }));
    assert.match(notice?.text ?? '', /all 512 tokens/);
    assert.equal(notice?.buttons[0]?.label, 'Retry with 1,024 tokens');
  });

  it('explains the retry even if its price is unknown', () => {
    const { price, ...terms } = defaultTerms;
    assert.ok(price);
    assert.match(noticeFor(reasoningOnly(terms))?.buttons[0]?.hint ?? '', /Sends the question again/);
  });

  it('says that the service returned reasoning only, instead of an empty answer', () => {
    const thought = { type: 'reasoning', index: 0, text: 'Hm.' } as const;
    const only = answerAfter([sent(), thought, finished('stop'), complete]);
    assert.match(noticeFor(only)?.text ?? '', /returned reasoning, but no answer/);
    assert.match(noticeFor(answerAfter([sent(), finished('stop'), complete]))?.text ?? '', /an empty answer/);
  });

  it('says that the service ignored the limit, and how the limit is sent from now on', () => {
    const ignored = { type: 'limitIgnored', requestIndex: 0, parameter: 'max_completion_tokens' } as const;
    const answerWithNext = (next?: string): Answer =>
      answerAfter([
        sent(),
        text('Yes.'),
        used({ completionTokens: 4211 }),
        finished('stop'),
        { ...ignored, ...(next !== undefined && { next }) },
        complete,
      ]);
    const start = 'The service ignored the limit of 1,000 tokens (max_completion_tokens) and returned 4,211.';
    assert.deepEqual(noticeFor(answerWithNext('max_tokens')), {
      text: `${start} From now on, the limit is sent to this model as max_tokens.`,
      buttons: [],
    });
    const uncounted = answerAfter([sent(), text('Yes.'), finished('stop'), ignored, complete]);
    assert.match(noticeFor(uncounted)?.text ?? '', /\(max_completion_tokens\) and returned more\./);
    assert.match(noticeFor(answerWithNext())?.text ?? '', /may be longer, and cost more, than estimated/);
  });

  it('says that the service allowed only a lower limit, together with the cut-off of the answer', () => {
    const lowered = { type: 'limitLowered', requestIndex: 0, limit: 512, because: 'no' } as const;
    const known = { maxOutput: 512 };
    const answer = answerAfter([{ ...lowered, known }, sent(), text('Yes'), finished('length'), complete]);
    const notice = noticeFor(answer);
    assert.equal(
      notice?.text,
      'The answer was cut off at the limit of 512 tokens. The limit was lowered from 1,000 to 512 tokens, the maximum for this model.',
    );
    assert.deepEqual(actions(notice), ['continueAnswer']);
  });

  it('says that the answer was cut off at its limit, and offers to continue', () => {
    const notice = noticeFor(answerAfter([sent(), text('So'), finished('length'), complete]));
    assert.match(notice?.text ?? '', /cut off at the limit of 1,000 tokens/);
    assert.deepEqual(actions(notice), ['continueAnswer']);
    assert.match(notice?.buttons[0]?.hint ?? '', /billed/);
  });

  it('says that a content filter cut the answer off', () => {
    const notice = noticeFor(answerAfter([sent(), text('So'), finished('content_filter'), complete]));
    assert.match(notice?.text ?? '', /content filter/);
  });

  it('says that the answer is empty if it has no text', () => {
    assert.match(noticeFor(answerAfter([sent(), finished('stop'), complete]))?.text ?? '', /empty/);
    assert.match(noticeFor(answerAfter([sent(), complete]))?.text ?? '', /empty/);
  });

  it('does not call a refusal empty, because its text comes from the model', () => {
    const refusal = { type: 'refusal', index: 0, text: 'I cannot.' } as const;
    assert.equal(noticeFor(answerAfter([sent(), refusal, finished('stop'), complete])), undefined);
  });

  it('belongs to the alternative that is shown', () => {
    const answer = answerAfter([
      sent(),
      text('Yes.'),
      finished('stop'),
      text('So', 1),
      finished('length', 1),
      complete,
    ]);
    assert.equal(noticeFor(answer), undefined);
    assert.deepEqual(actions(noticeFor({ ...answer, chosen: 1 })), ['continueAnswer']);
  });

  it('offers to continue a stopped answer if it has text', () => {
    assert.deepEqual(actions(stoppedNotice(answerAfter([sent(), text('So'), stopped]))), ['continueAnswer']);
    assert.deepEqual(actions(stoppedNotice(answerAfter([sent(), stopped]))), []);
  });
});
