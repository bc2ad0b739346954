import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  emptyConversation,
  reduce,
  type Conversation,
  type ConversationEvent,
} from '../../../src/core/chat/conversation';
import { shownVersion } from '../../../src/core/chat/turn';

const done: ConversationEvent = {
  type: 'answer',
  at: 0,
  event: { type: 'ended', outcome: { kind: 'stopped' } },
};

function after(events: readonly ConversationEvent[], chat = emptyConversation('chat')): Conversation {
  return events.reduce(reduce, chat);
}

function asked(text: string): readonly ConversationEvent[] {
  return [{ type: 'asked', turnId: text, question: { text }, at: 0 }, done];
}

function edited(turnId: string, text: string): readonly ConversationEvent[] {
  return [{ type: 'edited', turnId, newTurnId: text, question: { text }, at: 0 }, done];
}

function turned(turnId: string, step: 1 | -1): ConversationEvent {
  return { type: 'versionSelected', turnId, step };
}

function shown({ turns }: Conversation): readonly string[] {
  return turns.map(({ id }) => id);
}

/** Every turn there is, in whatever version. */
function all(turns: Conversation['turns']): readonly string[] {
  return turns.flatMap(({ id, versions }) => [
    id,
    ...(versions ? [...versions.before, ...versions.after].flatMap(all) : []),
  ]);
}

describe('An edited question', () => {
  const chat = after([...asked('a'), ...asked('b'), ...asked('c'), ...edited('b', 'B')]);

  it('replaces the earlier version after the same turns, with no turns after it yet', () => {
    assert.deepEqual(shown(chat), ['a', 'B']);
  });

  it('keeps its earlier version with all turns after that', () => {
    assert.deepEqual(shown(after([turned('B', -1)], chat)), ['a', 'b', 'c']);
    assert.deepEqual(shown(after([turned('B', -1), turned('b', 1)], chat)), ['a', 'B']);
  });

  it('numbers its versions in the order in which they were sent', () => {
    const third = after([turned('B', -1), ...edited('b', 'β')], chat);
    const numbers = [third, after([turned('β', -1)], third)].map(
      ({ turns }) => turns[1] && shownVersion(turns[1]),
    );
    assert.deepEqual(numbers, [
      { number: 3, of: 3 },
      { number: 2, of: 3 },
    ]);
    assert.deepEqual(shown(after([turned('β', -1)], third)), ['a', 'B']);
  });

  it('has no version before the first or after the last', () => {
    assert.equal(after([turned('B', 1)], chat), chat);
    const first = after([turned('B', -1)], chat);
    assert.equal(after([turned('b', -1)], first), first);
  });

  it('is not switched while an answer is running', () => {
    const running = after([...edited('B', 'C').slice(0, 1)], chat);
    assert.equal(after([turned('C', -1)], running), running);
    assert.equal(after(edited('a', 'A').slice(0, 1), running), running);
  });

  it('loses nothing in any sequence of questions, edits and version changes', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('ask' as const) }),
      fc.record({
        kind: fc.constantFrom('edit' as const, 'before' as const, 'after' as const),
        at: fc.nat(5),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let made = 0;
        const end = steps.reduce((now, wish) => {
          if (wish.kind === 'ask') return after(asked(`q${made++}`), now);
          const turn = now.turns[wish.at];
          if (!turn) return now;
          if (wish.kind === 'edit') return after(edited(turn.id, `q${made++}`), now);
          return after([turned(turn.id, wish.kind === 'before' ? -1 : 1)], now);
        }, emptyConversation('chat'));
        const kept = [...all(end.turns)].sort();
        assert.deepEqual(kept, Array.from({ length: made }, (_, index) => `q${index}`).sort());
      }),
    );
  });
});
