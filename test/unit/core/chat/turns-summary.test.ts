import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChatEvent } from '../../../../src/core/api';
import {
  emptyConversation,
  reduce,
  type Conversation,
  type ConversationEvent,
} from '../../../../src/core/chat/conversation';
import { canSummarize, turnsToSend } from '../../../../src/core/chat/turns-to-send';
import { createSession } from '../../../../src/core/chat/session';
import type { Turn } from '../../../../src/core/chat/turn';
import type { SummaryChange, TurnsSummary } from '../../../../src/core/chat/turns-summary';
import { toMessages } from '../../../../src/core/prompt/messages';
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
} from '../../../host/builders';
import { clientServicesOver } from '../../../support/wire';

const exchange = (question: string, answer: string) => [asked(question), sent(), text(answer), complete];
const longAnswer = 'A long answer that is worth a summary. '.repeat(10);
/** Three answered questions, whose IDs are their texts. */
const chat = chatAfter([
  ...exchange('One', longAnswer),
  ...exchange('Two', longAnswer),
  ...exchange('Three', 'Short.'),
]);
const shortSummary = [sent(), text('In short.'), finished('stop'), complete];

const after = (conversation: Conversation, ...events: readonly ConversationEvent[]): Conversation =>
  events.reduce(reduce, conversation);

function summarized(
  conversation: Conversation,
  covers: readonly string[],
  events: readonly ChatEvent[] = shortSummary,
  summaryId = `summary of ${covers.join()}`,
): Conversation {
  const answered = events.map((event, index) => ({ type: 'answer', event, at: 51 + index }) as const);
  return after(
    conversation,
    { type: 'summaryRequested', summaryId, covers, at: 50, terms: defaultTerms },
    ...answered,
  );
}

function changed(conversation: Conversation, change: SummaryChange, summaryId = 'summary of One,Two') {
  return after(conversation, { type: 'summaryChanged', summaryId, change, at: 100 });
}

function summariesOf({ turns }: Conversation): readonly TurnsSummary[] {
  return turns.flatMap(({ summaries = [] }) => summaries);
}

/** Applies an action of the user to the turn at this index, and completes the answer. */
function applyStep(conversation: Conversation, kind: string, at: number, id: string): Conversation {
  const turnId = conversation.turns[at]?.id ?? '';
  const summaryId =
    summariesOf(conversation).at(at % Math.max(1, summariesOf(conversation).length))?.id ?? '';
  const covers = conversation.turns.slice(0, at + 1).map((turn) => turn.id);
  const terms = defaultTerms;
  const answered = [text(longAnswer), complete].map((event) => ({ type: 'answer', event, at: 1 }) as const);
  switch (kind) {
    case 'ask':
      return after(
        conversation,
        { type: 'asked', turnId: id, question: { text: id }, at: 0, terms },
        ...answered,
      );
    case 'edit':
      return after(
        conversation,
        { type: 'edited', turnId, newTurnId: id, question: { text: id }, at: 0, terms },
        ...answered,
      );
    case 'retry':
      return after(conversation, { type: 'retried', at: 0, terms }, ...answered);
    case 'back':
      return after(conversation, { type: 'versionSelected', turnId, step: -1 });
    case 'summarize':
      return summarized(conversation, covers, shortSummary, id);
    case 'used':
    case 'undone':
      return changed(conversation, { kind }, summaryId);
    default:
      return conversation;
  }
}

const contents = (turns: readonly Turn[]): readonly string[] =>
  toMessages(turnsToSend(turns), { text: 'Next?' }, '').map(({ content }) => content);
const sentInPlace = ['Summarize our conversation so far.', 'In short.', 'Three', 'Short.', 'Next?'];
const sentAsBefore = ['One', longAnswer, 'Two', longAnswer, 'Three', 'Short.', 'Next?'];

