import assert from 'node:assert/strict';
import type { ToWebviewMessage } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { attached, missing, orbits, pasted, suggestedFiles } from './attachment-views';
import { snapshot } from './views';

describe('An attachment of a question', () => {
  const panel = usePanel();
  beforeEach(async () => {
    await panel.post(snapshot());
  });

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
    await panel.respond('getCompletions', suggestedFiles);
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
