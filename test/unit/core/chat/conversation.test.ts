import assert from 'node:assert/strict';
import type { ChatEvent } from '../../../../src/core/api';
import { shownChoice, type Answer } from '../../../../src/core/chat/answer';
import {
  currentAnswer,
  emptyConversation,
  lastTurn,
  reduce,
  type Conversation,
  type ConversationEvent,
} from '../../../../src/core/chat/conversation';

const asked: ConversationEvent = { type: 'asked', turnId: 't1', question: { text: 'Why?' }, at: 10 };

function after(events: readonly (ConversationEvent | ChatEvent)[]): Conversation {
  return events
    .map((event): ConversationEvent =>
      isConversationEvent(event) ? event : { type: 'answer', event, at: 20 },
    )
    .reduce(reduce, emptyConversation('c'));
}

function isConversationEvent(event: ConversationEvent | ChatEvent): event is ConversationEvent {
  return ['asked', 'retried', 'restored', 'answer'].includes(event.type);
}

function answerAfter(events: readonly (ConversationEvent | ChatEvent)[]): Answer {
  const turn = lastTurn(after([asked, ...events]));
  assert.ok(turn);
  return currentAnswer(turn);
}

const textEvent = (text: string, index = 0): ChatEvent => ({ type: 'text', index, text });
const truncated: ChatEvent = { type: 'ended', outcome: { kind: 'failed', error: { kind: 'truncated' } } };

describe('A conversation', () => {
  it('waits, thinks, answers and is done', () => {
    const events: ChatEvent[] = [
      { type: 'sent', requestIndex: 0, seed: null },
      textEvent('Be'),
      { type: 'ended', outcome: { kind: 'complete' } },
    ];
    const kinds = [0, 1, 2, 3].map((count) => answerAfter(events.slice(0, count)).status.kind);
    assert.deepEqual(kinds, ['waiting', 'thinking', 'answering', 'done']);
  });

  it('keeps the text before a failure and is incomplete', () => {
    const answer = answerAfter([textEvent('Half'), truncated]);
    assert.equal(shownChoice(answer).text, 'Half');
    assert.deepEqual(answer.status, { kind: 'incomplete', error: { kind: 'truncated' } });
  });

  it('has failed if there was no text before the failure', () => {
    assert.deepEqual(answerAfter([truncated]).status, { kind: 'failed', error: { kind: 'truncated' } });
  });

  it('keeps the text before a stop', () => {
    const answer = answerAfter([textEvent('Half'), { type: 'ended', outcome: { kind: 'stopped' } }]);
    assert.deepEqual([answer.status, shownChoice(answer).text], [{ kind: 'stopped' }, 'Half']);
  });

  it('ignores further events of an ended answer', () => {
    assert.equal(shownChoice(answerAfter([textEvent('A'), truncated, textEvent('B')])).text, 'A');
  });

  it('keeps an earlier answer when its question is sent again', () => {
    const { turns } = after([
      asked,
      textEvent('First'),
      truncated,
      { type: 'retried', at: 30 },
      textEvent('Second'),
    ]);
    assert.deepEqual(
      turns[0]?.answers.map((answer) => shownChoice(answer).text),
      ['First', 'Second'],
    );
  });

  it('shows the first choice, whichever comes first', () => {
    assert.equal(shownChoice(answerAfter([textEvent('second', 1), textEvent('first', 0)])).text, 'first');
  });

  it('marks an answer that a reload cut off as interrupted', () => {
    const answer = answerAfter([textEvent('Half'), { type: 'restored', at: 40 }]);
    assert.deepEqual(answer.status, { kind: 'incomplete', error: { kind: 'interrupted' } });
    assert.equal(shownChoice(answer).text, 'Half');
  });

  it('is not changed by a reload if nothing was running', () => {
    const done = after([asked, textEvent('All'), { type: 'ended', outcome: { kind: 'complete' } }]);
    assert.equal(lastTurn(reduce(done, { type: 'restored', at: 40 })), lastTurn(done));
  });
});
