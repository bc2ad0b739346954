import assert from 'node:assert/strict';
import type { ChatEvent } from '../../src/core/api';
import { reduce, type Conversation, type ConversationEvent } from '../../src/core/chat/conversation';
import type { SummaryChange } from '../../src/core/chat/turns-summary';
import { createWebviewSync } from '../../src/host/views/webview-sync';
import type { SummaryView, ToWebviewMessage } from '../../src/protocol/messages';
import { manualClock } from '../support/wire';
import {
  asked,
  chatAfter,
  complete,
  failed,
  finished,
  sent,
  defaultTerms,
  stopped,
  text,
  turn,
} from './builders';
import { turnsAfter } from './apply-messages';
import { webviewSyncServices } from './webview-sync-services';

type Posted = Extract<ToWebviewMessage, { type: 'snapshot' | 'changes' }>;

const longText = 'A long answer that is worth a summary. '.repeat(10);
const chat: Conversation = { id: 'c', turns: [turn('One?', longText), turn('Two?', 'Short.')] };
const requested: ConversationEvent = {
  type: 'summaryRequested',
  summaryId: 's',
  covers: ['One?'],
  at: 0,
  terms: defaultTerms,
};
const changed = (change: SummaryChange): ConversationEvent => ({
  type: 'summaryChanged',
  summaryId: 's',
  change,
  at: 9,
});

/** The summary that a webview shows after these events, with a frame between them. */
function shownSummary(events: readonly (ConversationEvent | ChatEvent)[]): SummaryView | undefined {
  const clock = manualClock();
  let conversation = chat;
  const posted: Posted[] = [];
  const sync = createWebviewSync(
    webviewSyncServices(() => conversation, clock),
    (message) => void posted.push(message as Posted),
  );
  sync.postSnapshot();
  for (const event of [requested, ...events]) {
    const isOwn = event.type === 'summaryRequested' || event.type === 'summaryChanged';
    conversation = reduce(
      conversation,
      (isOwn ? event : { type: 'answer', event, at: 1 }) as ConversationEvent,
    );
    sync.conversationChanged();
    clock.advance(100);
  }
  const [first] = turnsAfter(posted);
  const snapshot: Posted[] = [];
  const fresh = createWebviewSync(
    webviewSyncServices(() => conversation, clock),
    (message) => void snapshot.push(message as Posted),
  );
  fresh.postSnapshot();
  const withoutTimes = (view: unknown): string => JSON.stringify(view).replace(/"elapsed":\d+/, '');
  assert.equal(withoutTimes(first), withoutTimes(turnsAfter(snapshot)[0]), 'a snapshot shows the same');
  return first?.summary;
}

const statusOf = (view: SummaryView | undefined): string => JSON.stringify(view?.answer.status);
const answeredEvents = [sent(), text('In '), text('short.'), finished('stop'), complete];

describe('A summary in a webview', () => {
  it('grows while it is written, and is used once it is complete', () => {
    const growing = shownSummary([sent(), text('In '), text('sho')]);
    assert.deepEqual([growing?.answer.choices[0]?.text, growing?.inUse], ['In sho', false]);
    const ended = shownSummary(answeredEvents);
    assert.deepEqual([ended?.id, ended?.questions, ended?.inUse], ['s', 1, true]);
    assert.deepEqual(ended?.answer.status, { kind: 'done' });
    assert.equal(ended.answer.choices[0]?.text, 'In short.');
  });

  it('shows the edits of the user, and whether it is used', () => {
    const edited = shownSummary([...answeredEvents, changed({ kind: 'edited', text: 'My words.' })]);
    assert.deepEqual([edited?.answer.choices[0]?.text, edited?.inUse], ['My words.', true]);
    const undone = shownSummary([...answeredEvents, changed({ kind: 'undone' })]);
    assert.equal(undone?.inUse, false);
    assert.deepEqual(undone.answer.status, { kind: 'done' }, 'the user undid it and needs no explanation');
  });

  const reasons: readonly (readonly [string, readonly ChatEvent[], RegExp])[] = [
    ['was stopped', [sent(), text('In sho'), stopped], /"stopped".*summary is incomplete.*sent as before/],
    ['was cut off', [sent(), text('In sho'), finished('length'), complete], /summary is incomplete/],
    ['is empty', [sent(), finished('stop'), complete], /returned no summary.*sent as before/],
    [
      'is too long',
      [sent(), text(longText), finished('stop'), complete],
      /longer than the questions and answers/,
    ],
  ];
  for (const [state, events, message] of reasons) {
    it(`that ${state} explains why it is not used, and offers a retry`, () => {
      const view = shownSummary(events);
      assert.equal(view?.inUse, false);
      assert.match(statusOf(view), message);
      assert.match(statusOf(view), /"action":"summarizeTurns","label":"Retry"/);
    });
  }

  it('has no error button that would affect the last answer', () => {
    const notFound = failed({
      kind: 'model-not-found',
      status: 404,
      message: 'gone',
      model: 'x',
      replacedBy: 'y',
    });
    const view = shownSummary([sent(), notFound]);
    const status = view?.answer.status;
    assert.ok(status?.kind === 'failed');
    assert.deepEqual(
      status.errorCard.buttons.map(({ action }) => action),
      ['summarizeTurns', 'selectModel', 'openSettings', 'showLog'],
    );
    assert.equal(shownSummary([sent(), notFound, changed({ kind: 'dismissed' })]), undefined);
  });

  it('is offered by the error of a question that is too long, if there are earlier turns to summarize', () => {
    const tooLong = failed({ kind: 'context-too-long', status: 400, message: 'too long', limit: 4096 });
    const actionsOf = (before: Conversation): readonly string[] => {
      const conversation = chatAfter([asked('Next?'), sent(), tooLong], before);
      const posted: Posted[] = [];
      const services = webviewSyncServices(() => conversation, manualClock());
      createWebviewSync(services, (message) => void posted.push(message as Posted)).postSnapshot();
      const status = turnsAfter(posted).at(-1)?.answer.status;
      assert.ok(status?.kind === 'failed');
      return status.errorCard.buttons.map(({ action }) => action);
    };
    assert.deepEqual(actionsOf(chat).slice(0, 2), ['retryShorter', 'summarizeTurns']);
    assert.ok(!actionsOf({ id: 'c', turns: [] }).includes('summarizeTurns'));
  });
});
