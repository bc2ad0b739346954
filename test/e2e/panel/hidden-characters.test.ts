import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { recordFigure } from '../../support/promises';
import { themeNames } from '../../support/panel-themes';
import { hostileSamples } from '../../unit/core/privacy/hostile-code';
import { realCode } from '../../unit/core/privacy/real-code';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const fence = (code: string, info = 'js'): string => `\`\`\`${info}\n${code}\n\`\`\`\n`;
const attack =
  'const isAdmin = false;\n/*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin admins only */\nrun("s\u0430fe\u200b");';

describe('S6 Hidden characters are marked in the code blocks of an answer', () => {
  const panel = usePanel();
  const marks = (): Locator => panel.page.locator('.hidden-character');
  const show = (markdown: string): Promise<void> =>
    panel.post(snapshot(turn('a', { choices: [choice(markdown)] })));
  const marked = (): Promise<readonly string[]> =>
    marks().evaluateAll((all) => all.map((mark) => mark.textContent));
  const codes = (): Promise<readonly string[]> =>
    panel.page.locator('pre > code').evaluateAll((all) => all.map((code) => code.textContent));
  /** Waits for the marks, whose code is loaded separately. */
  const whenMarked = (count: number): Promise<unknown> =>
    panel.page.waitForFunction(
      (expected) => document.querySelectorAll('.hidden-character').length === expected,
      count,
    );

  it('with code point and name, in the code and in its heading', async () => {
    await show(fence(attack));
    await whenMarked(6);
    const labels = await marks().evaluateAll((all) =>
      all.map((mark) => ['data-label', 'title'].map((name) => mark.getAttribute(name))),
    );
    assert.deepEqual(labels, [
      ['U+202E', 'U+202E Right-to-Left Override'],
      ['U+2066', 'U+2066 Left-to-Right Isolate'],
      ['U+2069', 'U+2069 Pop Directional Isolate'],
      ['U+2066', 'U+2066 Left-to-Right Isolate'],
      [null, 'U+0430 Cyrillic Letter, looks like "a"'],
      ['U+200B', 'U+200B Zero Width Space'],
    ]);
    await panel.page.getByText('6 hidden characters').waitFor();
    assert.deepEqual(await codes(), [`${attack}\n`]);
  });

  it('for screen readers too', async () => {
    await show(fence(attack));
    await panel.page.getByRole('img', { name: 'Hidden character: U+202E Right-to-Left Override' }).waitFor();
    await panel.page.getByRole('img', { name: '\u0430: U+0430 Cyrillic Letter, looks like "a"' }).waitFor();
  });

  it('so that control characters do not reorder the code around them', async () => {
    await show(fence('a\u202eb = 12345; // c', ''));
    await whenMarked(1);
    const lefts = await panel.page.locator('pre > code').evaluate((code) => {
      const places: number[] = [];
      const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < (node as Text).length; at++) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          if (/\S/.test(range.toString())) places.push(range.getBoundingClientRect().left);
        }
      }
      return places;
    });
    assert.deepEqual(
      lefts,
      [...lefts].sort((a, b) => a - b),
    );
  });

  it('while the code is written, in lists too, and after it is highlighted', async () => {
    await panel.post(snapshot(turn('a', { status: running('answering'), choices: [choice('```js\n')] })));
    await panel.post(changes(2, text('a', 'const a = "\u202e";\n')));
    await whenMarked(1);
    await panel.post(changes(3, text('a', 'const b = "x";\nconst c = "\u200b";\n')));
    await whenMarked(2);
    await panel.post(changes(4, text('a', '```\n\n1. In a list:\n\n   ```js\n   let d = "\u2066";\n   let')));
    await whenMarked(3);
    await panel.post(changes(5, text('a', ' e;\n   ```\n')));
    await panel.post(changes(6, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
    await panel.page.locator('.hljs-string .hidden-character').nth(2).waitFor();
    assert.deepEqual(await marked(), ['\u202e', '\u200b', '\u2066']);
    assert.deepEqual(await codes(), [
      'const a = "\u202e";\nconst b = "x";\nconst c = "\u200b";\n',
      'let d = "\u2066";\nlet e;\n',
    ]);
  });

  it('in collapsed code, and far down in long code', async () => {
    const lines = Array.from({ length: 400 }, (_, at) => `const v${at} = ${at};`);
    lines[300] = 'const hidden = "\u{e0041}\u{e0042}\u{e0043}";';
    await show(fence(lines.join('\n')));
    await panel.page.getByText('3 hidden characters').waitFor();
    assert.deepEqual(await marks().evaluateAll((all) => all.map((mark) => mark.getAttribute('data-label'))), [
      'U+E0041 +2',
    ]);
    // Highlighting arrives later and replaces the lines.
    await panel.page.locator('.hljs-string .hidden-character').first().waitFor({ state: 'attached' });
    await panel.page.getByRole('button', { name: /^Show all/ }).click();
    await marks().first().scrollIntoViewIfNeeded();
    await marks().first().hover();
  });

  it('in every hostile sample, and in none of the clean ones', async () => {
    const blocks = [
      ...hostileSamples
        .filter(({ language }) => language === 'python' || language === 'c')
        .map(({ code }) => code),
    ];
    await show(blocks.map((code) => fence(code.replace(/[\0\n]/g, ' '), '')).join('\n'));
    await panel.page.waitForFunction(
      (expected) => document.querySelectorAll('.hidden-characters-warning').length === expected,
      blocks.length,
    );
    await show(
      Object.values(realCode)
        .map((code) => fence(code.replace(/\n$/, ''), ''))
        .join('\n'),
    );
    await panel.page
      .locator('.code-block')
      .nth(Object.keys(realCode).length - 1)
      .waitFor();
    // The last block is marked after all others, so its mark shows that they are done.
    await panel.post(changes(2, text('a', `\n${fence('last\u200b', '')}`)));
    await whenMarked(1);
    assert.deepEqual(await marked(), ['\u200b']);
    recordFigure(
      'S6',
      `${blocks.length} hostile blocks marked in the panel, ${Object.keys(realCode).length} clean ones without a mark`,
    );
  });

  it('and the host asks before they are copied, and they cannot be dragged', async () => {
    await show(fence(attack));
    await whenMarked(6);
    await panel.page.locator('pre > code').evaluate((code) => getSelection()?.selectAllChildren(code));
    await panel.page.keyboard.press('ControlOrMeta+C');
    const copies = await panel.receivedOf('copy');
    assert.deepEqual(
      copies.map(({ text: copied }) => copied.trimEnd()),
      [attack],
    );
    const box = await panel.page.getByText('begin admins only').boundingBox();
    assert.ok(box);
    await panel.page.mouse.move(box.x + 30, box.y + box.height / 2);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + 10, box.y + 150, { steps: 5 });
    await panel.page.mouse.up();
    assert.deepEqual(await panel.receivedOf('dragRefused'), [{ type: 'dragRefused' }]);
  });

  it('and are visible in each theme, in a narrow panel too', async () => {
    await show(`A block:\n\n${fence(attack)}`);
    await whenMarked(6);
    await panel.page.locator('.hljs-string').first().waitFor();
    for (const width of [300, 600]) {
      await panel.page.setViewportSize({ width, height: 400 });
      for (const theme of themeNames) {
        await panel.theme(theme);
        const border = await marks()
          .first()
          .evaluate((mark) => getComputedStyle(mark).borderTopColor);
        assert.doesNotMatch(border, /rgba\(.*, 0\)|transparent/);
        await panel.screenshot(`hidden-characters-${theme}-${width}`);
      }
    }
  });
});
