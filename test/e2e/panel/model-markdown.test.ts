import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const answer = [
  'In **注意：**请 see src/app.ts:10, [the app](src/app.ts:10) and `src/gone.ts`.',
  '| formula | means |\n| - | - |\n| $|x|$ | absolute value |\n| `a || b` | or<br>else |',
  '- [x] written\n- [ ] tested\n  - [x] a part',
  'H<sub>2</sub>O, <kbd>Ctrl</kbd>+<kbd>C</kbd>, ![](https://example.org/plan.png) and README.md.',
  '```markdown\nRun:\n```bash\nls\n```\nDone.\n```',
  '$$\n\\text{learning_rate is 50% of } x\n\n= y\n$$',
  '```math\n\\frac{a}{b}\n```',
].join('\n\n');

describe('Markdown as models write it, in the panel', () => {
  const panel = usePanel();
  const markdown = (): Locator => panel.page.locator('.markdown');

  /** Waits for formulas and highlighting, which are rendered later. */
  async function untilRendered(): Promise<void> {
    await markdown().locator('.formula.rendered').nth(2).waitFor();
    await markdown().locator('code [class^=hljs]').first().waitFor();
  }

  it('is rendered the same when it is streamed', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice(answer)] })));
    await untilRendered();
    const complete = await markdown().innerHTML();
    await panel.post(snapshot(turn('b', { status: running('answering') })));
    let seq = 2;
    for (let at = 0; at < answer.length; at += 7) {
      await panel.post(changes(seq++, text('b', answer.slice(at, at + 7))));
    }
    await panel.post(changes(seq, { type: 'statusChanged', turnId: 'b', status: { kind: 'done' } }));
    await untilRendered();
    const names = / (?:data-formula|data-vscode-context|tabindex|role|aria-label)="[^"]*"/g;
    assert.equal((await markdown().innerHTML()).replace(names, ''), complete.replace(names, ''));
    assert.equal(await markdown().locator('.formula-error').count(), 0);
    const code = await markdown().locator('pre').first().innerText();
    assert.equal(code, 'Run:\n```bash\nls\n```\nDone.\n');
  });

  it('keeps a formula when emphasis or a link is closed around it', async () => {
    await panel.post(snapshot(turn('a', { status: running('answering') })));
    let seq = 2;
    for (const character of '**so $x$ holds**, [$y$ there](https://example.org) and ~~$z$~~') {
      await panel.post(changes(seq++, text('a', character)));
      await panel.page.locator('.formula:not(.rendered)').waitFor({ state: 'detached' });
    }
    await panel.post(changes(seq, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
    const sources = await markdown()
      .locator(':is(strong, a, s) > .formula.rendered')
      .evaluateAll((all) => all.map((formula) => (formula as HTMLElement).dataset['source']));
    assert.deepEqual(sources, ['x', 'y', 'z']);
  });

  it('is not shown as a heading for a moment when a list begins', async () => {
    await panel.post(snapshot(turn('a', { status: running('answering') })));
    let seq = 2;
    for (const character of 'steps:\n- one\n- two\n\nx\n= 1') {
      await panel.post(changes(seq++, text('a', character)));
      assert.equal(await markdown().locator(':is(h1, h2)').count(), 0);
    }
    await panel.post(changes(seq, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
    assert.equal(await markdown().locator('li').count(), 2);
  });

  it('makes file names links once the host has found them, and leaves others text', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice(answer)] })));
    await panel.page.waitForFunction(() =>
      (window as unknown as { received: { type: string }[] }).received.some(
        ({ type }) => type === 'findFiles',
      ),
    );
    assert.deepEqual(await panel.receivedOf('findFiles'), [
      { type: 'findFiles', requestId: 1, names: ['src/app.ts:10', 'src/gone.ts'] },
    ]);
    assert.equal(await markdown().locator('[role=link]').count(), 0);
    await markdown().locator('.file').first().click();
    assert.deepEqual(await panel.receivedOf('openFile'), []);

    await panel.respond('findFiles', ['src/app.ts:10']);
    const links = markdown().getByRole('link', { name: /app/ });
    assert.equal(await links.count(), 2);
    await links.first().click();
    await links.nth(1).focus();
    await panel.page.keyboard.press('Enter');
    const opened = { type: 'openFile', name: 'src/app.ts:10' };
    assert.deepEqual(await panel.receivedOf('openFile'), [opened, opened]);
    assert.equal(await markdown().locator('.file', { hasText: 'gone' }).getAttribute('role'), null);
    // A file that was found before is linked at once, without another request.
    await panel.post(snapshot(turn('b', { choices: [choice('See src/app.ts:10.')] })));
    assert.equal(await markdown().locator('[role=link]').count(), 1);
    assert.equal((await panel.receivedOf('findFiles')).length, 1);
  });

  it('does not open a file when a part of its name is selected, and opens it once by a double-click', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('See src/app.ts:10.')] })));
    await panel.respond('findFiles', ['src/app.ts:10']);
    const link = markdown().getByRole('link', { name: /app/ });
    const box = await link.boundingBox();
    assert.ok(box);
    const middle = box.y + box.height / 2;
    await panel.page.mouse.move(box.x + 5, middle);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + box.width / 2, middle, { steps: 4 });
    await panel.page.mouse.up();
    assert.match(await panel.page.evaluate(() => String(getSelection())), /^\S{2,}$/);
    assert.deepEqual(await panel.receivedOf('openFile'), []);
    await link.dblclick();
    assert.equal((await panel.receivedOf('openFile')).length, 1);
    await panel.page.getByRole('log').evaluate((log) => getSelection()?.selectAllChildren(log));
    await link.click();
    assert.equal((await panel.receivedOf('openFile')).length, 2);
  });

  it('looks again for a file that was not found, once another answer names it', async () => {
    const first = turn('a', { choices: [choice('Create src/gone.ts and src/app.ts:10.')] });
    await panel.post(snapshot(first));
    await panel.respond('findFiles', ['src/app.ts:10']);
    const next = turn('b', { status: running('answering') });
    // A block is complete when the next one has begun.
    const more = 'Open src/gone.ts and src/app.ts:10.\n\nThen\n';
    await panel.post(snapshot(first, next), changes(2, text('b', more)));
    await panel.page.waitForFunction(
      () =>
        (window as unknown as { received: { type: string }[] }).received.filter(
          ({ type }) => type === 'findFiles',
        ).length > 1,
    );
    await panel.respond('findFiles', ['src/gone.ts']);
    assert.deepEqual(
      (await panel.receivedOf('findFiles')).map(({ names }) => names),
      [['src/gone.ts', 'src/app.ts:10'], ['src/gone.ts']],
    );
    assert.equal(await panel.page.getByRole('link', { name: 'src/gone.ts' }).count(), 2);
  });

  it('makes symbols links once the host has found them, and asks for none while an answer is written', async () => {
    const symbols =
      'Call `Orbit.step()` or `advanceOrbit`, not `a || b`, `x` or [`linkedName`](https://a.org).\n\n';
    await panel.post(
      snapshot(turn('a', { status: running('answering') })),
      changes(2, text('a', `${symbols}See src/app.ts:10.\n\n${'And so on.\n\n'.repeat(20)}`)),
    );
    await panel.respond('findFiles', []);
    assert.deepEqual(
      (await panel.receivedOf('findFiles')).map(({ names }) => names),
      [['src/app.ts:10']],
    );
    await panel.post(changes(3, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
    await panel.respond('findFiles', ['Orbit.step()']);
    assert.deepEqual(
      (await panel.receivedOf('findFiles')).map(({ names }) => names),
      [['src/app.ts:10'], ['Orbit.step()', 'advanceOrbit']],
    );
    const link = markdown().getByRole('link', { name: 'Orbit.step()' });
    await link.click();
    await link.press('Enter');
    const opened = { type: 'openFile', name: 'Orbit.step()' };
    assert.deepEqual(await panel.receivedOf('openFile'), [opened, opened]);
    assert.equal(await markdown().locator('code[role=link]').count(), 1);
  });

  it('fits into a narrow panel, in each theme', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice(answer)] })));
    await panel.respond('findFiles', ['src/app.ts:10']);
    await panel.page.setViewportSize({ width: 300, height: 900 });
    assert.equal(await panel.overflow(), 0);
    await panel.screenshotInThemes('model-markdown');
  });
});
