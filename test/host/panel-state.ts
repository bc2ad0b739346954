import assert from 'node:assert/strict';
import type { AnswerView, Change, ToWebviewMessage, TurnView } from '../../src/protocol/messages';

type Told = Extract<ToWebviewMessage, { type: 'snapshot' | 'changes' }>;

/** What a panel shows that did as it was told, and no more than that. */
export function shownAfter(messages: readonly Told[]): readonly TurnView[] {
  return messages.reduce<readonly TurnView[]>(
    (turns, message) => (message.type === 'snapshot' ? message.turns : message.changes.reduce(apply, turns)),
    [],
  );
}

function apply(turns: readonly TurnView[], change: Change): readonly TurnView[] {
  if (change.type === 'turnsRemoved') return turns.slice(0, change.length);
  if (change.type === 'turnUpdated') {
    const at = turns.findIndex(({ id }) => id === change.turn.id);
    return at < 0 ? [...turns, change.turn] : turns.with(at, change.turn);
  }
  const at = turns.findIndex(({ id }) => id === change.turnId);
  const turn = turns[at];
  assert.ok(turn, `${change.type} of a turn that is shown`);
  return turns.with(at, { ...turn, answer: changed(turn.answer, change) });
}

function changed(
  answer: AnswerView,
  change: Exclude<Change, { type: 'turnsRemoved' | 'turnUpdated' }>,
): AnswerView {
  switch (change.type) {
    case 'statusChanged':
      return { ...answer, status: change.status };
    case 'choiceChanged':
      return { ...answer, chosen: change.chosen };
    case 'detailsChanged':
      return { ...answer, details: change.details };
    default: {
      const field = { textAdded: 'text', reasoningAdded: 'reasoning', refusalAdded: 'refusal' } as const;
      const nothing = { text: '', reasoning: '', refusal: '' };
      const count = Math.max(answer.choices.length, change.choice + 1);
      const choices = Array.from({ length: count }, (_, index) => {
        const choice = answer.choices[index] ?? nothing;
        const name = field[change.type];
        return index === change.choice ? { ...choice, [name]: choice[name] + change.text } : choice;
      });
      return { ...answer, choices };
    }
  }
}