describe('A summary of earlier turns', () => {
  const two = summarized(chat, ['One', 'Two']);

  it('is sent instead of them, followed by the later turns, in an order that every model accepts', () => {
    assert.deepEqual(contents(two.turns), sentInPlace);
    const roles = toMessages(turnsToSend(two.turns), { text: 'Next?' }, '').map(({ role }) => role);
    assert.deepEqual(roles, ['user', 'assistant', 'user', 'assistant', 'user']);
  });

  it('leaves every question and answer in the conversation', () => {
    assert.deepEqual(
      two.turns.map(({ id, question, answers }) => ({ id, question, answers })),
      chat.turns.map(({ id, question, answers }) => ({ id, question, answers })),
    );
  });

  const unusedSummaries: Readonly<Record<string, readonly ChatEvent[]>> = {
    'while it is written': [sent(), text('In sho')],
    'if it was stopped': [sent(), text('In sho'), stopped],
    'if it failed': [sent(), failed({ kind: 'truncated' })],
    'if it was interrupted': [sent(), text('In sho'), failed({ kind: 'truncated' })],
    'if it was cut off by the token limit': [sent(), text('In sho'), finished('length'), complete],
    'if it was cut off by a content filter': [sent(), text('In sho'), finished('content_filter'), complete],
    'if it is empty': [sent(), text(' \n'), finished('stop'), complete],
    'if the model declined': [sent(), { type: 'refusal', index: 0, text: 'No.' }, complete],
    'if it is longer than what it covers': [sent(), text(longAnswer.repeat(3)), finished('stop'), complete],
  };
  for (const [state, events] of Object.entries(unusedSummaries)) {
    it(`is not sent ${state}; the turns are sent instead`, () => {
      assert.deepEqual(contents(summarized(chat, ['One', 'Two'], events).turns), sentAsBefore);
    });
  }

  it('is sent after it was stopped if the user decides to use it', () => {
    const stoppedSummary = summarized(chat, ['One', 'Two'], [sent(), text('In sho'), stopped]);
    assert.equal(contents(changed(stoppedSummary, { kind: 'used' }).turns)[1], 'In sho');
  });

  it('can be undone and used again, and keeps its text', () => {
    const undone = changed(two, { kind: 'undone' });
    assert.deepEqual(contents(undone.turns), sentAsBefore);
    assert.deepEqual(contents(changed(undone, { kind: 'used' }).turns), sentInPlace);
  });

  it('is sent with the text that the user has edited, and keeps the text of the model', () => {
    const edited = changed(two, { kind: 'edited', text: 'My own words.' });
    assert.equal(contents(edited.turns)[1], 'My own words.');
    assert.deepEqual(turnsToSend(edited.turns)[0]?.answers[0].runs, [], 'the edited text has no run');
    assert.equal(summariesOf(edited)[0]?.answer.choices[0]?.text, 'In short.');
  });

  it('is never replaced by an empty text, and never used without a text', () => {
    assert.equal(changed(two, { kind: 'edited', text: ' \n' }), two);
    const empty = summarized(chat, ['One', 'Two'], [sent(), complete]);
    assert.equal(changed(empty, { kind: 'used' }), empty);
    assert.equal(summariesOf(changed(empty, { kind: 'dismissed' }))[0]?.dismissed, true);
    assert.equal(changed(two, { kind: 'dismissed' }), two, 'a summary with text stays visible');
  });

  it('is not changed while an answer is running', () => {
    const running = after(two, { type: 'asked', turnId: 'Four', question: { text: 'Four' }, at: 60 });
    for (const change of [{ kind: 'undone' }, { kind: 'edited', text: 'x' }] as const)
      assert.equal(changed(running, change), running);
  });

  it('is part of a later summary, which also covers its turns', () => {
    const four = summarized(chatAfter(exchange('Four', 'Last.'), two), ['One', 'Two', 'Three']);
    assert.deepEqual(contents(four.turns), [sentInPlace[0], 'In short.', 'Four', 'Last.', 'Next?']);
    const undone = changed(four, { kind: 'undone' }, 'summary of One,Two,Three');
    assert.deepEqual(
      contents(undone.turns).slice(0, 4),
      sentInPlace.slice(0, 4),
      'the earlier summary is sent again',
    );
  });

  it('is compared in length with the earlier summary that it replaces, not with the turns of that summary', () => {
    const middle = [sent(), text('Longer than "In short." and "Three".'), finished('stop'), complete];
    const later = summarized(two, ['One', 'Two', 'Three'], middle);
    assert.equal(summariesOf(later).at(-1)?.inUse, false);
  });

  it('is stored together with its earlier attempts', () => {
    const again = summarized(changed(two, { kind: 'undone' }), ['One', 'Two'], shortSummary, 'another');
    assert.deepEqual(
      summariesOf(again).map(({ id, inUse }) => [id, inUse]),
      [
        ['summary of One,Two', false],
        ['another', true],
      ],
    );
  });

  describe('of a turn that changes', () => {
    it('is sent with the original version of a covered question, but not with the edited one', () => {
      const edited = after(two, {
        type: 'edited',
        turnId: 'Two',
        newTurnId: 'Zwei',
        question: { text: 'Zwei' },
        at: 60,
      });
      assert.deepEqual(contents(edited.turns.slice(0, 1)), ['One', longAnswer, 'Next?']);
      const back = after(
        edited,
        { type: 'answer', event: stopped, at: 61 },
        { type: 'versionSelected', turnId: 'Zwei', step: -1 },
      );
      assert.deepEqual(contents(back.turns), sentInPlace);
    });

    it('is undone if its last answer is requested again or continued, because the answer differs then', () => {
      const all = summarized(chat, ['One', 'Two', 'Three']);
      assert.equal(contents(all.turns).length, 3);
      const again = after(all, { type: 'retried', at: 60 }, { type: 'answer', event: stopped, at: 61 });
      assert.equal(summariesOf(again)[0]?.inUse, false);
      const open = chatAfter([asked('One'), sent(), text(longAnswer), stopped]);
      const continued = after(summarized(open, ['One']), { type: 'continued', at: 60, terms: defaultTerms });
      assert.equal(summariesOf(continued)[0]?.inUse, false);
    });

    it('is undone if another alternative of a covered answer is chosen', () => {
      const both = [asked('One'), sent(), text(longAnswer), text('Other', 1), complete];
      const chosen = (choice: number): Conversation =>
        after(summarized(chatAfter(both), ['One']), { type: 'chosen', turnId: 'One', choice });
      assert.equal(summariesOf(chosen(1))[0]?.inUse, false);
      assert.equal(summariesOf(chosen(0))[0]?.inUse, true);
    });

    it('stays in use if a later answer is requested again', () => {
      const again = after(two, { type: 'retried', at: 60 }, { type: 'answer', event: stopped, at: 61 });
      assert.equal(summariesOf(again)[0]?.inUse, true);
    });
  });

  it('does not hide a turn that another window has added between the covered ones', () => {
    const [one, ...others] = two.turns;
    const [added] = chatAfter(exchange('Between', 'Also.')).turns;
    assert.ok(one && added);
    const sentNow = contents([one, added, ...others]);
    assert.deepEqual(sentNow, [sentInPlace[0], 'In short.', 'Between', 'Also.', 'Three', 'Short.', 'Next?']);
  });

  it('is not sent if a turn that it covers is missing', () => {
    assert.deepEqual(contents(two.turns.slice(1)), sentAsBefore.slice(2));
  });

  it('is not sent if a stored file states that it covers nothing or a later turn', () => {
    for (const covers of [[], ['One'], ['Two', 'Three']]) {
      const turns = two.turns.map((turn) => ({
        ...turn,
        ...(turn.summaries && { summaries: turn.summaries.map((summary) => ({ ...summary, covers })) }),
      }));
      assert.deepEqual(contents(turns), sentAsBefore, covers.join());
    }
  });

  it('covers every turn that is not sent, after any sequence of actions', () => {
    const kinds = ['ask', 'ask', 'summarize', 'used', 'undone', 'edit', 'back', 'retry'] as const;
    const anyStep = fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(5) });
    let sentSummaries = 0;
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
        const { turns } = steps.reduce(
          (conversation, { kind, at }, index) => applyStep(conversation, kind, at, `q${index}`),
          emptyConversation('c'),
        );
        const sentNow = turnsToSend(turns);
        const [first] = sentNow;
        const used = summariesOf({ id: 'c', turns }).find(({ id }) => id === first?.id);
        if (used) sentSummaries++;
        for (const turn of turns)
          assert.ok(sentNow.includes(turn) || used?.covers.includes(turn.id), `${turn.id} is not sent`);
      }),
      { numRuns: 500 },
    );
    assert.ok(sentSummaries > 50, `${sentSummaries} summaries are sent`);
  });

  it('is offered only if there is an answer that is not summarized', () => {
    const counts = [chat, two, summarized(chat, ['One', 'Two', 'Three'])].map(({ turns }) =>
      canSummarize(turns),
    );
    assert.deepEqual(counts, [true, true, false]);
    assert.equal(canSummarize(chatAfter([asked('One'), failed({ kind: 'truncated' })]).turns), false);
  });

  it('is interrupted if its window was closed, which is reported as the state of the last request', () => {
    const open = summarized(chat, ['One', 'Two'], [sent(), text('In sho')]);
    const session = createSession({ ...clientServicesOver(() => assert.fail()), newId: () => 'n' }, open);
    assert.equal(session.running, false);
    assert.deepEqual(session.requested?.status, { kind: 'incomplete', error: { kind: 'interrupted' } });
    assert.equal(session.requested, summariesOf(session.conversation)[0]?.answer);
  });
});
