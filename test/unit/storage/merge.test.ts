import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reduce, type Conversation, type ConversationEvent } from '../../../src/core/chat/conversation';
import { mergeConversations } from '../../../src/core/chat/merge';
import { allTurns } from '../../../src/core/chat/turn';
import { mergeStored } from '../../../src/core/chat/stored-chat';
import { recordFigure, runs } from '../../support/promises';
import { chat, idsOf, openWindow, scratchFolder, turn } from './store-fixture';

type Change = (conversation: Conversation) => Conversation;

/** What a user does in one window; turns are chosen by their place. */
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('ask' as const), text: fc.string({ maxLength: 5 }) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('edit' as const), at: fc.nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('turn' as const),
      at: fc.nat(4),
      step: fc.constantFrom(1 as const, -1 as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'retry' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('rename' as const), title: fc.string({ maxLength: 5 }) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('pin' as const), pinned: fc.boolean() }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** Applies actions with names and times that no other window has. */
function actor(name: string, startAt: number): (conversation: Conversation, action: Action) => Conversation {
  let count = 0;
  return (conversation, its) => {
    const id = `${name}${++count}`;
    const at = startAt + count * 10;
    const turnId =
      'at' in its ? (conversation.turns[its.at % Math.max(1, conversation.turns.length)]?.id ?? '') : '';
    const apply = (event: ConversationEvent): Conversation => reduce(conversation, event);
    const end: Change = (running) =>
      reduce(reduce(running, { type: 'answer', event: { type: 'text', index: 0, text: `${id}!` }, at }), {
        type: 'answer',
        event: { type: 'ended', outcome: { kind: 'complete' } },
        at: at + 1,
      });
    const terms = { origin: 'o', model: 'm', limit: 1, n: 1, promptTokens: 1 };
    switch (its.type) {
      case 'ask':
        return end(apply({ type: 'asked', turnId: id, question: { text: its.text }, at, terms }));
      case 'edit':
        return end(apply({ type: 'edited', turnId, newTurnId: id, question: { text: id }, at, terms }));
      case 'retry':
        return end(apply({ type: 'retried', at, terms }));
      case 'turn':
        return apply({ type: 'versionSelected', turnId, step: its.step });
      case 'rename':
        return apply({ type: 'renamed', title: its.title });
      case 'pin':
        return apply({ type: 'pinned', pinned: its.pinned });
    }
  };
}

/** Everything that a user has paid for or typed: questions by their ids, and the texts of their answers. */
function contents({ turns }: Conversation): ReadonlySet<string> {
  const all = new Set<string>();
  for (const { id, question, answers } of allTurns(turns)) {
    all.add(`${id}: ${question.text}`);
    for (const { choices } of answers) for (const { text } of choices) all.add(`${id} answered ${text}`);
  }
  return all;
}

const actions = fc.array(action, { maxLength: 6 });
const base = fc
  .array(action, { maxLength: 5 })
  .map((its) => its.reduce(actor('base', 0), chat('c', turn('t0', 1))));

