import assert from 'node:assert/strict';
import { screenshotInThemes } from './screenshots';
import { recordFigure } from '../support/promises';
import { useChat } from './use-chat';

describe('Automatic retries', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  it('wait as long as the service requires, show the remaining time, and end with Stop', async () => {
    const headers = { 'retry-after': '90' };
    api.script({ kind: 'status', status: 429, headers, body: '{"error":{"message":"Slow down"}}' });
    await chat.ask('Too often?');
    await chat.until('Waiting · retrying in \\d\\d s \\(attempt 1 of 2\\): Rate limit reached');
    await chat.until('Waiting · retrying in [1-8]\\d s');
    await screenshotInThemes(workbench, 'retry-countdown');
    await chat.button('Stop').click();
    await chat.until('Stopped');
    assert.equal(api.requests.length, 1);
    await chat.ask('And now?');
    await chat.until('Done');
    assert.equal(api.requests.length, 2);
  });

  it('answer the question after a service was briefly overloaded', async () => {
    api.script({ kind: 'status', status: 503, body: '<html><title>Maintenance</title></html>' });
    await chat.ask('Are you back?');
    await chat.until('Done');
    assert.equal(api.requests.length, 2);
    assert.deepEqual(api.requests[1]?.body, api.requests[0]?.body);
    assert.equal(await chat.questions.count(), 1);
    assert.equal(await chat.log.getByRole('alert').count(), 0);
  });
});

describe('R3 Quick clicks on Send', () => {
  const { api, chat } = useChat({ newChat: 'eachTest' });

  it('send one question, even if there are fifty of them', async () => {
    await chat.box.fill('Quick');
    await chat.button('Send').evaluate((button: HTMLElement) => {
      for (let click = 0; click < 50; click++) button.click();
    });
    await chat.until('Done');
    assert.equal(api.requests.length, 1);
    assert.equal(await chat.questions.count(), 1);
    recordFigure('R3', '50 clicks on Send, 1 request');
  });

  it('do not stop the answer, although Stop replaces Send under the pointer', async () => {
    await chat.box.fill('Quick again');
    await chat.button('Send').click({ clickCount: 50, delay: 2 });
    await chat.until('Done');
    assert.equal(api.requests.length, 1);
    assert.equal(await api.requests[0]?.ended, 'answered');
  });
});
