import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Answer } from '../../src/core/chat/answer';
import type { Session } from '../../src/core/chat/session';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { handleCompletedAnswers } from '../../src/host/chat/answer-completion';
import { createSpending, type Spending } from '../../src/host/storage/spending';
import { nodeTransport } from '../../src/platform/node/transport';
import { startServer, type ApiServer } from '../server/server';
import { portsOver, prepared, requestTo, stillClock } from '../support/wire';
import { listeningLog } from './listening-log';

describe('When an answer has ended', () => {
  let api: ApiServer;
  let sessions: Sessions;
  let session: Session;
  let spending: Spending;
  let learned: Answer[];
  let looked: number;

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
  });
  after(() => api.close());

  beforeEach(() => {
    api.clear();
    [learned, looked] = [[], 0];
    sessions = createSessions({ ...portsOver(nodeTransport), newId: () => crypto.randomUUID() });
    session = sessions.shown;
    const folder = vscode.Uri.file(mkdtempSync(join(tmpdir(), 'o1mini-settlement-')));
    spending = createSpending(folder, stillClock, listeningLog().log);
    handleCompletedAnswers({
      sessions,
      spending,
      thinkingTimes: { typicalThinkingTime: () => undefined, add: (answer) => void learned.push(answer) },
      modelSelection: {
        findReplacement: () => {
          looked++;
          return Promise.resolve();
        },
      },
      isVisible: () => true,
      open: () => undefined,
      log: listeningLog().log,
    });
  });

  /** With a price of $1 and $4 a million, and 1,000 tokens of answer at most for 10 of prompt. */
  async function ask(): Promise<void> {
    const question = prepared(requestTo(api.origin, { parameters: { maxCompletionTokens: 1000 } }));
    const terms = { ...question.terms, price: { input: 1, output: 4 } };
    await session.ask({ text: 'Why?' }, { ...question, terms });
  }

  it('what the service billed is part of the day', async () => {
    const chunk = { choices: [{ index: 0, delta: { content: 'So.' }, finish_reason: 'stop' }] };
    const bill = { choices: [], meta: { usage: { usd_spent: 0.25 } } };
    const chunks = [chunk, bill].map((part) => `data: ${JSON.stringify(part)}\n\n`);
    api.script({ kind: 'stream', chunks: [...chunks, 'data: [DONE]\n\n'], end: 'close' });
    await ask();
    assert.equal(await spending.today(), 0.25);
  });

  it('the most that it can have cost is part of the day where it broke off', async () => {
    const chunk = { choices: [{ index: 0, delta: { content: 'So' }, finish_reason: null }] };
    api.script({ kind: 'stream', chunks: [`data: ${JSON.stringify(chunk)}\n\n`], end: 'destroy' });
    await ask();
    assert.equal((await spending.today()).toFixed(5), '0.00401');
  });

  it('a refusal costs nothing', async () => {
    api.script({ kind: 'status', status: 401, body: '{"message":"no"}' });
    await ask();
    assert.equal(await spending.today(), 0);
  });

  it('it is part of the day too where another chat is shown by then', async () => {
    api.script({ kind: 'answer', text: 'So.', thinkingMs: 50 });
    const asked = ask();
    sessions.show();
    await asked;
    assert.ok((await spending.today()) > 0);
    assert.equal(learned.length, 1);
  });

  it('the most that it can have cost is part of the day where a window took it away, once', async () => {
    api.script({ kind: 'answer', text: 'So it is.', deltas: ['So', ' it is.'], deltaMs: 60_000 });
    const begun = new Promise<void>((resolve) => {
      session.onChange((event) => {
        if (event?.type === 'text') resolve();
      });
    });
    const asked = ask();
    await begun;
    const stored = { ...session.conversation, id: 'stored' };
    await session.stop();
    await asked;
    const before = await spending.today();
    learned = [];
    sessions.show(stored);
    sessions.show();
    sessions.show({ ...stored, id: 'other', turns: [] });
    assert.equal(((await spending.today()) - before).toFixed(5), '0.00401');
    assert.equal(learned.length, 0);
  });

  it('its time is learned', async () => {
    await ask();
    assert.equal(learned.length, 1);
    assert.equal(learned[0]?.status.kind, 'done');
    assert.equal(looked, 0);
  });

  it('a replacement is looked for if the service does not have the model', async () => {
    const error = { message: 'The model `gone` does not exist', code: 'model_not_found' };
    api.script({ kind: 'status', status: 404, body: JSON.stringify({ error }) });
    await ask();
    assert.equal(looked, 1);
  });
});