describe('R8 The same chat open in two windows merges by turns', () => {
  it('loses nothing of either, whatever both did, and gives the same in either order', () => {
    let merges = 0;
    fc.assert(
      fc.property(base, actions, actions, (common, first, second) => {
        const ours = first.reduce(actor('a', 1000), common);
        const theirs = second.reduce(actor('b', 1005), common);
        const merged = mergeConversations(common, ours, theirs);
        const expected = new Set([...contents(ours), ...contents(theirs)]);
        assert.deepEqual([...contents(merged)].sort(), [...expected].sort());
        const other = mergeConversations(common, theirs, ours);
        assert.deepEqual([...contents(other)].sort(), [...contents(merged)].sort());
        merges++;
      }),
      { numRuns: runs(300, 5000) },
    );
    recordFigure('R8', `${merges} random merges of two windows, 0 turns lost`);
  });

  it('is the same again when it is merged with what it came from', () => {
    fc.assert(
      fc.property(base, actions, actions, (common, first, second) => {
        const ours = first.reduce(actor('a', 1000), common);
        const theirs = second.reduce(actor('b', 1005), common);
        const merged = mergeConversations(common, ours, theirs);
        assert.deepEqual(mergeConversations(ours, ours, merged), merged);
        assert.deepEqual(contents(mergeConversations(theirs, merged, theirs)), contents(merged));
        assert.equal(mergeConversations(merged, merged, merged), merged);
      }),
      { numRuns: runs(200, 2000) },
    );
  });

  it('needs no common beginning to lose nothing', () => {
    fc.assert(
      fc.property(base, actions, actions, (common, first, second) => {
        const ours = first.reduce(actor('a', 1000), common);
        const theirs = second.reduce(actor('b', 1005), common);
        const merged = mergeConversations(undefined, ours, theirs);
        for (const content of [...contents(ours), ...contents(theirs)])
          assert.ok(contents(merged).has(content));
      }),
      { numRuns: runs(200, 2000) },
    );
  });

  it('puts questions that both asked in the order in which they were asked', () => {
    const common = chat('c', turn('t', 1));
    const ours = chat('c', turn('t', 1), turn('a', 10), turn('c', 30));
    const theirs = chat('c', turn('t', 1), turn('b', 20));
    assert.deepEqual(idsOf(mergeConversations(common, ours, theirs)), ['t', 'a', 'b', 'c']);
  });

  it('takes a title, a pin or a version that only the other has changed', () => {
    const common = { ...chat('c', turn('t', 1)), title: 'Old' };
    const renamed = reduce(reduce(common, { type: 'renamed', title: 'New' }), {
      type: 'pinned',
      pinned: true,
    });
    assert.deepEqual(mergeConversations(common, common, renamed), renamed);
    assert.deepEqual(mergeConversations(common, renamed, common), renamed);
    const untitled = reduce(common, { type: 'renamed', title: '' });
    assert.equal(mergeConversations(common, common, untitled).title, undefined);
  });

  it('keeps both answers where both windows have continued one', () => {
    const cut = (text: string, run?: number) => {
      const whole = turn('t', 1, text);
      const [answer] = whole.answers;
      const runsOf = run === undefined ? answer.runs : [...answer.runs, { ...answer.runs[0], askedAt: run }];
      return {
        ...whole,
        answers: [{ ...answer, status: { kind: 'stopped' }, runs: runsOf }],
      } as typeof whole;
    };
    const common = chat('c', cut('One'));
    const merged = mergeConversations(
      common,
      chat('c', cut('One, two', 10)),
      chat('c', cut('One, 2, 3', 20)),
    );
    const texts = merged.turns[0]?.answers.map(({ choices }) => choices[0]?.text);
    assert.deepEqual(texts?.toSorted(), ['One, 2, 3', 'One, two']);
    const again = mergeConversations(common, chat('c', cut('One, two', 10)), merged);
    assert.equal(again.turns[0]?.answers.length, 2, 'not once more for each time');
  });

  it('prefers the answer that goes on to one that was taken for lost', () => {
    const common = chat('c', {
      ...turn('t', 1, 'Be'),
      answers: [{ ...turn('t', 1, 'Be').answers[0], status: { kind: 'answering', since: 1 } }],
    });
    const lost = reduce(common, { type: 'restored', at: 5 });
    const going = reduce(common, { type: 'answer', event: { type: 'text', index: 0, text: 'cause' }, at: 5 });
    for (const merged of [mergeConversations(common, lost, going), mergeConversations(common, going, lost)])
      assert.deepEqual(merged.turns[0]?.answers[0].choices[0]?.text, 'Because');
  });

  it('keeps a chat that one side deleted and the other has gone on with', () => {
    const conversation = chat('c', turn('t', 1));
    const more = chat('c', turn('t', 1), turn('u', 2));
    const common = { conversation };
    assert.equal(
      mergeStored(common, { conversation: more }, { conversation, deletedAt: 5 }).deletedAt,
      undefined,
    );
    assert.equal(
      mergeStored(common, { conversation, deletedAt: 5 }, { conversation: more }).deletedAt,
      undefined,
    );
    assert.equal(mergeStored(common, { conversation }, { conversation, deletedAt: 5 }).deletedAt, 5);
    assert.equal(mergeStored(common, { conversation, deletedAt: 5 }, { conversation }).deletedAt, 5);
  });

  it('brings two open windows to the same state, in which each sees what the other has asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), action), { minLength: 1, maxLength: 10 }),
        async (steps) => {
          const path = scratchFolder();
          const [first, second] = [openWindow(path), openWindow(path)];
          const windows = [
            { ...first, act: actor('a', 1000) },
            { ...second, act: actor('b', 1005) },
          ];
          first.change(chat('c', turn('t0', 1)));
          await first.settle();
          const opened = await second.store.read('c');
          assert.ok(opened);
          second.shown.set('c', opened.conversation);
          for (const [isSecond, its] of steps) {
            const window = windows[isSecond ? 1 : 0];
            const shown = window?.shown.get('c');
            assert.ok(window && shown);
            window.change(window.act(shown, its));
          }
          for (let round = 0; round < 3; round++)
            for (const window of windows) {
              await window.settle();
              await window.store.sync('c');
            }
          assert.deepEqual(first.shown.get('c'), second.shown.get('c'));
          assert.deepEqual((await openWindow(path).store.read('c'))?.conversation, first.shown.get('c'));
        },
      ),
      { numRuns: runs(25, 300) },
    );
  });
});
