import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Answer } from '../../../../src/core/chat/answer';
import { newAnswer } from '../../../../src/core/chat/answer-reducer';
import { thinkingTime, typicalThinkingTime } from '../../../../src/core/chat/thinking-time';
import { emptyConversation, reduce, currentAnswer, lastTurn } from '../../../../src/core/chat/conversation';

const terms = { origin: 'http://a', model: 'm', limit: 100, n: 1, promptTokens: 1 };

describe('The typical thinking time', () => {
  it('is known after three samples', () => {
    assert.equal(typicalThinkingTime([]), undefined);
    assert.equal(typicalThinkingTime([10, 20]), undefined);
    assert.deepEqual(typicalThinkingTime([10, 20, 30]), { from: 20, to: 30 });
  });

  it('is the middle half, which one outlier does not change', () => {
    assert.deepEqual(typicalThinkingTime([8, 1, 4, 3, 2]), { from: 2, to: 4 });
    assert.deepEqual(typicalThinkingTime([900, 1, 4, 3, 2]), { from: 2, to: 4 });
  });

  it('is at least one second', () => {
    assert.deepEqual(typicalThinkingTime([0, 0.1, 0.2, 0.4]), { from: 1, to: 1 });
  });

  it('is within the samples, in whole seconds, in any order', () => {
    const anyThinkingTime = fc.double({ min: 1, max: 900, noNaN: true });
    fc.assert(
      fc.property(fc.array(anyThinkingTime, { minLength: 3, maxLength: 50 }), (samples) => {
        const typical = typicalThinkingTime(samples);
        assert.ok(typical && typical.from <= typical.to);
        assert.ok(
          typical.from >= Math.floor(Math.min(...samples)) && typical.to <= Math.ceil(Math.max(...samples)),
        );
        assert.ok(Number.isInteger(typical.from) && Number.isInteger(typical.to));
        assert.deepEqual(typicalThinkingTime(samples.toReversed()), typical);
        const inside = samples.filter((sample) => sample >= typical.from - 1 && sample <= typical.to + 1);
        assert.ok(inside.length >= samples.length / 2 - 1, `${inside.length} of ${samples.length}`);
      }),
    );
  });

  it('does not change the samples', () => {
    const samples = Object.freeze([3, 1, 2]);
    typicalThinkingTime(samples);
    assert.deepEqual(samples, [3, 1, 2]);
  });
});

describe('The thinking time', () => {
  /** An answer that was sent, and that began, at these times in ms. */
  function answered(sentAt: number, firstTextAt?: number): Answer {
    let conversation = reduce(emptyConversation('c'), {
      type: 'asked',
      turnId: 't',
      question: { text: 'Why?' },
      at: 0,
      terms,
    });
    const apply = (event: Parameters<typeof reduce>[1]): void =>
      void (conversation = reduce(conversation, event));
    apply({ type: 'answer', event: { type: 'sent', requestIndex: 0, seed: null }, at: sentAt });
    apply({ type: 'answer', event: { type: 'reasoning', index: 0, text: 'Hm' }, at: sentAt + 1 });
    if (firstTextAt !== undefined) {
      apply({ type: 'answer', event: { type: 'text', index: 0, text: 'A' }, at: firstTextAt });
      apply({ type: 'answer', event: { type: 'text', index: 0, text: 'B' }, at: firstTextAt + 5000 });
    }
    const turn = lastTurn(conversation);
    assert.ok(turn);
    return currentAnswer(turn);
  }

  it('is the time from sending to the first text', () => {
    assert.equal(thinkingTime(answered(1000, 13_500)), 12.5);
    assert.equal(thinkingTime(answered(1000, 1000)), 0);
  });

  it('is unknown without text or a sent question', () => {
    assert.equal(thinkingTime(answered(1000)), undefined);
    assert.equal(thinkingTime(newAnswer(0, terms)), undefined);
    assert.equal(thinkingTime(newAnswer(0, undefined)), undefined);
  });

  it('is unknown if the clock was set back', () => {
    assert.equal(thinkingTime(answered(5000, 4000)), undefined);
  });
});
