import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { snapshot } from './views';

describe('An earlier question', () => {
  const panel = usePanel();
  const box = () => panel.page.getByRole('textbox', { name: 'Ask o1-mini' });
  beforeEach(async () => {
    await panel.post(snapshot());
  });

  it('is brought back by the arrow keys, and so is the draft', async () => {
    await box().pressSequentially('half a qu');
    await box().press('Home');
    await box().press('ArrowUp');
    assert.deepEqual(await panel.receivedOf('promptHistory'), [{ type: 'promptHistory', requestId: 1 }]);
    await panel.respond('promptHistory', ['newest', 'oldest']);
    assert.equal(await box().inputValue(), 'newest');
    await box().press('ArrowUp');
    assert.equal(await box().inputValue(), 'oldest');
    await box().press('ArrowUp');
    assert.equal(await box().inputValue(), 'oldest');
    await box().press('ArrowDown');
    assert.equal(await box().inputValue(), 'newest');
    await box().press('ArrowDown');
    assert.equal(await box().inputValue(), 'half a qu');
    const last = (await panel.receivedOf('draft')).at(-1);
    assert.equal(last?.text, 'half a qu');
  });

  it('is brought back after it was sent, with the questions since then', async () => {
    await box().focus();
    await box().press('ArrowUp');
    await panel.respond('promptHistory', ['first']);
    await box().press('Enter');
    const [sent] = await panel.receivedOf('send');
    assert.ok(sent);
    assert.equal(sent.text, 'first');
    await panel.respond('send', 'accepted');
    assert.equal(await box().inputValue(), '');
    await box().press('ArrowUp');
    await panel.respond('promptHistory', ['first', 'zeroth']);
    assert.equal(await box().inputValue(), 'first');
    await box().press('ArrowUp');
    await panel.respond('promptHistory', ['first', 'zeroth']);
    assert.equal(await box().inputValue(), 'zeroth');
  });

  it('is not brought back while the cursor moves up within the text', async () => {
    await box().fill('one\ntwo');
    await box().press('ArrowUp');
    assert.deepEqual(await panel.receivedOf('promptHistory'), []);
  });
});
