import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { choice, snapshot, turn } from './views';

describe('Scrolling up', () => {
  const panel = usePanel();
  const STEP_PX = 160;
  const STEPS = 24;

  /** How far the text in the middle moves down with each turn of the wheel, in pixels. */
  async function movements(): Promise<readonly number[]> {
    const moved: number[] = [];
    await panel.page.getByRole('log').hover();
    for (let step = 0; step < STEPS; step++) {
      const before = await panel.page.evaluateHandle(async () => {
        for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
        const points = Array.from({ length: 20 }, (_, index) =>
          document.elementFromPoint(120, 220 + 10 * index),
        );
        const element = points.find((found) => found?.closest('.answer .blocks'));
        return { element, top: element?.getBoundingClientRect().top };
      });
      await panel.page.mouse.wheel(0, -STEP_PX);
      moved.push(
        await before.evaluate(async ({ element, top = NaN }) => {
          for (let frame = 0; frame < 8; frame++) await new Promise(requestAnimationFrame);
          return (element?.getBoundingClientRect().top ?? NaN) - top;
        }),
      );
    }
    return moved;
  }

  const paragraphs = 'Some words of a paragraph.\n\n'.repeat(10);
  const code = `\`\`\`js\n${'let x;\n'.repeat(20)}\`\`\`\n\n`;
  const answers = {
    code: paragraphs + code + paragraphs,
    formulas: 'Some $x^2$ words.\n\n$$\\frac{x}{y}$$\n\n'.repeat(12),
  };
  for (const [name, answer] of Object.entries(answers)) {
    it(`moves the text in view only by the wheel when earlier answers with ${name} come into view`, async () => {
      await panel.post(
        snapshot(
          ...Array.from({ length: 12 }, (_, index) => turn(`t${index}`, { choices: [choice(answer)] })),
        ),
      );
      assert.deepEqual(
        (await movements()).filter((by) => !(Math.abs(by - STEP_PX) < 3)),
        [],
      );
    });
  }
});
