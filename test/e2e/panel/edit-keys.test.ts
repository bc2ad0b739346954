import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { choice, snapshot, turn } from './views';

const macintosh =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

describe('R7 A key that edits text in the panel', () => {
  const panel = usePanel();
  const text = () => panel.page.locator('.question-box textarea').inputValue();
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await panel.page.keyboard.press(key);
  };
  beforeEach(async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('An answer.')] })));
    await panel.questionBox().focus();
  });

  it('does not reach VS Code, which would change a document', async () => {
    await panel.page.evaluate(
      `addEventListener('keydown', (event) => received.push({ type: 'forwardedKey', key: event.key }))`,
    );
    const forwardedKeys = async () =>
      (await panel.received()).filter(({ type }) => (type as string) === 'forwardedKey').length;
    const keys = [
      'Control+z',
      'Control+y',
      'Control+Shift+Z',
      'Control+x',
      'Control+v',
      'Control+a',
      'Control+c',
    ];
    const others = ['Shift+Insert', 'Shift+Delete', 'Control+Insert', 'Alt+Backspace'];
    for (const place of [
      panel.questionBox(),
      panel.page.getByRole('log'),
      panel.page.getByRole('button', { name: 'Attach' }),
    ]) {
      await place.focus();
      await press(...keys, ...others);
    }
    await panel.page.evaluate('document.activeElement.blur()');
    await press(...keys, ...others);
    // Modifier keys themselves are forwarded.
    const modifiers = 4 * (keys.length + others.length + 1);
    assert.equal(await forwardedKeys(), modifiers);
    await press('Control+s');
    assert.equal(await forwardedKeys(), modifiers + 2);
  });

  it('selects the whole conversation, and nothing else', async () => {
    await panel.page.keyboard.type('draft');
    await press('Control+a', 'Delete');
    assert.equal(await text(), '');
    await panel.page.getByRole('log').focus();
    await press('Control+a');
    const selected = await panel.page.evaluate(() => getSelection()?.toString() ?? '');
    assert.match(selected, /What is it\?[^]*An answer\./);
    assert.doesNotMatch(selected, /Ask o1-mini|Details/);
  });

  describe('with an input method', () => {
    /** Dispatches a key that is part of a composition, as a browser does. */
    const composed = (key: string, init: Readonly<Record<string, unknown>>) =>
      panel.page.evaluate(
        ([name, options]) =>
          document.activeElement?.dispatchEvent(
            new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...options }),
          ),
        [key, init] as const,
      );
    const orders = { 'while it composes': { isComposing: true }, 'in Safari’s order': { keyCode: 229 } };

    for (const [order, init] of Object.entries(orders)) {
      it(`does not send, select, close or search by one of its keys ${order}`, async () => {
        await panel.page.keyboard.type('kanji');
        for (const key of ['Enter', 'Tab', 'Escape', 'ArrowUp']) await composed(key, init);
        assert.deepEqual(
          (await panel.received()).filter(({ type }) => type !== 'draft'),
          [],
        );
        await panel.page.getByRole('button', { name: 'Edit' }).click();
        for (const key of ['Escape', 'Enter']) await composed(key, init);
        assert.equal(await panel.page.getByRole('textbox', { name: 'Edit question' }).count(), 1);
        await panel.post({ type: 'history', update: { kind: 'show' } });
        const search = panel.page.getByRole('searchbox');
        await search.fill('kanji');
        for (const key of ['Escape', 'Enter']) await composed(key, init);
        assert.equal(await search.inputValue(), 'kanji');
        assert.equal(await search.isVisible(), true);
        assert.deepEqual(await panel.receivedOf('send'), []);
      });
    }

    it('makes one undo step of a composition', async () => {
      await panel.page.keyboard.type('a ');
      const session = await panel.page.context().newCDPSession(panel.page);
      for (const composing of ['k', 'ka', 'かん', '漢字']) {
        await session.send('Input.imeSetComposition', {
          text: composing,
          selectionStart: composing.length,
          selectionEnd: composing.length,
        });
      }
      await session.send('Input.insertText', { text: '漢字' });
      assert.equal(await text(), 'a 漢字');
      await press('Control+z');
      assert.equal(await text(), 'a ');
      await press('Control+y');
      assert.equal(await text(), 'a 漢字');
    });
  });
});

describe('R7 On a Mac, the panel', () => {
  const panel = usePanel({ userAgent: macintosh });

  it('undoes with Cmd+Z and redoes with Shift+Cmd+Z, and leaves Alt+Backspace and Ctrl+Y to the system', async () => {
    await panel.post(snapshot());
    const box = panel.page.getByRole('textbox', { name: 'Ask o1-mini' });
    await box.pressSequentially('one two');
    await box.press('Meta+z');
    assert.equal(await box.inputValue(), 'one ');
    await box.press('Meta+Shift+Z');
    await box.press('Alt+Backspace');
    assert.equal(await box.inputValue(), 'one two');
    await box.press('Meta+z');
    await box.press('Control+y');
    assert.equal(await box.inputValue(), 'one ');
  });
});
