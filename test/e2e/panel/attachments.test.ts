import assert from 'node:assert/strict';
import type { AttachedItemView, CompletionView, ToWebviewMessage } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { snapshot } from './views';

const orbits: AttachedItemView = {
  id: 'a',
  icon: 'file',
  label: 'orbits.py',
  tokens: '1,240 tokens',
  title: '/home/ada/work/orbits.py',
  pasted: false,
};
const missing: AttachedItemView = {
  ...orbits,
  id: 'b',
  label: 'old.py',
  tokens: '',
  reason: 'no longer exists',
};
const pasted: AttachedItemView = { ...orbits, id: 'c', icon: 'clippy', label: 'ring.c:3-9', pasted: true };
const files = [
  { id: '1', icon: 'file', label: 'orbits.py', detail: '' },
  { id: '2', icon: 'file', label: 'ring.c', detail: 'src/deep' },
];
const explain = {
  id: 'explain',
  icon: 'comment',
  label: '/explain',
  detail: 'What it does',
  text: 'Explain.',
};

function attached(...views: readonly AttachedItemView[]): ToWebviewMessage {
  return { type: 'attachments', attachments: views };
}

describe('An attachment of a question', () => {
  const panel = usePanel();
  const options = () => panel.page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  beforeEach(async () => {
    await panel.post(snapshot());
  });

  /** Responds to the last completion request. */
  function suggest(items: readonly CompletionView[]): Promise<void> {
    return panel.respond('getCompletions', items);
  }

  /** Dispatches a paste or a drag-and-drop event with this data, as a browser does. */
  async function dispatch(type: 'paste' | 'drop' | 'dragenter', data: Record<string, string>): Promise<void> {
    await panel.page.evaluate(
      ([kind, entries]) => {
        const transfer = new DataTransfer();
        for (const [key, value] of Object.entries(entries)) transfer.setData(key, value);
        const options = { bubbles: true, cancelable: true };
        const box = document.querySelector('textarea');
        const event =
          kind === 'paste'
            ? new ClipboardEvent(kind, { ...options, clipboardData: transfer })
            : new DragEvent(kind, { ...options, dataTransfer: transfer });
        const handled = !box?.dispatchEvent(event);
        if (kind === 'paste' && !handled) box?.setRangeText(transfer.getData('text/plain'), 0, 0, 'end');
      },
      [type, data] as const,
    );
  }

  it('is shown as a chip with its tokens, which opens it, and is removed by button or key', async () => {
    await panel.post(attached(orbits, missing));
    await panel.button('orbits.py, 1,240 tokens').click();
    await panel.button('Remove old.py').click();
    await panel.button('orbits.py, 1,240 tokens').press('Delete');
    await panel.button('orbits.py, 1,240 tokens').press('Enter');
    assert.deepEqual(await panel.received(), [
      { type: 'openAttachment', id: 'a' },
      { type: 'removeAttachment', id: 'b' },
      { type: 'removeAttachment', id: 'a' },
      { type: 'openAttachment', id: 'a' },
    ]);
    assert.match(
      (await panel.button('orbits.py, 1,240 tokens').getAttribute('title')) ?? '',
      /\/home\/ada\/work\/orbits\.py/,
    );
  });

  it('says why it cannot be sent', async () => {
    await panel.post(attached(missing));
    assert.match(await panel.button('old.py, no longer exists').innerText(), /old\.py\s*· no longer exists/);
  });

  it('leaves the focus on the next chip when it is removed, and on the question box after the last', async () => {
    await panel.post(attached(orbits, missing));
    await panel.button('orbits.py, 1,240 tokens').press('Backspace');
    await panel.post(attached(missing));
    assert.equal(
      await panel.button('old.py, no longer exists').evaluate((one) => one === document.activeElement),
      true,
    );
    await panel.post(attached());
    assert.equal(await panel.questionBox().evaluate((one) => one === document.activeElement), true);
  });

  it('is selected in a quick pick of VS Code by Attach', async () => {
    await panel.button('Attach').click();
    assert.deepEqual(await panel.received(), [{ type: 'pickAttachments' }]);
  });

  it('keeps its content when the selection is pinned', async () => {
    await panel.post(
      { type: 'selection', selection: { label: 'orbits.py:3-10', lineCount: 8 } },
      { type: 'attachments', attachments: [], selection: '96 tokens' },
    );
    assert.equal(await panel.button('Pin orbits.py:3-10').isVisible(), false);
    await panel.page.getByRole('button', { name: /^Attach orbits/, pressed: false }).click();
    await panel.page.getByText('orbits.py:3-10 · 96 tokens').waitFor();
    await panel.button('Pin orbits.py:3-10').click();
    assert.deepEqual((await panel.received()).slice(1), [
      { type: 'attachSelection' },
      { type: 'draft', text: '', withSelection: false, revision: 2 },
    ]);
  });

  it('is offered as the current file with its tokens, and attached by mouse or keyboard', async () => {
    const offer: ToWebviewMessage = { type: 'attachments', attachments: [missing], currentFile: orbits };
    await panel.post(offer);
    const current = panel.button('Attach current file orbits.py, 1,240 tokens');
    assert.match(await current.innerText(), /^Current file: orbits\.py\s*· 1,240 tokens$/);
    assert.match((await current.getAttribute('title')) ?? '', /\/home\/ada\/work\/orbits\.py/);
    await panel.screenshotInThemes('current-file');
    await panel.button('Attach').focus();
    await panel.page.keyboard.press('Tab');
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.press('Space');
    assert.deepEqual(await panel.received(), [
      { type: 'attachCurrentFile', id: 'a' },
      { type: 'attachCurrentFile', id: 'a' },
    ]);
    await panel.post(attached(missing, orbits));
    assert.equal(await current.isVisible(), false);
    assert.equal(await panel.questionBox().evaluate((one) => one === document.activeElement), true);
  });

  for (const mark of ['#', '@']) {
    it(`is completed after ${mark} by keyboard, and the typed word is removed`, async () => {
      await panel.questionBox().fill('Why does ');
      await panel.questionBox().press('End');
      await panel.questionBox().pressSequentially(`${mark}ri`);
      assert.deepEqual((await panel.receivedOf('getCompletions')).at(-1), {
        type: 'getCompletions',
        requestId: 3,
        prompts: false,
        typed: 'ri',
      });
      await suggest(files);
      assert.equal(await options().first().getAttribute('aria-selected'), 'true');
      await panel.questionBox().press('ArrowDown');
      const active = await panel.questionBox().getAttribute('aria-activedescendant');
      assert.match(await panel.page.locator(`[id="${active}"]`).innerText(), /ring\.c/);
      await panel.questionBox().press('Enter');
      assert.deepEqual(await panel.receivedOf('acceptCompletion'), [{ type: 'acceptCompletion', item: '2' }]);
      assert.deepEqual(await panel.receivedOf('send'), []);
      assert.equal(await panel.questionBox().inputValue(), 'Why does ');
      assert.equal(await options().count(), 0);
    });
  }

  it('is not completed in the middle of a word or after Escape', async () => {
    await panel.questionBox().pressSequentially('a#b c@d 1/2');
    assert.deepEqual(await panel.receivedOf('getCompletions'), []);
    await panel.questionBox().fill('');
    await panel.questionBox().pressSequentially('#o');
    await suggest(files);
    await panel.questionBox().press('Escape');
    assert.equal(await options().count(), 0);
    await panel.questionBox().pressSequentially('rb');
    assert.equal((await panel.receivedOf('getCompletions')).length, 2);
    await panel.questionBox().press('Enter');
    assert.equal((await panel.receivedOf('send')).length, 1);
  });

  it('is selected by a click, and the question box keeps the focus', async () => {
    await panel.questionBox().pressSequentially('@');
    await suggest(files);
    await options().nth(1).click();
    assert.deepEqual(await panel.receivedOf('acceptCompletion'), [{ type: 'acceptCompletion', item: '2' }]);
    assert.equal(await panel.questionBox().evaluate((one) => one === document.activeElement), true);
  });

  it('is not completed with results for a word that has changed', async () => {
    await panel.questionBox().pressSequentially('#o');
    const [first] = await panel.receivedOf('getCompletions');
    assert.ok(first);
    await panel.post({ type: 'response', requestId: first.requestId, result: files });
    assert.equal(await options().count(), 0);
  });

  it('is not a prompt, which is inserted and can be edited before it is sent', async () => {
    await panel.questionBox().pressSequentially('/ex');
    assert.deepEqual((await panel.receivedOf('getCompletions')).at(-1), {
      type: 'getCompletions',
      requestId: 3,
      prompts: true,
      typed: 'ex',
    });
    await suggest([explain]);
    await panel.questionBox().press('Tab');
    assert.equal(await panel.questionBox().inputValue(), 'Explain.');
    assert.deepEqual([await panel.receivedOf('acceptCompletion'), await panel.receivedOf('send')], [[], []]);
  });

  const code = 'def f():\n    return 1\n';
  const fromEditor = { 'vscode-editor-data': '{"version":1,"isFromEmptySelection":false,"mode":"python"}' };

  it('is created from code of several lines that is pasted from an editor, and undo turns it into text', async () => {
    await panel.questionBox().focus();
    await dispatch('paste', { 'text/plain': code, ...fromEditor });
    const [paste] = await panel.receivedOf('paste');
    assert.ok(paste);
    assert.deepEqual([paste.text, paste.language], [code, 'python']);
    assert.equal(await panel.questionBox().inputValue(), '');
    await panel.questionBox().press('ControlOrMeta+z');
    assert.deepEqual(await panel.receivedOf('pasteAsText'), [{ type: 'pasteAsText', id: paste.id }]);
    await panel.post({ type: 'insertText', text: code });
    assert.equal(await panel.questionBox().inputValue(), code);
  });

  it('is not created from a pasted line or a few words', async () => {
    await panel.questionBox().focus();
    await dispatch('paste', { 'text/plain': 'def f():\n', ...fromEditor });
    await dispatch('paste', { 'text/plain': 'a few\nwords\n' });
    assert.deepEqual(await panel.receivedOf('paste'), []);
    assert.match(await panel.questionBox().inputValue(), /a few/);
  });

  it('is created from a long pasted text, and a button turns it into text', async () => {
    await panel.questionBox().focus();
    await dispatch('paste', { 'text/plain': 'line\n'.repeat(30) });
    assert.equal((await panel.receivedOf('paste')).length, 1);
    await panel.post(attached(pasted));
    await panel.button('Paste as Text').click();
    assert.deepEqual(await panel.receivedOf('pasteAsText'), [{ type: 'pasteAsText', id: 'c' }]);
  });

  const drops: readonly (readonly [string, Record<string, string>])[] = [
    [
      'the explorer',
      { 'application/vnd.code.uri-list': 'file:///a.py\r\nfile:///b.py', 'text/plain': '/a.py' },
    ],
    ['a list of resources', { resourceurls: '["file:///a.py","file:///b.py"]' }],
    ['other programs', { 'text/uri-list': '# two\r\nfile:///a.py\r\nfile:///b.py\r\n' }],
    ['tabs', { codeeditors: '[{"resource":"file:///a.py"},{"resource":"file:///b.py"},{}]' }],
  ];
  for (const [from, data] of drops) {
    it(`is dropped on the panel from ${from}, which shows the drop target`, async () => {
      await dispatch('dragenter', data);
      assert.equal(await panel.page.locator('body.dropping').count(), 1);
      await dispatch('drop', data);
      assert.deepEqual(await panel.receivedOf('drop'), [
        { type: 'drop', uris: ['file:///a.py', 'file:///b.py'] },
      ]);
      assert.equal(await panel.page.locator('body.dropping').count(), 0);
    });
  }

  it('is not created when text or invalid data is dropped', async () => {
    await dispatch('drop', { 'text/plain': 'words' });
    await dispatch('drop', { codeeditors: '{"a":' });
    await dispatch('drop', { codeeditors: '[null, 7]' });
    assert.deepEqual(await panel.received(), []);
  });

  it('fits into every width and theme', async () => {
    const long = { ...orbits, id: 'd', label: 'a-file-with-a-really-rather-long-name.component.test.ts' };
    const binary = {
      ...missing,
      id: 'e',
      label: 'picture.png',
      reason: '50 MB is too large. The limit is 1 MB',
    };
    await panel.post(
      { type: 'selection', selection: { label: 'orbits.py:3-10', lineCount: 8 } },
      { type: 'compose', withSelection: true, text: 'Why does ' },
      {
        type: 'attachments',
        attachments: [orbits, missing, pasted, long, binary],
        selection: '96 tokens',
        currentFile: { ...long, id: 'f' },
      },
    );
    await panel.questionBox().press('End');
    await panel.questionBox().pressSequentially('#');
    await suggest(files);
    for (const width of [240, 420]) {
      await panel.page.setViewportSize({ width, height: 640 });
      assert.equal(await panel.overflow(), 0, `${width} pixels`);
      const frame = await panel.page.locator('.question-box').boundingBox();
      for (const chip of await panel.page.locator('.chip, .attach-selection').all()) {
        const bounds = await chip.boundingBox();
        assert.ok(frame && bounds && bounds.x >= frame.x && bounds.x + bounds.width <= frame.x + frame.width);
      }
      await panel.screenshotInThemes(`attachments-${width}`);
    }
  });
});
