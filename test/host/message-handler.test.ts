import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { reduce } from '../../src/core/chat/conversation';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import type { Session } from '../../src/core/chat/session';
import type { ModelSelection } from '../../src/host/models/model-selection';
import type { ChatService } from '../../src/host/chat/chat-service';
import { createQuestionEdits, type QuestionEdits } from '../../src/host/chat/question-edits';
import { createChatPlaceholders, type ChatPlaceholders } from '../../src/core/privacy/secret-placeholders';
import { createCodeTracker } from '../../src/host/editor/tracked-code/code-tracker';
import { createCodeBlockActions, type CodeBlockActions } from '../../src/host/editor/code-block-actions';
import { createMessageHandler, type WebviewMessage } from '../../src/host/views/message-handler';
import type { SendOutcome } from '../../src/protocol/requests';
import type { ToWebviewMessage } from '../../src/protocol/messages';
import { clientServicesOver, stillClock, transportOf } from '../support/wire';
import { recordingLog } from './recording-log';
import { chatAfter, asked, complete, defaultTerms, inMemoryDraft, sent, text } from './builders';

describe('The message handler', () => {
  let sessions: Sessions;
  let session: Session;
  let placeholders: ChatPlaceholders;
  let receive: (request: WebviewMessage) => void;
  let outcome: () => Promise<SendOutcome>;
  let edits: (readonly [string, string])[];
  let replies: ToWebviewMessage[];
  let replied: Promise<void>;
  let questionEdits: QuestionEdits;
  let codeActions: CodeBlockActions;

  beforeEach(() => {
    placeholders = createChatPlaceholders();
    sessions = createSessions({
      ...clientServicesOver(transportOf({ chunks: [] }), stillClock),
      newId: () => crypto.randomUUID(),
    });
    const events = [asked('One?'), sent(), text('**One**'), text('*Uno*', 1), complete];
    sessions.show(chatAfter([...events, asked('Two?'), sent(), complete]));
    session = sessions.shown;
    edits = [];
    replies = [];
    outcome = () => Promise.resolve('accepted');
    const { promise, resolve } = Promise.withResolvers<undefined>();
    replied = promise;
    const unexpected = (): never => assert.fail('unexpected call');
    const chatService: ChatService = {
      sendRequest: unexpected,
      editRequest: (...edit) => {
        edits.push(edit);
        return outcome();
      },
      regenerate: unexpected,
      regenerateAtSuggestedAddress: unexpected,
      continueAnswer: unexpected,
      summarizeTurns: unexpected,
    };
    const draft = inMemoryDraft('a draft');
    codeActions = createCodeBlockActions({ current: undefined }, createCodeTracker(), recordingLog().log);
    const handle = createMessageHandler({
      sessions,
      chatService,
      selectParameterValue: () => Promise.resolve(),
      modelSelection: undefined as unknown as ModelSelection,
      box: undefined as never,
      queue: undefined as never,
      edits: (questionEdits = createQuestionEdits(draft)),
      draft,
      placeholders,
      attachments: undefined as never,
      log: recordingLog().log,
      loadCodeBlockActions: () => Promise.resolve(codeActions),
      loadHistory: unexpected,
      storage: undefined as never,
      onDidChangeBox: unexpected,
    });
    const reply = (message: ToWebviewMessage): void => {
      replies.push(message);
      resolve(undefined);
    };
    receive = (request) => handle(request, reply);
  });

  afterEach(() => {
    codeActions.dispose();
  });

  it('sends an edited question and responds with its outcome', async () => {
    receive({ type: 'resendQuestion', requestId: 1, turnId: 'One?', text: 'Eins?' });
    await replied;
    assert.deepEqual(edits, [['One?', 'Eins?']]);
    assert.deepEqual(replies, [{ type: 'response', requestId: 1, result: 'accepted' }]);
  });

  it('keeps an edit that is empty or cannot be sent', async () => {
    outcome = () => Promise.resolve('rejected');
    receive({ type: 'resendQuestion', requestId: 1, turnId: 'One?', text: ' \n' });
    await replied;
    assert.deepEqual(replies, [{ type: 'response', requestId: 1, result: 'rejected' }]);
    outcome = () => Promise.reject(new Error('no storage'));
    receive({ type: 'resendQuestion', requestId: 2, turnId: 'One?', text: 'Eins?' });
    while (replies.length < 2) await new Promise(setImmediate);
    assert.deepEqual(replies[1], { type: 'requestFailed', requestId: 2 });
  });

  it('keeps the text of an edit until it is sent or discarded', async () => {
    receive({ type: 'editDraft', turnId: 'One?', text: 'Eins' });
    receive({ type: 'editDraft', turnId: 'Two?', text: 'Zwei' });
    receive({ type: 'editDraft', turnId: 'One?', text: 'Eins?' });
    assert.deepEqual(questionEdits.all, [
      { turnId: 'Two?', text: 'Zwei' },
      { turnId: 'One?', text: 'Eins?' },
    ]);
    receive({ type: 'editDraft', turnId: 'Two?' });
    outcome = () => Promise.resolve('cancelled');
    receive({ type: 'resendQuestion', requestId: 1, turnId: 'One?', text: 'Eins?' });
    await replied;
    assert.deepEqual(questionEdits.all, [{ turnId: 'One?', text: 'Eins?' }]);
    outcome = () => Promise.resolve('accepted');
    receive({ type: 'resendQuestion', requestId: 2, turnId: 'One?', text: 'Eins?' });
    while (questionEdits.all.length > 0) await new Promise(setImmediate);
    for (let chat = 0; chat < 100; chat++) receive({ type: 'editDraft', turnId: `${chat}`, text: 'x' });
    assert.equal(questionEdits.all.length, 20);
    assert.equal(questionEdits.all.at(-1)?.turnId, '99');
  });

  it('shows another version', async () => {
    const before = session.conversation.turns;
    const prepared = { kind: 'fail', error: { kind: 'bad-address', problem: 'no-url' } } as const;
    await session.edit('One?', { text: 'Eins?' }, prepared);
    const [edited] = session.conversation.turns;
    assert.ok(edited);
    receive({ type: 'selectVersion', turnId: edited.id, step: -1 });
    const idsOf = (turns: typeof before): readonly string[] => turns.map(({ id }) => id);
    assert.deepEqual(idsOf(session.conversation.turns), idsOf(before));
    receive({ type: 'selectVersion', turnId: 'One?', step: 1 });
    assert.deepEqual(idsOf(session.conversation.turns), [edited.id]);
  });

  it('copies the chosen alternative of an answer as Markdown', async () => {
    receive({ type: 'copyAnswer', turnId: 'One?' });
    await until('**One**');
    receive({ type: 'selectChoice', turnId: 'One?', choice: 1 });
    receive({ type: 'copyAnswer', turnId: 'One?' });
    await until('*Uno*');
    receive({ type: 'copyAnswer', turnId: 'Two?' });
    receive({ type: 'copyAnswer', turnId: 'gone' });
    await new Promise(setImmediate);
    assert.equal(
      await vscode.env.clipboard.readText(),
      '*Uno*',
      'an empty answer does not replace the clipboard',
    );
  });

  it('stores an edited summary with placeholders for secrets, and copies it as it is shown', async () => {
    const answered = chatAfter([asked('One?'), sent(), text('A long answer. '.repeat(9)), complete]);
    const terms = defaultTerms;
    const summarized = [
      { type: 'summaryRequested', summaryId: 's', covers: ['One?'], at: 0, terms } as const,
      { type: 'answer', event: text('Short.'), at: 1 } as const,
      { type: 'answer', event: complete, at: 2 } as const,
    ].reduce(reduce, { ...answered, id: 'other' });
    placeholders.of(summarized.id).add(['hunter2-secret'], []);
    sessions.show(summarized);
    receive({
      type: 'changeSummary',
      summaryId: 's',
      change: { kind: 'edited', text: 'Use hunter2-secret' },
    });
    const [summary] = sessions.shown.conversation.turns[0]?.summaries ?? [];
    assert.equal(summary?.edited, 'Use SECRET_1');
    receive({ type: 'copyAnswer', turnId: 's' });
    await until('Use hunter2-secret');
    receive({ type: 'changeSummary', summaryId: 's', change: { kind: 'undone' } });
    assert.equal(sessions.shown.conversation.turns[0]?.summaries?.[0]?.inUse, false);
  });

  async function until(copied: string): Promise<void> {
    while ((await vscode.env.clipboard.readText()) !== copied) await new Promise(setImmediate);
  }
});
