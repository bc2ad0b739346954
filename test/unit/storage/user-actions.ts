import fc from 'fast-check';
import { reduce, type Conversation, type ConversationEvent } from '../../../src/core/chat/conversation';

type Change = (conversation: Conversation) => Conversation;

/** An action of the user in one window. Turns are chosen by their index. */
export const anyAction = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('ask' as const), text: fc.string({ maxLength: 5 }) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('edit' as const), at: fc.nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('selectVersion' as const),
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
  { weight: 1, arbitrary: fc.record({ type: fc.constant('summarize' as const), at: fc.nat(4) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('summary' as const),
      at: fc.nat(4),
      kind: fc.constantFrom('used' as const, 'undone' as const),
    }),
  },
);
type Action = typeof anyAction extends fc.Arbitrary<infer T> ? T : never;

/** Applies actions with IDs and times that are unique to one window. */
export function actor(
  name: string,
  startAt: number,
): (conversation: Conversation, action: Action) => Conversation {
  let count = 0;
  return (conversation, action) => {
    const id = `${name}${++count}`;
    const at = startAt + count * 10;
    const turnId =
      'at' in action
        ? (conversation.turns[action.at % Math.max(1, conversation.turns.length)]?.id ?? '')
        : '';
    const apply = (event: ConversationEvent): Conversation => reduce(conversation, event);
    const end: Change = (running) =>
      reduce(reduce(running, { type: 'answer', event: { type: 'text', index: 0, text: `${id}!` }, at }), {
        type: 'answer',
        event: { type: 'ended', outcome: { kind: 'complete' } },
        at: at + 1,
      });
    const terms = { origin: 'o', model: 'm', limit: 1, n: 1, promptTokens: 1 };
    switch (action.type) {
      case 'ask':
        return end(apply({ type: 'asked', turnId: id, question: { text: action.text }, at, terms }));
      case 'edit':
        return end(apply({ type: 'edited', turnId, newTurnId: id, question: { text: id }, at, terms }));
      case 'retry':
        return end(apply({ type: 'retried', at, terms }));
      case 'selectVersion':
        return apply({ type: 'versionSelected', turnId, step: action.step });
      case 'rename':
        return apply({ type: 'renamed', title: action.title });
      case 'pin':
        return apply({ type: 'pinned', pinned: action.pinned });
      case 'summarize': {
        const covers = conversation.turns.slice(0, action.at + 1).map((turn) => turn.id);
        return end(apply({ type: 'summaryRequested', summaryId: id, covers, at, terms }));
      }
      case 'summary': {
        const summaries = conversation.turns.flatMap((turn) => turn.summaries ?? []);
        const summaryId = summaries.at(action.at % Math.max(1, summaries.length))?.id ?? '';
        return apply({ type: 'summaryChanged', summaryId, change: { kind: action.kind }, at });
      }
    }
  };
}
