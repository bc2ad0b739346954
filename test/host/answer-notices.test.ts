import assert from 'node:assert/strict';
import type { Answer } from '../../src/core/chat/answer';
import { noticeFor, stoppedNotice } from '../../src/host/views/answer-notices';
import type { Action } from '../../src/protocol/messages';
import { answerAfter, complete, finished, sent, someTerms, stopped, text, used } from './builders';

function actions(notice: ReturnType<typeof noticeFor>): readonly Action[] {
  return (notice?.buttons ?? []).map(({ action }) => action);
}

describe('A notice on an answer', () => {
  /** Nothing but thoughts. */
  const thoughtOnly = (terms = someTerms): Answer =>
    answerAfter(
      [sent(), used({ completionTokens: 1000, reasoningTokens: 1000 }), finished('length'), complete],
      terms,
    );

  it('is not made where there is nothing to say', () => {
    assert.equal(noticeFor(answerAfter([sent(), text('Yes.'), finished('stop'), complete])), undefined);
  });

  it('says that all tokens went into thinking, and offers twice as many, with their price', () => {
    const notice = noticeFor(thoughtOnly());
    assert.match(notice?.text ?? '', /^The model used all 1,000 tokens for reasoning/);
    const [twice] = notice?.buttons ?? [];
    assert.equal(twice?.action, 'retryDoubled');
    assert.equal(twice.label, 'Retry with 2,000 tokens, at most $0.0081');
    assert.ok(twice.hint);
    assert.ok(actions(notice).includes('openSettings'));
  });

  it('offers no more tokens than the model can give', () => {
    const notice = noticeFor(thoughtOnly({ ...someTerms, maxOutput: 1500 }));
    assert.match(notice?.buttons[0]?.label ?? '', /^Retry with 1,500 tokens, at most \$0\.0061$/);
  });

  it('offers no retry where the model can give no more', () => {
    for (const maxOutput of [1000, 500]) {
      const notice = noticeFor(thoughtOnly({ ...someTerms, maxOutput }));
      assert.match(notice?.text ?? '', /for reasoning/);
      assert.deepEqual(actions(notice), ['openSettings']);
    }
  });

  it('names the limit where the tokens were not told, and no price where none is known', () => {
    const { price, ...terms } = someTerms;
    assert.ok(price);
    const notice = noticeFor(answerAfter([sent(), finished('length'), complete], { ...terms, limit: 512 }));
    assert.match(notice?.text ?? '', /all 512 tokens/);
    assert.equal(notice?.buttons[0]?.label, 'Retry with 1,024 tokens');
  });

  it('says what the retry does, also where its price is not known', () => {
    const { price, ...terms } = someTerms;
    assert.ok(price);
    assert.match(noticeFor(thoughtOnly(terms))?.buttons[0]?.hint ?? '', /Sends the question again/);
  });

  it('says that an answer was cut off at its limit, and offers to go on', () => {
    const notice = noticeFor(answerAfter([sent(), text('So'), finished('length'), complete]));
    assert.match(notice?.text ?? '', /cut off at the limit of 1,000 tokens/);
    assert.deepEqual(actions(notice), ['continueAnswer']);
    assert.match(notice?.buttons[0]?.hint ?? '', /billed/);
  });

  it('says that a filter cut it off', () => {
    const notice = noticeFor(answerAfter([sent(), text('So'), finished('content_filter'), complete]));
    assert.match(notice?.text ?? '', /content filter/);
  });

  it('says that it is empty where it has no word', () => {
    assert.match(noticeFor(answerAfter([sent(), finished('stop'), complete]))?.text ?? '', /empty/);
    assert.match(noticeFor(answerAfter([sent(), complete]))?.text ?? '', /empty/);
  });

  it('does not call a refusal empty: those are the words of the model', () => {
    const refusal = { type: 'refusal', index: 0, text: 'I cannot.' } as const;
    assert.equal(noticeFor(answerAfter([sent(), refusal, finished('stop'), complete])), undefined);
  });

  it('is on the alternative that is shown', () => {
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

  it('offers to go on with what was stopped, where there is something', () => {
    assert.deepEqual(actions(stoppedNotice(answerAfter([sent(), text('So'), stopped]))), ['continueAnswer']);
    assert.deepEqual(actions(stoppedNotice(answerAfter([sent(), stopped]))), []);
  });
});
