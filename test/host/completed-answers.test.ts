import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Answer } from '../../src/core/chat/answer';
import type { Session } from '../../src/core/chat/session';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { handleCompletedAnswers } from '../../src/host/chat/completed-answers';
import { createSpending, type Spending } from '../../src/host/storage/spending';
import { nodeTransport } from '../../src/platform/node/transport';
import { startServer, type ApiServer } from '../server/server';
import { clientServicesOver, prepared, requestTo, stillClock } from '../support/wire';
import { scratchFolder } from '../support/scratch-folder';
import { recordingLog } from './recording-log';

describe('When an answer ends', () => {
  let api: ApiServer;
  let sessions: Sessions;
  let session: Session;
  let spending: Spending;
  let recorded: Answer[];
  let lookups: number;
  let unseen: number;
  let isVisible: boolean;

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
  });
  after(() => api.close());

  beforeEach(() => {
    api.clear();
    recorded = [];
    lookups = 0;
    unseen = 0;
    isVisible = true;
    sessions = createSessions({ ...clientServicesOver(nodeTransport), newId: () => crypto.randomUUID() });
    session = sessions.shown;
    const folder = vscode.Uri.file(scratchFolder());
    spending = createSpending(folder, stillClock, recordingLog().log);
    handleCompletedAnswers({
      sessions,
      spending,
      thinkingTimes: { add: (answer) => void recorded.push(answer) },
      modelSelection: {
        findReplacement: () => {
          lookups++;
          return Promise.resolve();
        },
      },
      isVisible: () => isVisible,
      onUnseen() {
        unseen++;
      },
      open: () => undefined,
      log: recordingLog().log,
    });
  });

  /** Asks with 10 prompt tokens at $1 per million and at most 1,000 completion tokens at $4 per million. */
  async function ask(): Promise<void> {
    const question = prepared(requestTo(api.origin, { parameters: { maxCompletionTokens: 1000 } }));
    const terms = { ...question.terms, price: { input: 1, output: 4 } };
    await session.ask({ text: 'Why?' }, { ...question, terms });
  }

  it('the billed amount is added to the spending of the day', async () => {
    const chunk = { choices: [{ index: 0, delta: { content: 'So.' }, finish_reason: 'stop' }] };
    const bill = { choices: [], meta: { usage: { usd_spent: 0.25 } } };
    const chunks = [chunk, bill].map((part) => `data: ${JSON.stringify(part)}\n\n`);
    api.script({ kind: 'stream', chunks: [...chunks, 'data: [DONE]\n\n'], end: 'close' });
    await ask();
    assert.equal(await spending.usdToday(), 0.25);
  });

  it('its greatest possible cost is added to the spending of the day if it broke off', async () => {
    const chunk = { choices: [{ index: 0, delta: { content: 'So' }, finish_reason: null }] };
    api.script({ kind: 'stream', chunks: [`data: ${JSON.stringify(chunk)}\n\n`], end: 'destroy' });
    await ask();
    assert.equal((await spending.usdToday()).toFixed(5), '0.00401');
  });

  it('nothing is added if the service refused the request', async () => {
    api.script({ kind: 'status', status: 401, body: '{"message":"no"}' });
    await ask();
    assert.equal(await spending.usdToday(), 0);
  });

  it('its cost is added even if another chat is shown by then', async () => {
    api.script({ kind: 'answer', text: 'So.', thinkingMs: 50 });
    const asking = ask();
    sessions.show();
    await asking;
    assert.ok((await spending.usdToday()) > 0);
    assert.equal(recorded.length, 1);
  });

  it('the greatest possible cost of an answer that its window interrupted is added once', async () => {
    api.script({ kind: 'answer', text: 'So it is.', deltas: ['So', ' it is.'], deltaMs: 60_000 });
    const started = new Promise<void>((resolve) => {
      session.onChange((event) => {
        if (event?.type === 'text') resolve();
      });
    });
    const asking = ask();
    await started;
    const stored = { ...session.conversation, id: 'stored' };
    await session.stop();
    await asking;
    const before = await spending.usdToday();
    recorded = [];
    sessions.show(stored);
    sessions.show();
    sessions.show({ ...stored, id: 'other', turns: [] });
    assert.equal(((await spending.usdToday()) - before).toFixed(5), '0.00401');
    assert.equal(recorded.length, 0);
  });

  it('the tokens that the service counts are added to those of the day', async () => {
    const chunk = { choices: [{ index: 0, delta: { content: 'So.' }, finish_reason: 'stop' }] };
    const usage = { choices: [], usage: { prompt_tokens: 10, completion_tokens: 200 } };
    const chunks = [chunk, usage].map((part) => `data: ${JSON.stringify(part)}\n\n`);
    api.script({ kind: 'stream', chunks: [...chunks, 'data: [DONE]\n\n'], end: 'close' });
    await ask();
    assert.equal(await spending.tokensToday(), 210);
  });

  it('it is counted as unseen if no webview was visible, unless the user has stopped it', async () => {
    isVisible = false;
    await ask();
    assert.equal(unseen, 1);
    api.script({ kind: 'answer', text: 'So.', thinkingMs: 600_000 });
    const asking = ask();
    await session.stop();
    await asking;
    assert.equal(unseen, 1);
  });

  it('its thinking time is recorded', async () => {
    await ask();
    assert.equal(recorded.length, 1);
    assert.equal(recorded[0]?.status.kind, 'done');
    assert.equal(lookups, 0);
  });

  it('a replacement is looked up if the service does not have the model', async () => {
    const error = { message: 'The model `gone` does not exist', code: 'model_not_found' };
    api.script({ kind: 'status', status: 404, body: JSON.stringify({ error }) });
    await ask();
    assert.equal(lookups, 1);
  });
});
