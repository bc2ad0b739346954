import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { attached, pasted } from './attachment-views';
import { answeredTurn, snapshot } from './views';

describe('An attachment', () => {
  const panel = usePanel();
  beforeEach(async () => {
    await panel.post(snapshot());
  });

  /** Dispatches a paste or a drag-and-drop event with this data, as a browser does. */
  async function dispatch(
    type: 'paste' | 'drop' | 'dragenter' | 'dragover',
    data: Record<string, string>,
    file?: string,
  ): Promise<boolean> {
    return await panel.page.evaluate(
      ([kind, entries, name]) => {
        const transfer = new DataTransfer();
        for (const [key, value] of Object.entries(entries)) transfer.setData(key, value);
        if (name !== '') transfer.items.add(new File(['content'], name));
        const options = { bubbles: true, cancelable: true };
        const box = document.querySelector('textarea');
        const event =
          kind === 'paste'
            ? new ClipboardEvent(kind, { ...options, clipboardData: transfer })
            : new DragEvent(kind, { ...options, dataTransfer: transfer });
        const handled = !box?.dispatchEvent(event);
        if (kind === 'paste' && !handled) box?.setRangeText(transfer.getData('text/plain'), 0, 0, 'end');
        return handled;
      },
      [type, data, file ?? ''] as const,
    );
  }

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

  it('is created from files that are pasted without text', async () => {
    await dispatch('paste', { 'text/uri-list': 'file:///a.py' });
    await dispatch('paste', { 'text/uri-list': 'file:///b.py', 'text/plain': '/b.py' });
    assert.deepEqual(await panel.receivedOf('drop'), [{ type: 'drop', uris: ['file:///a.py'] }]);
    assert.equal(await panel.questionBox().inputValue(), '/b.py');
  });

  it('is not created from an image, about which the host tells the user', async () => {
    await dispatch('paste', { 'text/html': '<img>' }, 'image.png');
    assert.deepEqual(await panel.receivedOf('drop'), [{ type: 'drop', uris: [] }]);
    await dispatch('paste', { 'text/plain': 'a cell of a table' }, 'image.png');
    assert.equal((await panel.receivedOf('drop')).length, 1);
    assert.equal(await panel.questionBox().inputValue(), 'a cell of a table');
  });

  it('is not created from a link, whose address the browser inserts', async () => {
    const link = { 'text/uri-list': 'https://example.com/x', 'text/plain': 'https://example.com/x' };
    assert.equal(await dispatch('drop', link), false);
    const address = 'https://example.com/y';
    await panel.post(snapshot(answeredTurn('a', `[site](${address}), [mail](mailto:a@b.org)`)));
    await panel.answers().getByText('site').dragTo(panel.questionBox());
    assert.equal(await panel.questionBox().inputValue(), address);
    await panel.questionBox().fill('');
    await panel.answers().getByText('mail').dragTo(panel.questionBox());
    assert.equal(await panel.questionBox().inputValue(), 'mailto:a@b.org');
    await panel.answers().getByText('site').dragTo(panel.questions().first());
    assert.equal(await panel.page.locator('body.dropping').count(), 0);
    assert.deepEqual(await panel.receivedOf('drop'), []);
    assert.equal(await panel.answers().count(), 1);
  });

  it('is not created from a file without an address, which does not replace the panel either', async () => {
    assert.equal(await dispatch('dragover', {}, 'a.py'), true);
    assert.equal(await dispatch('dragover', { 'text/plain': 'words' }), false);
    assert.deepEqual(await panel.received(), []);
  });

  it('is not created when text or invalid data is dropped', async () => {
    await dispatch('drop', { 'text/plain': 'words' });
    await dispatch('drop', { codeeditors: '{"a":' });
    await dispatch('drop', { codeeditors: '[null, 7]' });
    assert.deepEqual(await panel.received(), []);
  });
});
