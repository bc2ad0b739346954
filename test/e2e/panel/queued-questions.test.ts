import assert from 'node:assert/strict';
import type { QueuedQuestionView, ToWebviewMessage } from '../../../src/protocol/messages';
import { axeFindings } from '../../support/axe';
import { usePanel } from '../../support/use-panel';
import { changes, running, snapshot, turn } from './views';

const waiting: QueuedQuestionView = {
  id: 'a',
  text: 'And what does the second function do with the orbits that it gets from the first one?',
  isWaiting: true,
  note: 'Queued until the answer ends',
};
const held: QueuedQuestionView = {
  id: 'b',
  text: 'Why?',
  isWaiting: false,
  note: 'Not sent because the answer was stopped · 1 attachment',
};

function queue(...questions: readonly QueuedQuestionView[]): ToWebviewMessage {
  return { type: 'queue', questions };
}

describe('A question that is written while an answer is in progress', () => {
  const panel = usePanel();
  const list = () => panel.page.getByRole('list', { name: 'Queued Questions' });
  const row = (text: string) => list().getByRole('listitem').filter({ hasText: text });
  const isFocused = () => panel.questionBox().evaluate((box) => box === document.activeElement);

  beforeEach(async () => {
    await panel.post(snapshot(turn('t', { status: running('thinking') })));
  });

  it('is sent to the queue by Enter or by a button beside Stop, and leaves the box', async () => {
    assert.equal(await panel.button('Add to Queue').isVisible(), false);
    await panel.questionBox().fill('Why?');
    assert.equal(await panel.button('Stop').isVisible(), true);
    await panel.button('Add to Queue').click();
    await panel.questionBox().press('Enter');
    assert.deepEqual(await panel.receivedOf('send'), [
      { type: 'send', requestId: 1, text: 'Why?', withSelection: false },
    ]);
    await panel.respond('send', 'accepted');
    assert.equal(await panel.questionBox().inputValue(), '');
    assert.equal(await panel.button('Add to Queue').isVisible(), false);
    await panel.questionBox().fill('And how?');
    await panel.questionBox().press('Enter');
    assert.equal((await panel.receivedOf('send')).at(-1)?.text, 'And how?');
    await panel.post(changes(2, { type: 'statusChanged', turnId: 't', status: { kind: 'done' } }));
    assert.equal(await panel.button('Send').isVisible(), true);
    assert.equal(await panel.button('Stop').isVisible(), false);
  });

  it('is listed above the box with what happens to it, which is announced once', async () => {
    assert.equal(await list().isVisible(), false);
    await panel.post(queue(waiting));
    await row(waiting.text).getByText(waiting.note).waitFor();
    const announced = panel.page.locator('[aria-live=polite] > p', { hasText: waiting.note });
    await announced.waitFor();
    const [above, below] = [await list().boundingBox(), await panel.questionBox().boundingBox()];
    assert.ok(above && below && above.y + above.height <= below.y);
    await announced.evaluate((paragraph) => paragraph.remove());
    await panel.post(queue(waiting));
    assert.equal(await announced.count(), 0);
    await panel.post(queue());
    assert.equal(await list().isVisible(), false);
  });

  it('returns to the box above what is written there, before it leaves the queue', async () => {
    await panel.questionBox().fill('Half a question');
    await panel.post(queue(waiting, held));
    await row('Why?').getByRole('button', { name: 'Edit Queued Question' }).click();
    assert.equal(await panel.questionBox().inputValue(), 'Why?\n\nHalf a question');
    assert.equal(await isFocused(), true);
    assert.deepEqual((await panel.received()).slice(-2), [
      { type: 'draft', text: 'Why?\n\nHalf a question', withSelection: false, revision: 2 },
      { type: 'editQueued', id: 'b' },
    ]);
  });

  it('is removed by a button, and the focus stays in the list, or moves to the box', async () => {
    await panel.post(queue(waiting, held));
    const remove = (text: string) => row(text).getByRole('button', { name: 'Remove Queued Question' });
    await remove(waiting.text).click();
    await panel.post(queue(held));
    assert.equal(await remove('Why?').evaluate((button) => button === document.activeElement), true);
    await panel.page.keyboard.press('Enter');
    await panel.post(queue());
    assert.equal(await isFocused(), true);
    assert.deepEqual(await panel.received(), [
      { type: 'removeQueued', id: 'a' },
      { type: 'removeQueued', id: 'b' },
    ]);
  });

  it('can be sent by a button only if it no longer waits', async () => {
    await panel.post(queue(waiting, held));
    const send = list().getByRole('button', { name: 'Send Queued Question' });
    assert.equal(await send.count(), 1);
    await send.click();
    assert.deepEqual(await panel.received(), [{ type: 'sendQueued', id: 'b' }]);
  });

  it('fits into every width and theme, and is accessible', async () => {
    const multiline = { ...waiting, id: 'c', text: 'First line\nsecond line'.repeat(20) };
    await panel.post(queue(waiting, held, multiline));
    await panel.questionBox().fill('One more');
    for (const width of [240, 420]) {
      await panel.page.setViewportSize({ width, height: 640 });
      assert.equal(await panel.overflow(), 0, `${width} pixels`);
      const bounds = await list().evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      assert.equal(bounds, 0, `${width} pixels`);
      await panel.screenshotInThemes(`queued-questions-${width}`);
      assert.deepEqual(await axeFindings(panel.page), []);
    }
  });
});
