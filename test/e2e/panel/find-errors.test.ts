import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

describe('Find in the conversation with a regular expression', () => {
  const panel = usePanel();
  const input = () => panel.page.getByRole('textbox', { name: 'Find' });
  const error = () => panel.page.getByRole('alert');
  const untilCount = (expected: string) =>
    panel.page.getByRole('status', { name: 'Matches' }).getByText(expected, { exact: true }).waitFor();

  beforeEach('open Find', async () => {
    const repeated = `${'a'.repeat(60)} b`;
    await panel.post(
      snapshot(turn('a', { status: running('answering'), choices: [choice(repeated)] }, 'What is it?')),
    );
    await panel.page.keyboard.press('Control+f');
    await panel.button('Use Regular Expression').click();
  });

  it('shows at the input why the expression is invalid', async () => {
    for (const invalid of ['(', 'a{2,1}', '\\']) {
      await input().fill(invalid);
      await error().getByText('Invalid regular expression').waitFor();
      await untilCount('No results');
      const described = await input().evaluate((field) => [
        field.ariaInvalid,
        document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent ?? '',
      ]);
      assert.deepEqual(described, ['true', await error().innerText()]);
    }
    await input().fill('b$');
    await error().waitFor({ state: 'hidden' });
    await untilCount('1 of 1');
    assert.equal(await input().getAttribute('aria-invalid'), 'false');
    await input().fill('(');
    await error().waitFor();
    await panel.button('Use Regular Expression').click();
    await error().waitFor({ state: 'hidden' });
  });

  it('reports an expression that takes too long, and stays responsive', async () => {
    await input().fill('(a+)+$c');
    assert.equal(await panel.page.evaluate(() => 'responsive'), 'responsive');
    await error().getByText('The search took too long.').waitFor();
    assert.equal(await input().getAttribute('aria-invalid'), 'true');
    await panel.post(changes(2, text('a', ' and b')));
    await input().fill('b');
    await untilCount('1 of 2');
    await error().waitFor({ state: 'hidden' });
  });

  it('replaces a search that is not completed, and ends it when Find is closed', async () => {
    await input().fill('(a+)+$c');
    await input().fill('aa+');
    await untilCount('1 of 1');
    await input().fill('(a+)+$c');
    await input().press('Escape');
    await panel.page.keyboard.press('Control+f');
    await input().fill('b');
    await untilCount('1 of 1');
    assert.equal(await error().count(), 0);
  });

  it('toggles the options by the keys of VS Code', async () => {
    await input().fill('WHAT|nothing');
    await untilCount('1 of 1');
    for (const [key, count] of [
      ['c', 'No results'],
      ['c', '1 of 1'],
      ['w', '1 of 1'],
      ['r', 'No results'],
    ] as const) {
      await input().press(`Alt+${key}`);
      await untilCount(count);
    }
    const pressed = await panel.page.locator('.find [aria-pressed=true]').all();
    assert.deepEqual(await Promise.all(pressed.map((option) => option.getAttribute('aria-label'))), [
      'Match Whole Word',
    ]);
  });
});
