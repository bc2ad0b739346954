import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reduce, type Conversation } from '../../../src/core/chat/conversation';
import { mergeConversations } from '../../../src/core/chat/merge/merge-conversations';
import { ENUM_PARAMETERS } from '../../../src/core/models/parameter-values';
import { allTurns } from '../../../src/core/chat/turn';
import { mergeStored } from '../../../src/core/chat/merge/merge-stored';
import { recordFigure, runs } from '../../support/promises';
import { chat, turnIds, openWindow, scratchFolder, turn } from './store-fixture';
import { actor, anyAction } from './user-actions';

/** Everything that a user has typed or paid for: the questions with their IDs, and the texts of the answers. */
function questionsAndAnswers({ turns }: Conversation): ReadonlySet<string> {
  const contents = new Set<string>();
  for (const { id, question, answers, summaries = [] } of allTurns(turns)) {
    contents.add(`${id}: ${question.text}`);
    for (const summary of summaries) contents.add(`${id} summarized ${summary.answer.choices[0]?.text}`);
    for (const { choices } of answers) for (const { text } of choices) contents.add(`${id} answered ${text}`);
  }
  return contents;
}

const anyActions = fc.array(anyAction, { maxLength: 6 });
const anyAncestor = fc
  .array(anyAction, { maxLength: 5 })
  .map((actions) => actions.reduce(actor('base', 0), chat('c', turn('t0', 1))));

