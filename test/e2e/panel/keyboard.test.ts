import assert from 'node:assert/strict';
import { themeNames } from '../../support/panel-themes';
import { usePanel } from '../../support/use-panel';
import { errorCard } from './screen-content';
import { screens } from './screens';
import { changes, choice, running, snapshot, turn } from './views';

/** The focused element: its name, and whether its focus is visible. */
interface Stop {
  readonly name: string;
  readonly isVisible: boolean;
}

describe('R10 The panel by keyboard', () => {
  const panel = usePanel();

  const focused = (): Promise<Stop> =>
    panel.page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth, outlineOffset, outlineColor, backgroundColor } =
        getComputedStyle(element);
      const isDistinct = parseFloat(outlineOffset) > 0 || outlineColor !== backgroundColor;
      // The border of the question box shows that its text area has the focus.
      const shown = element.matches('textarea') ? element.closest('form') : undefined;
      const border = shown ? getComputedStyle(shown).borderColor : '';
      const name =
        element.getAttribute('aria-label') ?? (element.innerText || element.textContent || element.tagName);
      return {
        name: name.trim(),
        isVisible: border !== '' || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && isDistinct),
      };
    });

  /** Presses Tab from the conversation to the end, and returns all focused elements. */
  async function tabThrough(): Promise<readonly Stop[]> {
    await panel.page.getByRole('log').focus();
    const stops = [await focused()];
    for (let count = 0; count < 80; count++) {
      await panel.page.keyboard.press('Tab');
      if (await panel.page.evaluate(() => document.activeElement === document.body)) break;
      stops.push(await focused());
    }
    return stops;
  }

  it('reaches all controls of an answer and the question box in their visual order', async () => {
    await panel.post(...screens.conversation.messages);
    await panel.page.getByRole('textbox').fill('And now?');
    const names = (await tabThrough()).map(({ name }) => name);
    const order = [
      'Conversation',
      'Earlier answer',
      'Copy',
      'Details',
      'Alternative 1',
      'Reasoning',
      'Copy Answer',
      'Attach',
      'Ask o1-mini',
      'Model',
      'Send',
    ];
    let from = 0;
    const indexes = order.map((name) => {
      const index = names.findIndex((found, at) => at >= from && found.startsWith(name));
      from = index + 1;
      return index;
    });
    assert.ok(
      indexes.every((index) => index >= 0),
      `${order.join(', ')} in ${names.join(' | ')}`,
    );
    assert.ok(
      names.every((name) => name !== ''),
      names.join(' | '),
    );
  });

  for (const theme of themeNames) {
    it(`shows where the focus is: ${theme}`, async () => {
      await panel.theme(theme);
      await panel.post(...screens.alternatives.messages, { type: 'notice', notice: errorCard });
      const invisible = (await tabThrough()).filter(({ isVisible }) => !isVisible);
      assert.deepEqual(invisible, []);
    });
  }

  it('moves from the question box to the conversation and back as in the chat of VS Code', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('An answer.')] })));
    await panel.page.getByRole('textbox').focus();
    await panel.page.keyboard.press('Control+ArrowUp');
    assert.equal((await focused()).name, 'Conversation');
    await panel.page.keyboard.press('Control+ArrowDown');
    assert.equal((await focused()).name, 'Ask o1-mini');
  });

  it('moves from the conversation to the question box with Escape', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('```js\nx\n```')] })));
    await panel.page.getByRole('button', { name: 'Copy', exact: true }).first().focus();
    await panel.page.keyboard.press('Escape');
    assert.equal((await focused()).name, 'Ask o1-mini');
  });

  it('keeps a focus after the focused element was removed', async () => {
    await panel.post(...screens.failed.messages);
    await panel.page.getByRole('button', { name: 'Retry' }).press('Enter');
    await panel.post(changes(2, { type: 'statusChanged', turnId: 'a', status: running('waiting') }));
    assert.equal((await focused()).name, 'Conversation');

    await panel.post(snapshot(turn('b', { status: running('answering') })));
    await panel.page.getByRole('button', { name: 'Stop' }).focus();
    await panel.post(changes(2, { type: 'statusChanged', turnId: 'b', status: { kind: 'done' } }));
    assert.equal((await focused()).name, 'Ask o1-mini');

    await panel.post(...screens.notice.messages);
    await panel.page.getByRole('button', { name: 'Set API Key' }).press('Enter');
    await panel.post({ type: 'notice' });
    assert.equal((await focused()).name, 'Ask o1-mini');
  });

  it('fills the question box from a suggestion, without sending it', async () => {
    await panel.post(snapshot());
    await panel.page.getByRole('button', { name: 'Prove a Theorem' }).press('Enter');
    const box = panel.page.getByRole('textbox', { name: 'Ask o1-mini' });
    assert.match(await box.inputValue(), /odd numbers/);
    assert.equal((await focused()).name, 'Ask o1-mini');
    await box.fill('');
    await panel.page.getByRole('button', { name: 'Ask about files' }).press('Enter');
    assert.equal((await panel.received()).at(-1)?.type, 'pickAttachments');
    assert.equal(await panel.page.getByRole('button', { name: 'Explain Selected Code' }).isDisabled(), true);
    await panel.post({ type: 'selection', selection: { label: 'orbits.py:3-10', lineCount: 8 } });
    await panel.page.getByRole('button', { name: 'Explain orbits.py:3-10' }).press('Enter');
    const selection = panel.page.getByRole('button', { name: 'Attach orbits.py' });
    assert.equal(await selection.getAttribute('aria-pressed'), 'true');
    assert.ok((await panel.received()).every(({ type }) => type !== 'send'));
  });
});
