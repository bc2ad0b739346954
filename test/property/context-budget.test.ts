import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  fitToContext,
  isNearlyFull,
  turnsToSummarize,
  type ContextFit,
  type PromptSize,
} from '../../src/core/prompt/context-budget';

const anyTokenCount = fc.integer({ min: 0, max: 60_000 });
const anySize: fc.Arbitrary<PromptSize> = fc.record({
  turns: fc.array(anyTokenCount, { maxLength: 8 }),
  question: anyTokenCount,
  attachments: fc.oneof(fc.constant(0), anyTokenCount),
});
const anyWindow = fc.integer({ min: 1, max: 200_000 });
const anyLimit = fc.integer({ min: 1, max: 100_000 });

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The tokens of the prompt without the turns and attachments that are left out. */
function promptTokens({ turns, question, attachments }: PromptSize, fit: Partial<ContextFit>): number {
  return question + (fit.droppedAttachments ? 0 : attachments) + sum(turns.slice(fit.droppedTurns));
}

/** A measure of what is left out. Losing the attachments counts more than losing any number of turns. */
function loss({ droppedAttachments, droppedTurns }: ContextFit): number {
  return (droppedAttachments ? 1000 : 0) + droppedTurns;
}

function check(holds: (size: PromptSize, window: number, limit: number) => void): void {
  fc.assert(fc.property(anySize, anyWindow, anyLimit, holds), { numRuns: 2000 });
}

describe('Fitting a prompt into the context window', () => {
  it('leaves nothing out if everything fits', () => {
    fc.assert(
      fc.property(anySize, anyLimit, fc.nat(100_000), (size, limit, spare) => {
        const allTokens = promptTokens(size, {});
        assert.deepEqual(fitToContext(size, allTokens + limit + spare, limit), {
          droppedTurns: 0,
          droppedAttachments: false,
          tokens: allTokens,
          fits: true,
        });
      }),
    );
  });

  it('reports the remaining tokens, which fit the window together with the answer limit', () => {
    check((size, window, limit) => {
      const fit = fitToContext(size, window, limit);
      assert.equal(fit.tokens, promptTokens(size, fit));
      if (fit.fits) assert.ok(fit.tokens + Math.min(limit, Math.floor(window * 0.75)) <= window);
    });
  });

  it('leaves out no more than necessary: one more turn, or the attachments, would not fit', () => {
    check((size, window, limit) => {
      const fit = fitToContext(size, window, limit);
      const available = window - Math.min(limit, Math.floor(window * 0.75));
      if (!fit.fits) {
        assert.ok(size.question > available);
        return;
      }
      const { droppedTurns, droppedAttachments } = fit;
      const withOneMore = promptTokens(size, { droppedAttachments, droppedTurns: droppedTurns - 1 });
      if (droppedTurns > 0) assert.ok(withOneMore > available);
      const withAttachmentsOnly = promptTokens(size, {
        droppedAttachments: false,
        droppedTurns: size.turns.length,
      });
      if (droppedAttachments) assert.ok(withAttachmentsOnly > available);
    });
  });

  it('never leaves out more for a larger window or a smaller limit', () => {
    check((size, window, limit) => {
      const fit = fitToContext(size, window, limit);
      for (const easier of [
        fitToContext(size, window + 5000, limit),
        fitToContext(size, window, limit / 2),
      ]) {
        assert.ok(loss(easier) <= loss(fit));
        assert.ok(easier.tokens >= fit.tokens || !fit.fits);
        assert.ok(easier.fits || !fit.fits);
      }
    });
  });

  it('leaves out the oldest turns first', () => {
    const size = { turns: [500, 400, 300], question: 100, attachments: 200 };
    assert.deepEqual(fitToContext(size, 2000, 1000), {
      droppedTurns: 1,
      droppedAttachments: false,
      tokens: 1000,
      fits: true,
    });
  });

  it('leaves out attachments that do not fit even alone, and then keeps the turns', () => {
    const size = { turns: [50, 50], question: 100, attachments: 5000 };
    assert.deepEqual(fitToContext(size, 2000, 1000), {
      droppedTurns: 0,
      droppedAttachments: true,
      tokens: 200,
      fits: true,
    });
  });

  it('leaves out everything if the question alone is too large, and reports it', () => {
    const size = { turns: [50], question: 1500, attachments: 10 };
    assert.deepEqual(fitToContext(size, 2000, 1000), {
      droppedTurns: 1,
      droppedAttachments: true,
      tokens: 1500,
      fits: false,
    });
  });

  it('reserves a quarter of the window for the prompt if the limit exceeds the window', () => {
    const size = { turns: [3000], question: 1000, attachments: 0 };
    assert.deepEqual(fitToContext(size, 8192, 25_000), {
      droppedTurns: 1,
      droppedAttachments: false,
      tokens: 1000,
      fits: true,
    });
  });
});

describe('The turns that a summary covers', () => {
  it('are all but the last one, to which the next question usually refers', () => {
    assert.equal(turnsToSummarize([500, 400, 300], 1, 100, 10_000, 1000), 2);
    assert.equal(
      turnsToSummarize([500, 400, 300], 1, 100, undefined, 1000),
      2,
      'also if the context window is unknown',
    );
  });

  it('are all turns if the last one fills most of the window or is the only one', () => {
    assert.equal(turnsToSummarize([500, 4000], 1, 100, 10_000, 1000), 2);
    assert.equal(turnsToSummarize([500], 1, 100, 10_000, 1000), 1);
  });

  it('are at least the requested number, and more only if they fit into the window with the longest answer', () => {
    check(({ turns, question }, window, limit) => {
      fc.pre(turns.length > 0);
      const covered = turnsToSummarize(turns, 1, question, window, limit);
      assert.ok(covered >= 1 && covered <= turns.length);
      const available = window - Math.min(limit, Math.floor(window * 0.75));
      if (covered > 1) assert.ok(question + sum(turns.slice(0, covered)) <= available);
    });
  });
});

describe('A chat that fills the context window', () => {
  it('has earlier turns that use three quarters of the space for the prompt', () => {
    const window = 10_000;
    assert.equal(isNearlyFull({ turns: [3000, 3000] }, window, 2000), true);
    assert.equal(isNearlyFull({ turns: [3000, 2999] }, window, 2000), false);
    assert.equal(isNearlyFull({ turns: [] }, window, 10_000), false);
  });
});
