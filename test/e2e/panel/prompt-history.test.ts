import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { snapshot } from './views';

describe('An earlier question', () => {
  const panel = usePanel();
  beforeEach(async () => {
    await panel.post(snapshot());
  });

  it('is brought back by the arrow keys, and so is the draft', async () => {
    await panel.questionBox().pressSequentially('half a qu');
    await panel.questionBox().press('Home');
    await panel.questionBox().press('ArrowUp');
    assert.deepEqual(await panel.receivedOf('promptHistory'), [{ type: 'promptHistory', requestId: 1 }]);
    await panel.respond('promptHistory', ['newest', 'oldest']);
    assert.equal(await panel.questionBox().inputValue(), 'newest');
    await panel.questionBox().press('ArrowUp');
    assert.equal(await panel.questionBox().inputValue(), 'oldest');
    await panel.questionBox().press('ArrowUp');
    assert.equal(await panel.questionBox().inputValue(), 'oldest');
    await panel.questionBox().press('ArrowDown');
    assert.equal(await panel.questionBox().inputValue(), 'newest');
    await panel.questionBox().press('ArrowDown');
    assert.equal(await panel.questionBox().inputValue(), 'half a qu');
    const last = (await panel.receivedOf('draft')).at(-1);
    assert.equal(last?.text, 'half a qu');
  });

  it('is brought back after it was sent, with the questions since then', async () => {
    await panel.questionBox().focus();
    await panel.questionBox().press('ArrowUp');
    await panel.respond('promptHistory', ['first']);
    await panel.questionBox().press('Enter');
    const [sent] = await panel.receivedOf('send');
    assert.ok(sent);
    assert.equal(sent.text, 'first');
    await panel.respond('send', 'accepted');
    assert.equal(await panel.questionBox().inputValue(), '');
    await panel.questionBox().press('ArrowUp');
    await panel.respond('promptHistory', ['first', 'zeroth']);
    assert.equal(await panel.questionBox().inputValue(), 'first');
    await panel.questionBox().press('ArrowUp');
    await panel.respond('promptHistory', ['first', 'zeroth']);
    assert.equal(await panel.questionBox().inputValue(), 'zeroth');
  });

  it('is not brought back while the cursor moves up within the text', async () => {
    await panel.questionBox().fill('one\ntwo');
    await panel.questionBox().press('ArrowUp');
    assert.deepEqual(await panel.receivedOf('promptHistory'), []);
  });
});
