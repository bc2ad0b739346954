import assert from 'node:assert/strict';
import type { ChatEvent } from '../../src/core/api';
import { emptyConversation, reduce, type Conversation } from '../../src/core/chat/conversation';
import { createWebviewSync } from '../../src/host/views/webview-sync';
import type { ToWebviewMessage, TurnView } from '../../src/protocol/messages';
import { manualClock, type ManualClock } from '../support/wire';
import { webviewSyncServices } from './webview-sync-services';

type Told = Extract<ToWebviewMessage, { type: 'snapshot' | 'earlierTurns' | 'changes' }>;

/** The text that a panel has which applied these messages. */
function textOf(messages: readonly Told[]): string {
  return messages.reduce((text, message) => {
    if (message.type === 'snapshot') return message.turns.map(answerText).join('');
    if (message.type === 'earlierTurns') return message.turns.map(answerText).join('') + text;
    return message.changes.reduce((grown, change) => {
      if (change.type === 'turnUpdated') return answerText(change.turn);
      return change.type === 'textAdded' ? grown + change.text : grown;
    }, text);
  }, '');
}

function answerText({ answer }: TurnView): string {
  return answer.choices.map(({ text }) => text).join('');
}

describe('The panel', () => {
  let clock: ManualClock;
  let conversation: Conversation;
  let told: Told[];
  let sync: ReturnType<typeof createWebviewSync>;

  beforeEach(() => {
    // A frame that another test has not let end would be told to this one.
    clock = manualClock();
    conversation = reduce(emptyConversation('c'), {
      type: 'asked',
      turnId: 't',
      question: { text: 'Why?' },
      at: 0,
      terms: { origin: 'http://127.0.0.1', model: 'o1-mini', limit: 100, n: 1, promptTokens: 10 },
    });
    told = [];
    sync = createWebviewSync(
      webviewSyncServices(() => conversation, clock),
      (message) => {
        assert.ok(['snapshot', 'earlierTurns', 'changes'].includes(message.type));
        told.push(message as Told);
      },
    );
  });

  function add(text: string): void {
    conversation = reduce(conversation, {
      type: 'answer',
      event: { type: 'text', index: 0, text },
      at: clock.now(),
    });
    sync.conversationChanged();
  }

  it('is told of 5,000 deltas in order, of the first ones at once, then in one message a frame', () => {
    sync.postSnapshot();
    const times: number[] = [];
    for (let delta = 0; delta < 5000; delta++) {
      const before = told.length;
      add(`${delta} `);
      clock.advance(1);
      if (told.length > before) times.push(clock.now());
    }
    clock.advance(100);
    const expected = Array.from({ length: 5000 }, (_, delta) => `${delta} `).join('');
    assert.equal(textOf(told), expected);
    assert.equal((times[1] ?? 0) - (times[0] ?? 0), 1);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    assert.ok(
      gaps.slice(4).every((gap) => gap >= 16),
      `gaps of ${gaps.slice(0, 10).join()}`,
    );
    assert.ok(told.length <= 4 + Math.ceil(5100 / (1000 / 60)), `${told.length} messages`);
  });

  it('is told of a change at once after a pause', () => {
    sync.postSnapshot();
    clock.advance(100);
    add('now');
    assert.equal(textOf(told), 'now');
  });

  it('is told the details of an answer with its first words, in one message', () => {
    const happen = (event: ChatEvent): void => {
      conversation = reduce(conversation, { type: 'answer', event, at: clock.now() });
      sync.conversationChanged();
      clock.advance(100);
    };
    sync.postSnapshot();
    happen({ type: 'sent', call: 0, seed: null });
    const before = told.length;
    happen({ type: 'accepted', call: 0, status: 200, requestIds: ['one'] });
    happen({ type: 'identified', call: 0, identity: { id: 'two' } });
    assert.equal(told.length, before);
    add('now');
    assert.equal(told.length, before + 1);
    const [last] = told.slice(-1);
    assert.deepEqual(last?.type === 'changes' && last.changes.map(({ type }) => type), [
      'textAdded',
      'detailsChanged',
      'statusChanged',
    ]);
  });

  it('has its messages numbered without a gap', () => {
    sync.postSnapshot();
    for (let delta = 0; delta < 100; delta++) {
      add('x');
      clock.advance(10);
    }
    assert.deepEqual(
      told.map(({ seq }) => seq),
      told.map((_, index) => index + 1),
    );
  });

  it('is told nothing while it is gone, and everything when it is back', () => {
    sync.postSnapshot();
    add('a');
    sync.stop();
    const before = told.length;
    add('b');
    clock.advance(1000);
    assert.equal(told.length, before);
    sync.postSnapshot();
    assert.equal(textOf(told), 'ab');
  });

  it('shows the continuation of another window where that has taken the place of its own', () => {
    const end = { type: 'ended', outcome: { kind: 'stopped' } } as const;
    add('both, and ours');
    conversation = reduce(conversation, { type: 'answer', event: end, at: clock.now() });
    sync.postSnapshot();
    const [turn] = conversation.turns;
    const [answer] = turn?.answers ?? [];
    const [choice] = answer?.choices ?? [];
    assert.ok(turn && answer && choice);
    const replaced = { ...answer, choices: [{ ...choice, text: 'both, and what the other wrote' }] };
    conversation = { ...conversation, turns: [{ ...turn, answers: [replaced] }] };
    sync.conversationChanged();
    clock.advance(100);
    assert.equal(textOf(told), 'both, and what the other wrote');
  });

  describe('of a long conversation', () => {
    const length = 450;

    beforeEach(() => {
      const [turn] = conversation.turns;
      assert.ok(turn);
      const turns = Array.from({ length }, (_, index) => ({ ...turn, id: `t${index}` }));
      conversation = { ...conversation, turns };
      sync.postSnapshot();
    });

    /** The ids of the turns that a panel shows after all messages so far. */
    const shownIds = (): readonly string[] =>
      told
        .reduce<readonly TurnView[]>((turns, message) => {
          if (message.type === 'changes') return turns;
          return message.type === 'snapshot' ? message.turns : [...message.turns, ...turns];
        }, [])
        .map(({ id }) => id);
    const allIds = Array.from({ length }, (_, index) => `t${index}`);

    it('is told of the last turns first, and of all others right behind them', () => {
      assert.deepEqual(shownIds(), allIds.slice(-20));
      assert.equal(told[0]?.type === 'snapshot' && told[0].remaining, length - 20);
      clock.advance(0);
      assert.deepEqual(shownIds(), allIds);
      const last = told.at(-1);
      assert.equal(last?.type === 'earlierTurns' && last.remaining, 0);
      assert.deepEqual(new Set(told.map(({ seq }) => seq)), new Set([1]));
    });

    it('is told of all turns before the first change', () => {
      add('now');
      assert.equal(told.at(-1)?.type, 'changes');
      assert.deepEqual(shownIds(), allIds);
      clock.advance(100);
      assert.equal(told.filter(({ type }) => type === 'earlierTurns').length, 3);
    });

    it('is told nothing of it any more once it is gone, or another conversation is shown', () => {
      sync.stop();
      clock.advance(100);
      assert.equal(told.length, 1);
      sync.postSnapshot();
      conversation = emptyConversation('d');
      sync.conversationChanged();
      clock.advance(100);
      assert.deepEqual(told.at(-1), { type: 'snapshot', seq: 3, turns: [] });
    });
  });

  it('gets a snapshot of another conversation', () => {
    sync.postSnapshot();
    clock.advance(100);
    conversation = emptyConversation('d');
    sync.conversationChanged();
    assert.deepEqual(told.at(-1), { type: 'snapshot', seq: 2, turns: [] });
  });
});
