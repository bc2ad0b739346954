import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createSessions } from '../../src/core/chat/sessions';
import type { Session } from '../../src/core/chat/session';
import type { ModelSelection } from '../../src/host/models/model-selection';
import type { ChatService } from '../../src/host/chat/chat-service';
import { createQuestionEdits, type QuestionEdits } from '../../src/host/chat/question-edits';
import { createChatPlaceholders } from '../../src/core/privacy/secret-placeholders';
import { createCodeActions, type CodeActions } from '../../src/host/editor/code-actions';
import { createMessageHandler, type WebviewMessage } from '../../src/host/views/message-handler';
import type { SendOutcome } from '../../src/protocol/requests';
import type { ToWebviewMessage } from '../../src/protocol/messages';
import { portsOver, stillClock, transportOf } from '../support/wire';
import { listeningLog } from './listening-log';
import { chatAfter, asked, complete, sent, text, unkeptDraft } from './builders';

describe('What the panel asks for', () => {
  let session: Session;
  let receive: (request: WebviewMessage) => void;
  let outcome: () => Promise<SendOutcome>;
  let edits: (readonly [string, string])[];
  let told: ToWebviewMessage[];
  let settled: Promise<void>;
  let open: QuestionEdits;
  let created: CodeActions;

  beforeEach(() => {
    const sessions = createSessions({
      ...portsOver(transportOf({ chunks: [] }), stillClock),
      newId: () => crypto.randomUUID(),
    });
    const events = [asked('One?'), sent(), text('**One**'), text('*Uno*', 1), complete];
    sessions.show(chatAfter([...events, asked('Two?'), sent(), complete]));
    session = sessions.shown;
    [edits, told, outcome] = [[], [], () => Promise.resolve('accepted')];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    settled = promise;
    const never = (): never => assert.fail('not asked for');
    const chatService: ChatService = {
      sendRequest: never,
      editRequest: (...edit) => {
        edits.push(edit);
        return outcome();
      },
      regenerate: never,
      regenerateAtSuggestedAddress: never,
      continueAnswer: never,
    };
    const draft = unkeptDraft('a draft');
    const codeActions = createCodeActions({ current: undefined }, listeningLog().log);
    created = codeActions;
    const handle = createMessageHandler({
      sessions,
      chatService,
      modelSelection: undefined as unknown as ModelSelection,
      box: undefined as never,
      edits: (open = createQuestionEdits(draft)),
      draft,
      placeholders: createChatPlaceholders(),
      attachments: undefined as never,
      log: listeningLog().log,
      loadCodeActions: () => Promise.resolve(codeActions),
      loadHistory: never,
      storage: undefined as never,
      onDidChangeBox: never,
    });
    const reply = (message: ToWebviewMessage): void => {
      told.push(message);
      resolve(undefined);
    };
    receive = (request) => handle(request, reply);
  });

  afterEach(() => {
    created.dispose();
  });

  it('is an edit, whose outcome is told under its name', async () => {
    receive({ type: 'resendQuestion', requestId: 1, turnId: 'One?', text: 'Eins?' });
    await settled;
    assert.deepEqual(edits, [['One?', 'Eins?']]);
    assert.deepEqual(told, [{ type: 'response', requestId: 1, result: 'accepted' }]);
  });

  it('is an edit that is kept where nothing is written, or where the asking fails', async () => {
    outcome = () => Promise.resolve('rejected');
    receive({ type: 'resendQuestion', requestId: 1, turnId: 'One?', text: ' \n' });
    await settled;
    assert.deepEqual(told, [{ type: 'response', requestId: 1, result: 'rejected' }]);
    outcome = () => Promise.reject(new Error('no storage'));
    receive({ type: 'resendQuestion', requestId: 2, turnId: 'One?', text: 'Eins?' });
    while (told.length < 2) await new Promise(setImmediate);
    assert.deepEqual(told[1], { type: 'requestFailed', requestId: 2 });
  });

  it('is kept of an edit until that is taken, or over', async () => {
    receive({ type: 'editDraft', turnId: 'One?', text: 'Eins' });
    receive({ type: 'editDraft', turnId: 'Two?', text: 'Zwei' });
    receive({ type: 'editDraft', turnId: 'One?', text: 'Eins?' });
    assert.deepEqual(open.all, [
      { turnId: 'Two?', text: 'Zwei' },
      { turnId: 'One?', text: 'Eins?' },
    ]);
    receive({ type: 'editDraft', turnId: 'Two?' });
    outcome = () => Promise.resolve('cancelled');
    receive({ type: 'resendQuestion', requestId: 1, turnId: 'One?', text: 'Eins?' });
    await settled;
    assert.deepEqual(open.all, [{ turnId: 'One?', text: 'Eins?' }]);
    outcome = () => Promise.resolve('accepted');
    receive({ type: 'resendQuestion', requestId: 2, turnId: 'One?', text: 'Eins?' });
    while (open.all.length > 0) await new Promise(setImmediate);
    for (let chat = 0; chat < 100; chat++) receive({ type: 'editDraft', turnId: `${chat}`, text: 'x' });
    assert.equal(open.all.length, 20);
    assert.equal(open.all.at(-1)?.turnId, '99');
  });

  it('is another version, which is shown', async () => {
    const before = session.conversation.turns;
    const prepared = { kind: 'fail', error: { kind: 'bad-address', problem: 'no-url' } } as const;
    await session.edit('One?', { text: 'Eins?' }, prepared);
    const [edited] = session.conversation.turns;
    assert.ok(edited);
    receive({ type: 'selectVersion', turnId: edited.id, step: -1 });
    const names = (turns: typeof before): readonly string[] => turns.map(({ id }) => id);
    assert.deepEqual(names(session.conversation.turns), names(before));
    receive({ type: 'selectVersion', turnId: 'One?', step: 1 });
    assert.deepEqual(names(session.conversation.turns), [edited.id]);
  });

  it('is an answer, copied as the Markdown of the alternative that is chosen', async () => {
    receive({ type: 'copyAnswer', turnId: 'One?' });
    await until('**One**');
    receive({ type: 'selectChoice', turnId: 'One?', choice: 1 });
    receive({ type: 'copyAnswer', turnId: 'One?' });
    await until('*Uno*');
    receive({ type: 'copyAnswer', turnId: 'Two?' });
    receive({ type: 'copyAnswer', turnId: 'gone' });
    await new Promise(setImmediate);
    assert.equal(await vscode.env.clipboard.readText(), '*Uno*', 'an empty answer takes nothing away');
  });

  async function until(copied: string): Promise<void> {
    while ((await vscode.env.clipboard.readText()) !== copied) await new Promise(setImmediate);
  }
});
