import assert from 'node:assert/strict';
import { ordinaryFormulas, paintingSamples } from '../../fixtures/hostile/painting';
import { areasOf, coveredPoints, differentAreas, framesOf, showWhole, withStyles } from '../../support/paint';
import { recordFigure, runs } from '../../support/promises';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const width = 420;
const code = '```js\nconst harmless = 1;\nshow(harmless);\n```';
const samples = paintingSamples.filter((_, at) => at % runs(2, 1) === 0).map((sample) => sample.text);
/** The parts that the user acts on or inserts from. */
const protectedParts = '[role=log] :is(.code-block, .answer-actions, .action-buttons > button)';

/** An answer of samples with code between them. */
function answerOf(selected: readonly string[]): string {
  return [code, ...selected.flatMap((sample) => [sample, code])].join('\n\n');
}

function groups(size: number): readonly (readonly string[])[] {
  const count = Math.ceil(samples.length / size);
  return Array.from({ length: count }, (_, at) => samples.slice(at * size, (at + 1) * size));
}

describe('S7 No part of an answer covers another part of the panel', () => {
  const panel = usePanel({ width });

  async function showAll(): Promise<void> {
    await panel.page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    await showWhole(panel.page, width);
  }

  /** Asserts that a click on any point of the code and buttons hits them, and that they look the same without their neighbors. */
  async function assertUncovered(): Promise<number> {
    const { points, covered } = await coveredPoints(panel.page, protectedParts, runs(8, 4));
    assert.deepEqual(covered.slice(0, 3), []);
    const areas = await areasOf(panel.page, protectedParts);
    const shown = await panel.page.screenshot();
    const withoutNeighbors = await withStyles(
      panel.page,
      `[role=log] * { visibility: hidden } :is(${protectedParts}), :is(${protectedParts}) * { visibility: visible }`,
      () => panel.page.screenshot(),
    );
    const different = await differentAreas(panel.page, [shown, withoutNeighbors], areas);
    assert.deepEqual(different, [], 'code and buttons look the same without their neighbors');
    return points;
  }

  it('as an answer', async () => {
    let points = 0;
    for (const group of groups(24)) {
      await panel.post(snapshot(turn('a', { choices: [choice(answerOf(group))] })));
      await showAll();
      points += await assertUncovered();
    }
    recordFigure(
      'S7',
      `${samples.length} hostile formulas and texts, ${points} points of code and buttons checked`,
    );
  });

  it('while an answer is being written, at every moment', async () => {
    const size = runs(600, 60);
    let moments = 0;
    for (const [at, group] of groups(40).entries()) {
      const id = `${at}`;
      await panel.post(snapshot(turn(id, { status: running('answering') })));
      const complete = answerOf(group.map((sample) => sample.slice(0, 800)));
      for (let from = 0; from < complete.length; from += size) {
        await panel.post(changes(2 + from / size, text(id, complete.slice(from, from + size))));
        await framesOf(panel.page, 2);
        const { covered } = await coveredPoints(panel.page, protectedParts, 24);
        assert.deepEqual(covered.slice(0, 3), [], complete.slice(0, from + size).slice(-500));
        moments++;
      }
    }
    recordFigure('S7', `${moments} moments of a stream`);
  });

  it('as a question, as reasoning, as a refusal, as a notice and as the message of an error', async () => {
    const selected = samples.filter((_, at) => at % runs(4, 1) === 0);
    for (const group of [selected.slice(0, selected.length / 2), selected.slice(selected.length / 2)]) {
      const turns = group.flatMap((sample, at) => {
        const choices = [choice(code, { reasoning: sample, refusal: sample })];
        const button = { action: 'retry', label: 'Retry', hint: '' } as const;
        const errorCard = { title: sample, explanation: sample, buttons: [button] };
        const details = { summary: sample, rows: [{ label: sample, value: sample }] };
        return [
          turn(`${at}`, { choices, details, status: { kind: 'incomplete', errorCard } }, sample),
          turn(`${at}b`, { choices: [choice(code)] }),
        ];
      });
      for (let at = 0; at < turns.length; at += 8) {
        await panel.post(snapshot(...turns.slice(at, at + 8)));
        await showAll();
        await assertUncovered();
      }
    }
  });

  it('and ordinary formulas are not clipped', async () => {
    const inline = ordinaryFormulas.map((formula) => `Some text and $${formula}$, more text.`);
    const display = ordinaryFormulas.map((formula) => `$$\n${formula}\n$$`);
    const places = ordinaryFormulas
      .slice(0, 8)
      .flatMap((formula) => [
        `## Of $${formula}$`,
        `- item $${formula}$\n- next`,
        `> quoted $${formula}$`,
        `| a |\n| - |\n| $${formula}$ |`,
      ]);
    for (const paragraphs of [inline, display, places]) {
      await panel.post(snapshot(turn('a', { choices: [choice(paragraphs.join('\n\n'))] })));
      await showAll();
      assert.equal(await panel.page.locator('.formula-error').count(), 0);
      const clipped = await panel.page.screenshot();
      const complete = await withStyles(
        panel.page,
        '.markdown :not(.katex *), .formula .base { overflow: visible !important }',
        () => panel.page.screenshot(),
      );
      const blocks = await areasOf(panel.page, '.blocks > *');
      const wider = blocks.map((area) => ({ ...area, y: area.y - 12, height: area.height + 24 }));
      assert.deepEqual(await differentAreas(panel.page, [clipped, complete], wider), []);
    }
    recordFigure('S7', `${ordinaryFormulas.length} ordinary formulas, none of them clipped`);
  });
});
