import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import type { Answer } from '../../src/core/chat/answer';
import { createThinkingTimeStats } from '../../src/host/chat/thinking-time-stats';
import { answerAfter, sent, someTerms, text } from './builders';

/** Holds what it is given as JSON, as VS Code does between two windows. */
function memento(): Memento {
  const values = new Map<string, string>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, standard?: T) => {
      const value = values.get(key);
      return value === undefined ? standard : (JSON.parse(value) as T);
    },
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, JSON.stringify(value))),
  };
}

/** An answer whose model thought for so many seconds. */
function thought(seconds: number, terms = someTerms): Answer {
  const answer = answerAfter([sent(), text('Because')], terms);
  const runs = answer.runs.map((run) => ({ ...run, sentAt: 0, firstWordAt: seconds * 1000 }));
  return { ...answer, runs };
}

describe('How long a model thinks', () => {
  it('is told by what half of its times were, once there were three', () => {
    const stats = createThinkingTimeStats(memento());
    for (const seconds of [8, 20]) stats.add(thought(seconds));
    assert.equal(stats.typicalThinkingTime(thought(0)), undefined);
    stats.add(thought(14));
    assert.equal(stats.typicalThinkingTime(thought(0)), 'usually 14 to 20 s');
  });

  it('is told in one number where the times are alike, and never as nothing', () => {
    const stats = createThinkingTimeStats(memento());
    for (let count = 0; count < 3; count++) stats.add(thought(0.2));
    assert.equal(stats.typicalThinkingTime(thought(0)), 'usually 1 s');
  });

  it('is learned of each model at each service by itself, and known in the next window', () => {
    const shared = memento();
    for (let count = 0; count < 3; count++) createThinkingTimeStats(shared).add(thought(9));
    const stats = createThinkingTimeStats(shared);
    assert.equal(stats.typicalThinkingTime(thought(0)), 'usually 9 s');
    assert.equal(stats.typicalThinkingTime(thought(0, { ...someTerms, model: 'o3' })), undefined);
    assert.equal(
      stats.typicalThinkingTime(thought(0, { ...someTerms, origin: 'https://other.example' })),
      undefined,
    );
  });

  it('follows the last 20 times', () => {
    const stats = createThinkingTimeStats(memento());
    for (let count = 0; count < 30; count++) stats.add(thought(100));
    for (let count = 0; count < 15; count++) stats.add(thought(10));
    assert.equal(stats.typicalThinkingTime(thought(0)), 'usually 10 s');
  });

  it('is not learned from an answer without a word, or without a question', () => {
    const stats = createThinkingTimeStats(memento());
    const answer = thought(5);
    for (let count = 0; count < 3; count++) {
      stats.add(answerAfter([sent()]));
      stats.add({ ...answer, runs: [] });
    }
    assert.equal(stats.typicalThinkingTime(thought(0)), undefined);
    assert.equal(stats.typicalThinkingTime({ ...answer, runs: [] }), undefined);
  });
});
