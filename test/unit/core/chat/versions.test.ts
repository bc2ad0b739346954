import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  emptyConversation,
  reduce,
  type Conversation,
  type ConversationEvent,
} from '../../../../src/core/chat/conversation';
import { shownVersion } from '../../../../src/core/chat/turn';

const stopped: ConversationEvent = {
  type: 'answer',
  at: 0,
  event: { type: 'ended', outcome: { kind: 'stopped' } },
};

function after(events: readonly ConversationEvent[], chat = emptyConversation('chat')): Conversation {
  return events.reduce(reduce, chat);
}

function asked(text: string): readonly ConversationEvent[] {
  return [{ type: 'asked', turnId: text, question: { text }, at: 0 }, stopped];
}

function edited(turnId: string, text: string): readonly ConversationEvent[] {
  return [{ type: 'edited', turnId, newTurnId: text, question: { text }, at: 0 }, stopped];
}

function selectVersion(turnId: string, step: 1 | -1): ConversationEvent {
  return { type: 'versionSelected', turnId, step };
}

function shownIds({ turns }: Conversation): readonly string[] {
  return turns.map(({ id }) => id);
}

/** The IDs of all turns in all versions. */
function allIds(turns: Conversation['turns']): readonly string[] {
  return turns.flatMap(({ id, versions }) => [
    id,
    ...(versions ? [...versions.before, ...versions.after].flatMap(allIds) : []),
  ]);
}

describe('An edited question', () => {
  const chat = after([...asked('a'), ...asked('b'), ...asked('c'), ...edited('b', 'B')]);

  it('replaces the earlier version after the same turns, without turns after it', () => {
    assert.deepEqual(shownIds(chat), ['a', 'B']);
  });

  it('keeps its earlier version with all turns after it', () => {
    assert.deepEqual(shownIds(after([selectVersion('B', -1)], chat)), ['a', 'b', 'c']);
    assert.deepEqual(shownIds(after([selectVersion('B', -1), selectVersion('b', 1)], chat)), ['a', 'B']);
  });

  it('numbers its versions in the order in which they were sent', () => {
    const third = after([selectVersion('B', -1), ...edited('b', 'β')], chat);
    const numbers = [third, after([selectVersion('β', -1)], third)].map(
      ({ turns }) => turns[1] && shownVersion(turns[1]),
    );
    assert.deepEqual(numbers, [
      { number: 3, total: 3 },
      { number: 2, total: 3 },
    ]);
    assert.deepEqual(shownIds(after([selectVersion('β', -1)], third)), ['a', 'B']);
  });

  it('has no version before the first or after the last', () => {
    assert.equal(after([selectVersion('B', 1)], chat), chat);
    const first = after([selectVersion('B', -1)], chat);
    assert.equal(after([selectVersion('b', -1)], first), first);
  });

  it('is not switched while an answer is running', () => {
    const running = after([...edited('B', 'C').slice(0, 1)], chat);
    assert.equal(after([selectVersion('C', -1)], running), running);
    assert.equal(after(edited('a', 'A').slice(0, 1), running), running);
  });

  it('is not lost in any sequence of questions, edits and version changes', () => {
    const anyStep = fc.oneof(
      fc.record({ kind: fc.constant('ask' as const) }),
      fc.record({
        kind: fc.constantFrom('edit' as const, 'before' as const, 'after' as const),
        at: fc.nat(5),
      }),
    );
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
        let questionCount = 0;
        const end = steps.reduce((conversation, step) => {
          if (step.kind === 'ask') return after(asked(`q${questionCount++}`), conversation);
          const turn = conversation.turns[step.at];
          if (!turn) return conversation;
          if (step.kind === 'edit') return after(edited(turn.id, `q${questionCount++}`), conversation);
          return after([selectVersion(turn.id, step.kind === 'before' ? -1 : 1)], conversation);
        }, emptyConversation('chat'));
        const ids = [...allIds(end.turns)].sort();
        assert.deepEqual(ids, Array.from({ length: questionCount }, (_, index) => `q${index}`).sort());
      }),
    );
  });
});
