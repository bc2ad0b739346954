import assert from 'node:assert/strict';
import type { Answer, Run } from '../../src/core/chat/answer';
import { createThinkingTimeStats } from '../../src/host/chat/estimates/thinking-time-stats';
import { answerAfter, defaultTerms, sent, text } from './builders';
import { memoryMemento } from './memory-memento';
import { lines, recordingLog } from './recording-log';

/** An answer whose model thought for this many seconds. */
function answerAfterThinking(seconds: number, terms = defaultTerms): Answer {
  const answer = answerAfter([sent(), text('Because')], terms);
  const runs = answer.runs.map((run) => ({ ...run, sentAt: 0, firstWordAt: seconds * 1000 }));
  return { ...answer, runs };
}

describe('The typical thinking time of a model', () => {
  it('is the middle half of its times, once there are three', () => {
    const stats = createThinkingTimeStats(memoryMemento(), recordingLog().log);
    for (const seconds of [8, 20]) stats.add(answerAfterThinking(seconds));
    assert.equal(stats.typicalThinkingTime(answerAfterThinking(0)), undefined);
    stats.add(answerAfterThinking(14));
    assert.equal(stats.typicalThinkingTime(answerAfterThinking(0)), 'usually 14 to 20 s');
  });

  it('is a single number if the times are similar, and never zero', () => {
    const stats = createThinkingTimeStats(memoryMemento(), recordingLog().log);
    for (let count = 0; count < 3; count++) stats.add(answerAfterThinking(0.2));
    assert.equal(stats.typicalThinkingTime(answerAfterThinking(0)), 'usually 1 s');
  });

  it('is learned separately for each model and service, and is known to the next window', () => {
    const shared = memoryMemento();
    for (let count = 0; count < 3; count++)
      createThinkingTimeStats(shared, recordingLog().log).add(answerAfterThinking(9));
    const stats = createThinkingTimeStats(shared, recordingLog().log);
    assert.equal(stats.typicalThinkingTime(answerAfterThinking(0)), 'usually 9 s');
    assert.equal(
      stats.typicalThinkingTime(answerAfterThinking(0, { ...defaultTerms, model: 'o3' })),
      undefined,
    );
    assert.equal(
      stats.typicalThinkingTime(answerAfterThinking(0, { ...defaultTerms, origin: 'https://other.example' })),
      undefined,
    );
  });

  it('is logged if it cannot be remembered', async () => {
    const { log, entries } = recordingLog();
    const full = { ...memoryMemento(), update: () => Promise.reject(new Error('The disk is full')) };
    createThinkingTimeStats(full, log).add(answerAfterThinking(9));
    await new Promise(setImmediate);
    assert.deepEqual(lines(entries), ['Remembering the thinking time failed: The disk is full']);
  });

  it('is learned for each reasoning effort by itself, with the cost of an answer', () => {
    const stats = createThinkingTimeStats(memoryMemento(), recordingLog().log);
    const answers = [
      { effort: 'low', seconds: 4, usd: 0.01 },
      { effort: 'high', seconds: 40, usd: 0.2 },
    ];
    for (const { effort, seconds, usd } of [...answers, ...answers, ...answers]) {
      const { runs, ...answer } = answerAfterThinking(seconds);
      const receipts = [{ requestIds: [], usd }];
      const run = (each: Run): Run => ({ ...each, reasoningEffort: effort, receipts, endedAt: 50_000 });
      stats.add({ ...answer, runs: runs.map(run) });
    }
    const { origin, model } = defaultTerms;
    const usual = (reasoningEffort?: string): unknown =>
      stats.typicalAnswer({ origin, model, reasoningEffort });
    assert.equal(usual('low'), 'usually 4 s · $0.01');
    assert.equal(usual('high'), 'usually 40 s · $0.20');
    assert.equal(usual(), undefined);
  });

  it('follows the last 20 times', () => {
    const stats = createThinkingTimeStats(memoryMemento(), recordingLog().log);
    for (let count = 0; count < 30; count++) stats.add(answerAfterThinking(100));
    for (let count = 0; count < 15; count++) stats.add(answerAfterThinking(10));
    assert.equal(stats.typicalThinkingTime(answerAfterThinking(0)), 'usually 10 s');
  });

  it('ignores answers without text or without a request', () => {
    const stats = createThinkingTimeStats(memoryMemento(), recordingLog().log);
    const answer = answerAfterThinking(5);
    for (let count = 0; count < 3; count++) {
      stats.add(answerAfter([sent()]));
      stats.add({ ...answer, runs: [] });
    }
    assert.equal(stats.typicalThinkingTime(answerAfterThinking(0)), undefined);
    assert.equal(stats.typicalThinkingTime({ ...answer, runs: [] }), undefined);
  });
});
