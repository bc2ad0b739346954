import assert from 'node:assert/strict';
import type { ChatEvent } from '../../src/core/api';
import { emptyConversation, reduce, type Conversation } from '../../src/core/chat/conversation';
import { createWebviewSync } from '../../src/host/views/webview-sync';
import type { ToWebviewMessage, TurnView } from '../../src/protocol/messages';
import { manualClock, type ManualClock } from '../support/wire';
import { webviewSyncServices } from './webview-sync-services';

type SyncMessage = Extract<ToWebviewMessage, { type: 'snapshot' | 'earlierTurns' | 'changes' }>;

/** The text in a panel that has applied these messages. */
function textOf(messages: readonly SyncMessage[]): string {
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

describe('The webview sync', () => {
  let clock: ManualClock;
  let conversation: Conversation;
  let posted: SyncMessage[];
  let sync: ReturnType<typeof createWebviewSync>;

  beforeEach(() => {
    // With a shared clock, a frame that another test did not finish would post to this one.
    clock = manualClock();
    conversation = reduce(emptyConversation('c'), {
      type: 'asked',
      turnId: 't',
      question: { text: 'Why?' },
      at: 0,
      terms: { origin: 'http://127.0.0.1', model: 'o1-mini', limit: 100, n: 1, promptTokens: 10 },
    });
    posted = [];
    sync = createWebviewSync(
      webviewSyncServices(() => conversation, clock),
      (message) => {
        assert.ok(['snapshot', 'earlierTurns', 'changes'].includes(message.type));
        posted.push(message as SyncMessage);
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

  it('posts 5,000 deltas in order: the first at once, the others in one message per frame', () => {
    sync.postSnapshot();
    const times: number[] = [];
    for (let delta = 0; delta < 5000; delta++) {
      const before = posted.length;
      add(`${delta} `);
      clock.advance(1);
      if (posted.length > before) times.push(clock.now());
    }
    clock.advance(100);
    const expected = Array.from({ length: 5000 }, (_, delta) => `${delta} `).join('');
    assert.equal(textOf(posted), expected);
    assert.equal((times[1] ?? 0) - (times[0] ?? 0), 1);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    assert.ok(
      gaps.slice(4).every((gap) => gap >= 16),
      `gaps of ${gaps.slice(0, 10).join()}`,
    );
    assert.ok(posted.length <= 4 + Math.ceil(5100 / (1000 / 60)), `${posted.length} messages`);
  });

  it('posts a change at once after a pause', () => {
    sync.postSnapshot();
    clock.advance(100);
    add('now');
    assert.equal(textOf(posted), 'now');
  });

  it('posts the details of an answer with its first text, in one message', () => {
    const apply = (event: ChatEvent): void => {
      conversation = reduce(conversation, { type: 'answer', event, at: clock.now() });
      sync.conversationChanged();
      clock.advance(100);
    };
    sync.postSnapshot();
    apply({ type: 'sent', requestIndex: 0, seed: null });
    const before = posted.length;
    apply({ type: 'accepted', requestIndex: 0, status: 200, requestIds: ['one'] });
    apply({ type: 'identified', requestIndex: 0, identity: { id: 'two' } });
    assert.equal(posted.length, before);
    add('now');
    assert.equal(posted.length, before + 1);
    const [last] = posted.slice(-1);
    assert.deepEqual(last?.type === 'changes' && last.changes.map(({ type }) => type), [
      'textAdded',
      'detailsChanged',
      'statusChanged',
    ]);
  });

  it('numbers its messages without a gap', () => {
    sync.postSnapshot();
    for (let delta = 0; delta < 100; delta++) {
      add('x');
      clock.advance(10);
    }
    assert.deepEqual(
      posted.map(({ seq }) => seq),
      posted.map((_, index) => index + 1),
    );
  });

  it('posts no waiting change while it is paused, and only the changes since then when it resumes', () => {
    sync.postSnapshot();
    for (const text of ['a', 'b', 'c', 'd', 'e']) add(text);
    sync.pause();
    const before = posted.length;
    clock.advance(1000);
    assert.equal(posted.length, before);
    sync.resume();
    clock.advance(100);
    assert.equal(textOf(posted), 'abcde');
    assert.deepEqual(
      posted.slice(before).map(({ type }) => type),
      ['changes'],
    );
  });

  it('posts the snapshot when it resumes if another conversation is shown then', () => {
    sync.postSnapshot();
    sync.pause();
    conversation = emptyConversation('d');
    sync.resume();
    assert.deepEqual(posted.at(-1), { type: 'snapshot', seq: 2, turns: [] });
  });

  it('posts the continuation of another window if that replaced its own', () => {
    const end = { type: 'ended', outcome: { kind: 'stopped' } } as const;
    add('both, and this window');
    conversation = reduce(conversation, { type: 'answer', event: end, at: clock.now() });
    sync.postSnapshot();
    const [turn] = conversation.turns;
    const [answer] = turn?.answers ?? [];
    const [choice] = answer?.choices ?? [];
    assert.ok(turn && answer && choice);
    const replaced = { ...answer, choices: [{ ...choice, text: 'both, and the other window' }] };
    conversation = { ...conversation, turns: [{ ...turn, answers: [replaced] }] };
    sync.conversationChanged();
    clock.advance(100);
    assert.equal(textOf(posted), 'both, and the other window');
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

    /** The IDs of the turns that a panel shows after all messages so far. */
    const shownIds = (): readonly string[] =>
      posted
        .reduce<readonly TurnView[]>((turns, message) => {
          if (message.type === 'changes') return turns;
          return message.type === 'snapshot' ? message.turns : [...message.turns, ...turns];
        }, [])
        .map(({ id }) => id);
    const allIds = Array.from({ length }, (_, index) => `t${index}`);

    it('posts the last turns first, and all others as they are requested', () => {
      assert.deepEqual(shownIds(), allIds.slice(-10));
      assert.equal(posted[0]?.type === 'snapshot' && posted[0].remaining, length - 10);
      clock.advance(1000);
      assert.deepEqual(shownIds(), allIds.slice(-10));
      for (const count of [210, 410, length]) {
        sync.postEarlierTurns();
        assert.deepEqual(shownIds(), allIds.slice(-count));
      }
      sync.postEarlierTurns();
      const last = posted.at(-1);
      assert.equal(last?.type === 'earlierTurns' && last.remaining, 0);
      assert.deepEqual(new Set(posted.map(({ seq }) => seq)), new Set([1]));
    });

    it('posts all turns before the first change', () => {
      add('now');
      assert.equal(posted.at(-1)?.type, 'changes');
      assert.deepEqual(shownIds(), allIds);
      clock.advance(100);
      assert.equal(posted.filter(({ type }) => type === 'earlierTurns').length, 3);
    });

    it('posts the turns that are requested while it is paused', () => {
      sync.pause();
      sync.postEarlierTurns();
      assert.deepEqual(shownIds(), allIds.slice(-210));
    });

    it('posts no further turns once another conversation is shown', () => {
      conversation = emptyConversation('d');
      sync.conversationChanged();
      sync.postEarlierTurns();
      assert.deepEqual(posted.at(-1), { type: 'snapshot', seq: 2, turns: [] });
    });
  });

  it('posts a snapshot of another conversation', () => {
    sync.postSnapshot();
    clock.advance(100);
    conversation = emptyConversation('d');
    sync.conversationChanged();
    assert.deepEqual(posted.at(-1), { type: 'snapshot', seq: 2, turns: [] });
  });
});
