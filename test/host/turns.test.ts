import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  emptyConversation,
  reduce,
  type Conversation,
  type ConversationEvent,
} from '../../src/core/chat/conversation';
import { createWebviewSync } from '../../src/host/views/webview-sync';
import type { ToWebviewMessage, TurnView } from '../../src/protocol/messages';
import { manualClock } from '../support/wire';
import { someTerms, complete, failed, finished, text } from './builders';
import { shownAfter } from './panel-state';
import { webviewSyncServices } from './webview-sync-services';

type Told = Extract<ToWebviewMessage, { type: 'snapshot' | 'changes' }>;

/** What a user and a service may do; `at` is the turn that it is done to. */
const deed = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ask' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('edit' as const, 'before' as const, 'after' as const, 'choose' as const),
      at: fc.nat(4),
    }),
  },
  fc.record({ kind: fc.constantFrom('retry' as const, 'continue' as const) }),
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      event: fc.constantFrom(
        text('word '),
        text('other ', 1),
        { type: 'reasoning', index: 0, text: 'Hm. ' } as const,
        { type: 'refusal', index: 1, text: 'No. ' } as const,
        finished('length'),
        complete,
        failed({ kind: 'interrupted' }),
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pause' as const), milliseconds: fc.nat(40) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

function eventOf(
  done: Exclude<Deed, { kind: 'pause' }>,
  chat: Conversation,
  name: string,
): ConversationEvent {
  const turnId = 'at' in done ? (chat.turns[done.at]?.id ?? '') : '';
  const asking = { question: { text: `Question ${name}` }, at: 0, terms: someTerms };
  switch (done.kind) {
    case 'ask':
      return { type: 'asked', turnId: name, ...asking };
    case 'edit':
      return { type: 'edited', turnId, newTurnId: name, ...asking };
    case 'before':
    case 'after':
      return { type: 'versionSelected', turnId, step: done.kind === 'before' ? -1 : 1 };
    case 'choose':
      return { type: 'chosen', turnId, choice: 1 };
    case 'retry':
      return { type: 'retried', at: 0, terms: someTerms };
    case 'continue':
      return { type: 'continued', at: 0, terms: someTerms };
    case 'answer':
      return { type: 'answer', event: done.event, at: 0 };
  }
}

/** A session asks nothing while an answer is on its way. */
function fits(done: Deed, { turns }: Conversation): boolean {
  const running = ['waiting', 'thinking', 'answering'].includes(
    turns.at(-1)?.answers.at(-1)?.status.kind ?? '',
  );
  return !running || done.kind === 'answer' || done.kind === 'pause' || done.kind === 'choose';
}

/** Times pass while one is told and the other is not; they are the status line's matter. */
function timeless(turns: readonly TurnView[]): unknown {
  return JSON.parse(JSON.stringify(turns, (name, value: unknown) => (name === 'elapsed' ? 0 : value)));
}

describe('The turns that the panel shows', () => {
  it('are those of a snapshot, whatever is asked, edited, turned to and answered, at whatever pace', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60, size: 'max' }), (deeds) => {
        const clock = manualClock();
        const told: Told[] = [];
        let chat = emptyConversation('c');
        const broadcastTo = (messages: Told[]): ReturnType<typeof createWebviewSync> =>
          createWebviewSync(
            webviewSyncServices(() => chat, clock),
            (message) => {
              assert.ok(message.type === 'snapshot' || message.type === 'changes');
              messages.push(message);
            },
          );
        const sync = broadcastTo(told);
        sync.postSnapshot();
        deeds.forEach((done, index) => {
          if (!fits(done, chat)) return;
          if (done.kind === 'pause') return clock.advance(done.milliseconds);
          chat = reduce(chat, eventOf(done, chat, `q${index}`));
          sync.conversationChanged();
        });
        clock.advance(100);
        const whole: Told[] = [];
        broadcastTo(whole).postSnapshot();
        assert.deepEqual(timeless(shownAfter(told)), timeless(shownAfter(whole)));
        for (const message of told) {
          for (const { type } of message.type === 'changes' ? message.changes : []) seen.add(type);
        }
      }),
      { numRuns: 2000 },
    );
    assert.deepEqual(
      ['turnsRemoved', 'turnUpdated', 'textAdded', 'choiceChanged'].filter((type) => !seen.has(type)),
      [],
      'the property has seen them all',
    );
  });

  it('are numbered by their versions, also where all of it happens within a frame', () => {
    const clock = manualClock();
    const told: Told[] = [];
    const ask = (id: string): ConversationEvent => ({
      type: 'asked',
      turnId: id,
      question: { text: id },
      at: 0,
    });
    const end: ConversationEvent = { type: 'answer', event: complete, at: 0 };
    let chat = [ask('a'), end, ask('b'), end].reduce(reduce, emptyConversation('c'));
    const sync = createWebviewSync(
      webviewSyncServices(() => chat, clock),
      (message) => {
        assert.ok(message.type === 'snapshot' || message.type === 'changes');
        told.push(message);
      },
    );
    sync.postSnapshot();
    for (const event of [
      { type: 'edited', turnId: 'a', newTurnId: 'A', question: { text: 'A' }, at: 0 },
      end,
      { type: 'versionSelected', turnId: 'A', step: -1 },
    ] satisfies ConversationEvent[]) {
      chat = reduce(chat, event);
      sync.conversationChanged();
    }
    clock.advance(100);
    const shown = shownAfter(told).map(({ id, version }) => [id, version]);
    assert.deepEqual(shown, [
      ['a', { number: 1, of: 2 }],
      ['b', undefined],
    ]);
  });
});