describe('R8 A chat that was changed in two windows', () => {
  it('merges in either order to the same chat, without losing changes of either window', () => {
    let merges = 0;
    fc.assert(
      fc.property(anyAncestor, anyActions, anyActions, (common, first, second) => {
        const ours = first.reduce(actor('a', 1000), common);
        const theirs = second.reduce(actor('b', 1005), common);
        const merged = mergeConversations(common, ours, theirs);
        const expected = new Set([...questionsAndAnswers(ours), ...questionsAndAnswers(theirs)]);
        assert.deepEqual([...questionsAndAnswers(merged)].sort(), [...expected].sort());
        const other = mergeConversations(common, theirs, ours);
        assert.deepEqual([...questionsAndAnswers(other)].sort(), [...questionsAndAnswers(merged)].sort());
        merges++;
      }),
      { numRuns: runs(300, 5000) },
    );
    recordFigure('R8', `${merges} random merges of two windows, 0 turns lost`);
  });

  it('does not change when it is merged again with either original', () => {
    fc.assert(
      fc.property(anyAncestor, anyActions, anyActions, (common, first, second) => {
        const ours = first.reduce(actor('a', 1000), common);
        const theirs = second.reduce(actor('b', 1005), common);
        const merged = mergeConversations(common, ours, theirs);
        assert.deepEqual(mergeConversations(ours, ours, merged), merged);
        assert.deepEqual(
          questionsAndAnswers(mergeConversations(theirs, merged, theirs)),
          questionsAndAnswers(merged),
        );
        assert.equal(mergeConversations(merged, merged, merged), merged);
      }),
      { numRuns: runs(200, 2000) },
    );
  });

  it('does not lose changes when no common ancestor is known', () => {
    fc.assert(
      fc.property(anyAncestor, anyActions, anyActions, (common, first, second) => {
        const ours = first.reduce(actor('a', 1000), common);
        const theirs = second.reduce(actor('b', 1005), common);
        const merged = mergeConversations(undefined, ours, theirs);
        for (const content of [...questionsAndAnswers(ours), ...questionsAndAnswers(theirs)])
          assert.ok(questionsAndAnswers(merged).has(content));
      }),
      { numRuns: runs(200, 2000) },
    );
  });

  it('has the questions of both windows in the order in which they were asked', () => {
    const common = chat('c', turn('t', 1));
    const ours = chat('c', turn('t', 1), turn('a', 10), turn('c', 30));
    const theirs = chat('c', turn('t', 1), turn('b', 20));
    assert.deepEqual(turnIds(mergeConversations(common, ours, theirs)), ['t', 'a', 'b', 'c']);
  });

  it('takes the title and the pin from the only window that changed them', () => {
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

  for (const parameter of ENUM_PARAMETERS) {
    it(`takes the ${parameter} from the only window that selected one`, () => {
      const common = chat('c', turn('t', 1));
      const selected = reduce(common, { type: 'valueSelected', parameter, value: 'high' });
      assert.equal(mergeConversations(common, common, selected)[parameter], 'high');
      assert.equal(mergeConversations(common, selected, common)[parameter], 'high');
      assert.equal(mergeConversations(undefined, common, selected)[parameter], 'high');
      const unset = reduce(selected, { type: 'valueSelected', parameter });
      assert.equal(mergeConversations(selected, selected, unset)[parameter], undefined);
    });
  }

  it('keeps both answers when both windows continued the same answer', () => {
    const cut = (text: string, run?: number) => {
      const complete = turn('t', 1, text);
      const [answer] = complete.answers;
      const runsOf = run === undefined ? answer.runs : [...answer.runs, { ...answer.runs[0], askedAt: run }];
      return {
        ...complete,
        answers: [{ ...answer, status: { kind: 'stopped' }, runs: runsOf }],
      } as typeof complete;
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
    assert.equal(again.turns[0]?.answers.length, 2, 'merging again adds no copies');
  });

  it('keeps the answer that continues instead of the one that was considered lost', () => {
    const common = chat('c', {
      ...turn('t', 1, 'Be'),
      answers: [{ ...turn('t', 1, 'Be').answers[0], status: { kind: 'answering', since: 1 } }],
    });
    const lost = reduce(common, { type: 'restored', at: 5 });
    const continued = reduce(common, {
      type: 'answer',
      event: { type: 'text', index: 0, text: 'cause' },
      at: 5,
    });
    for (const merged of [
      mergeConversations(common, lost, continued),
      mergeConversations(common, continued, lost),
    ])
      assert.deepEqual(merged.turns[0]?.answers[0].choices[0]?.text, 'Because');
  });

  it('keeps the summaries of both windows, and the later of two edits of one summary', () => {
    const common = reduce(chat('c', turn('t', 1, 'A long answer')), {
      type: 'summaryRequested',
      summaryId: 's',
      covers: ['t'],
      at: 2,
      terms: { origin: 'o', model: 'm', limit: 1, n: 1, promptTokens: 1 },
    });
    const summarized = [
      { type: 'text', index: 0, text: 'Short' } as const,
      { type: 'ended', outcome: { kind: 'complete' } } as const,
    ].reduce((state, event) => reduce(state, { type: 'answer', event, at: 3 }), common);
    const change = (at: number, text: string): Conversation =>
      reduce(summarized, { type: 'summaryChanged', summaryId: 's', change: { kind: 'edited', text }, at });
    const [ours, theirs] = [change(10, 'Ours'), change(20, 'Theirs')];
    for (const merged of [
      mergeConversations(summarized, ours, theirs),
      mergeConversations(summarized, theirs, ours),
    ])
      assert.deepEqual(merged, theirs);
    assert.deepEqual(
      mergeConversations(summarized, summarized, ours),
      ours,
      'only one window has edited the summary',
    );
    assert.deepEqual(
      mergeConversations(common, common, summarized),
      summarized,
      'only one window has received the summary',
    );
  });

  it('is not deleted if one window deleted it and the other continued it', () => {
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

  it('is shown in the same state by both open windows after they have synchronized', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), anyAction), { minLength: 1, maxLength: 10 }),
        async (steps) => {
          const path = scratchFolder();
          const [first, second] = [openWindow(path), openWindow(path)];
          const windows = [
            { ...first, act: actor('a', 1000) },
            { ...second, act: actor('b', 1005) },
          ];
          first.change(chat('c', turn('t0', 1)));
          await first.flush();
          const opened = await second.store.read('c');
          assert.ok(opened);
          second.shown.set('c', opened.conversation);
          for (const [isSecond, action] of steps) {
            const window = windows[isSecond ? 1 : 0];
            const shown = window?.shown.get('c');
            assert.ok(window && shown);
            window.change(window.act(shown, action));
          }
          for (let round = 0; round < 3; round++)
            for (const window of windows) {
              await window.flush();
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
