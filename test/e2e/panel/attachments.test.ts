import assert from 'node:assert/strict';
import type { AttachedItemView, CompletionView, ToWebviewMessage } from '../../../src/protocol/messages';
import { panelThemes } from '../../support/panel-themes';
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
const gone: AttachedItemView = {
  ...orbits,
  id: 'b',
  label: 'old.py',
  tokens: '',
  problem: 'it no longer exists',
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

describe('What goes with a question', () => {
  const panel = usePanel();
  const button = (name: string) => panel.page.getByRole('button', { name, exact: true });
  const box = () => panel.page.getByRole('textbox', { name: 'Ask o1-mini' });
  const options = () => panel.page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  beforeEach(async () => {
    await panel.say(snapshot());
  });

  /** The host's answer to the last word that was asked about. */
  function suggest(items: readonly CompletionView[]): Promise<void> {
    return panel.respond('complete', items);
  }

  /** A paste or a drop with these data, as a browser would tell of it. */
  async function hand(type: 'paste' | 'drop' | 'dragenter', data: Record<string, string>): Promise<void> {
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
        const taken = !box?.dispatchEvent(event);
        if (kind === 'paste' && !taken) box?.setRangeText(transfer.getData('text/plain'), 0, 0, 'end');
      },
      [type, data] as const,
    );
  }

  it('stands in chips with its tokens, which open it and are removed by button or key', async () => {
    await panel.say(attached(orbits, gone));
    await button('orbits.py, 1,240 tokens').click();
    await button('Remove old.py').click();
    await button('orbits.py, 1,240 tokens').press('Delete');
    await button('orbits.py, 1,240 tokens').press('Enter');
    assert.deepEqual(await panel.posts(), [
      { type: 'openAttachment', id: 'a' },
      { type: 'removeAttachment', id: 'b' },
      { type: 'removeAttachment', id: 'a' },
      { type: 'openAttachment', id: 'a' },
    ]);
    assert.match(
      (await button('orbits.py, 1,240 tokens').getAttribute('title')) ?? '',
      /\/home\/ada\/work\/orbits\.py/,
    );
  });

  it('says in words why it cannot be sent', async () => {
    await panel.say(attached(gone));
    assert.match(await button('old.py, it no longer exists').innerText(), /old\.py\s*· it no longer exists/);
  });

  it('leaves the focus on the next chip when one is removed, and on the box after the last', async () => {
    await panel.say(attached(orbits, gone));
    await button('orbits.py, 1,240 tokens').press('Backspace');
    await panel.say(attached(gone));
    assert.equal(
      await button('old.py, it no longer exists').evaluate((one) => one === document.activeElement),
      true,
    );
    await panel.say(attached());
    assert.equal(await box().evaluate((one) => one === document.activeElement), true);
  });

  it('is chosen from VS Code’s own list by Attach', async () => {
    await button('Attach').click();
    assert.deepEqual(await panel.posts(), [{ type: 'pickAttachments' }]);
  });

  it('keeps the selection as it is when that is pinned', async () => {
    await panel.say(
      { type: 'selection', selection: { label: 'orbits.py:3-10', lineCount: 8 } },
      { type: 'attachments', attachments: [], selection: '96 tokens' },
    );
    assert.equal(await button('Pin orbits.py:3-10').isVisible(), false);
    await panel.page.getByRole('button', { name: /^Attach orbits/, pressed: false }).click();
    await panel.page.getByText('orbits.py:3-10 · 96 tokens').waitFor();
    await button('Pin orbits.py:3-10').click();
    assert.deepEqual((await panel.posts()).slice(1), [
      { type: 'attachSelection' },
      { type: 'draft', text: '', withSelection: false, edit: 2 },
    ]);
  });

  for (const mark of ['#', '@']) {
    it(`is completed behind ${mark} by the keyboard alone, and the word goes`, async () => {
      await box().fill('Why does ');
      await box().press('End');
      await box().pressSequentially(`${mark}ri`);
      assert.deepEqual((await panel.said('complete')).at(-1), {
        type: 'complete',
        requestId: 3,
        prompts: false,
        typed: 'ri',
      });
      await suggest(files);
      assert.equal(await options().first().getAttribute('aria-selected'), 'true');
      await box().press('ArrowDown');
      const active = await box().getAttribute('aria-activedescendant');
      assert.match(await panel.page.locator(`[id="${active}"]`).innerText(), /ring\.c/);
      await box().press('Enter');
      assert.deepEqual(await panel.said('acceptCompletion'), [{ type: 'acceptCompletion', item: '2' }]);
      assert.deepEqual(await panel.said('send'), []);
      assert.equal(await box().inputValue(), 'Why does ');
      assert.equal(await options().count(), 0);
    });
  }

  it('is no list in the middle of a word, and none once Escape was pressed', async () => {
    await box().pressSequentially('a#b c@d 1/2');
    assert.deepEqual(await panel.said('complete'), []);
    await box().fill('');
    await box().pressSequentially('#o');
    await suggest(files);
    await box().press('Escape');
    assert.equal(await options().count(), 0);
    await box().pressSequentially('rb');
    assert.equal((await panel.said('complete')).length, 2);
    await box().press('Enter');
    assert.equal((await panel.said('send')).length, 1);
  });

  it('takes an entry by a click, with the focus left in the box', async () => {
    await box().pressSequentially('@');
    await suggest(files);
    await options().nth(1).click();
    assert.deepEqual(await panel.said('acceptCompletion'), [{ type: 'acceptCompletion', item: '2' }]);
    assert.equal(await box().evaluate((one) => one === document.activeElement), true);
  });

  it('drops answers to what is not typed any more', async () => {
    await box().pressSequentially('#o');
    const [first] = await panel.said('complete');
    assert.ok(first);
    await panel.say({ type: 'response', requestId: first.requestId, result: files });
    assert.equal(await options().count(), 0);
  });

  it('puts a prompt into the box, where it can be read and changed before it is sent', async () => {
    await box().pressSequentially('/ex');
    assert.deepEqual((await panel.said('complete')).at(-1), {
      type: 'complete',
      requestId: 3,
      prompts: true,
      typed: 'ex',
    });
    await suggest([explain]);
    await box().press('Tab');
    assert.equal(await box().inputValue(), 'Explain.');
    assert.deepEqual([await panel.said('acceptCompletion'), await panel.said('send')], [[], []]);
  });

  const code = 'def f():\n    return 1\n';
  const fromEditor = { 'vscode-editor-data': '{"version":1,"isFromEmptySelection":false,"mode":"python"}' };

  it('is code of several lines pasted from an editor, until undo makes it text', async () => {
    await box().focus();
    await hand('paste', { 'text/plain': code, ...fromEditor });
    const [paste] = await panel.said('paste');
    assert.ok(paste);
    assert.deepEqual([paste.text, paste.language], [code, 'python']);
    assert.equal(await box().inputValue(), '');
    await box().press('ControlOrMeta+z');
    assert.deepEqual(await panel.said('pasteAsText'), [{ type: 'pasteAsText', id: paste.id }]);
    await panel.say({ type: 'insertText', text: code });
    assert.equal(await box().inputValue(), code);
  });

  it('is not a line or a few words that were pasted', async () => {
    await box().focus();
    await hand('paste', { 'text/plain': 'def f():\n', ...fromEditor });
    await hand('paste', { 'text/plain': 'a few\nwords\n' });
    assert.deepEqual(await panel.said('paste'), []);
    assert.match(await box().inputValue(), /a few/);
  });

  it('is a long text from elsewhere, and pasted code that a button makes text', async () => {
    await box().focus();
    await hand('paste', { 'text/plain': 'line\n'.repeat(30) });
    assert.equal((await panel.said('paste')).length, 1);
    await panel.say(attached(pasted));
    await button('Paste as Text').click();
    assert.deepEqual(await panel.said('pasteAsText'), [{ type: 'pasteAsText', id: 'c' }]);
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
    it(`is dropped on the panel from ${from}, which shows where it would go`, async () => {
      await hand('dragenter', data);
      assert.equal(await panel.page.locator('body.dropping').count(), 1);
      await hand('drop', data);
      assert.deepEqual(await panel.said('drop'), [{ type: 'drop', uris: ['file:///a.py', 'file:///b.py'] }]);
      assert.equal(await panel.page.locator('body.dropping').count(), 0);
    });
  }

  it('is nothing where words or rubbish are dropped', async () => {
    await hand('drop', { 'text/plain': 'words' });
    await hand('drop', { codeeditors: '{"a":' });
    await hand('drop', { codeeditors: '[null, 7]' });
    assert.deepEqual(await panel.posts(), []);
  });

  it('fits into every width and theme', async () => {
    const long = { ...orbits, id: 'd', label: 'a-file-with-a-really-rather-long-name.component.test.ts' };
    const binary = {
      ...gone,
      id: 'e',
      label: 'picture.png',
      problem: '50 MB is too large. The limit is 1 MB',
    };
    await panel.say(
      { type: 'selection', selection: { label: 'orbits.py:3-10', lineCount: 8 } },
      { type: 'compose', withSelection: true, text: 'Why does ' },
      { type: 'attachments', attachments: [orbits, gone, pasted, long, binary], selection: '96 tokens' },
    );
    await box().press('End');
    await box().pressSequentially('#');
    await suggest(files);
    for (const width of [240, 420]) {
      await panel.page.setViewportSize({ width, height: 640 });
      assert.equal(await panel.overflow(), 0, `${width} pixels`);
      const frame = await panel.page.locator('.question-box').boundingBox();
      for (const chip of await panel.page.locator('.chip').all()) {
        const place = await chip.boundingBox();
        assert.ok(frame && place && place.x >= frame.x && place.x + place.width <= frame.x + frame.width);
      }
      for (const theme of Object.keys(panelThemes) as (keyof typeof panelThemes)[]) {
        await panel.theme(theme);
        await panel.screenshot(`attachments-${theme}-${width}`);
      }
    }
  });
});
