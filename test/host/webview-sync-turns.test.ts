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
import { defaultTerms, complete, failed, finished, text } from './builders';
import { turnsAfter } from './apply-messages';
import { webviewSyncServices } from './webview-sync-services';

type TurnMessage = Extract<ToWebviewMessage, { type: 'snapshot' | 'changes' }>;

/** An action of the user or the service; `at` is the index of its turn. */
const anyAction = fc.oneof(
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
type Action = typeof anyAction extends fc.Arbitrary<infer T> ? T : never;

function eventOf(
  action: Exclude<Action, { kind: 'pause' }>,
  chat: Conversation,
  name: string,
): ConversationEvent {
  const turnId = 'at' in action ? (chat.turns[action.at]?.id ?? '') : '';
  const asking = { question: { text: `Question ${name}` }, at: 0, terms: defaultTerms };
  switch (action.kind) {
    case 'ask':
      return { type: 'asked', turnId: name, ...asking };
    case 'edit':
      return { type: 'edited', turnId, newTurnId: name, ...asking };
    case 'before':
    case 'after':
      return { type: 'versionSelected', turnId, step: action.kind === 'before' ? -1 : 1 };
    case 'choose':
      return { type: 'chosen', turnId, choice: 1 };
    case 'retry':
      return { type: 'retried', at: 0, terms: defaultTerms };
    case 'continue':
      return { type: 'continued', at: 0, terms: defaultTerms };
    case 'answer':
      return { type: 'answer', event: action.event, at: 0 };
  }
}

/** A session sends no request while an answer is running. */
function isPossible(action: Action, { turns }: Conversation): boolean {
  const running = ['waiting', 'thinking', 'answering'].includes(
    turns.at(-1)?.answers.at(-1)?.status.kind ?? '',
  );
  return !running || action.kind === 'answer' || action.kind === 'pause' || action.kind === 'choose';
}

/** The turns without elapsed times, which differ between the two panels. */
function withoutElapsedTimes(turns: readonly TurnView[]): unknown {
  return JSON.parse(JSON.stringify(turns, (name, value: unknown) => (name === 'elapsed' ? 0 : value)));
}

describe('The turns that the panel shows', () => {
  it('equal those of a snapshot after any sequence of questions, edits, versions and answers', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 60, size: 'max' }), (actions) => {
        const clock = manualClock();
        const posted: TurnMessage[] = [];
        let chat = emptyConversation('c');
        const syncTo = (messages: TurnMessage[]): ReturnType<typeof createWebviewSync> =>
          createWebviewSync(
            webviewSyncServices(() => chat, clock),
            (message) => {
              assert.ok(message.type === 'snapshot' || message.type === 'changes');
              messages.push(message);
            },
          );
        const sync = syncTo(posted);
        sync.postSnapshot();
        actions.forEach((action, index) => {
          if (!isPossible(action, chat)) return;
          if (action.kind === 'pause') return clock.advance(action.milliseconds);
          chat = reduce(chat, eventOf(action, chat, `q${index}`));
          sync.conversationChanged();
        });
        clock.advance(100);
        const snapshot: TurnMessage[] = [];
        syncTo(snapshot).postSnapshot();
        assert.deepEqual(withoutElapsedTimes(turnsAfter(posted)), withoutElapsedTimes(turnsAfter(snapshot)));
        for (const message of posted) {
          for (const { type } of message.type === 'changes' ? message.changes : []) seen.add(type);
        }
      }),
      { numRuns: 2000 },
    );
    assert.deepEqual(
      ['turnsRemoved', 'turnUpdated', 'textAdded', 'choiceChanged'].filter((type) => !seen.has(type)),
      [],
      'every kind of change has occurred',
    );
  });

  it('are numbered by version, even if everything happens within one frame', () => {
    const clock = manualClock();
    const posted: TurnMessage[] = [];
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
        posted.push(message);
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
    const shown = turnsAfter(posted).map(({ id, version }) => [id, version]);
    assert.deepEqual(shown, [
      ['a', { number: 1, total: 2 }],
      ['b', undefined],
    ]);
  });
});
