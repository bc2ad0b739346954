import assert from 'node:assert/strict';
import type { AnswerView, Change, ToWebviewMessage, TurnView } from '../../src/protocol/messages';

type TurnMessage = Extract<ToWebviewMessage, { type: 'snapshot' | 'changes' }>;

/** The turns that a panel shows after it has applied these messages. */
export function turnsAfter(messages: readonly TurnMessage[]): readonly TurnView[] {
  return messages.reduce<readonly TurnView[]>(
    (turns, message) => (message.type === 'snapshot' ? message.turns : message.changes.reduce(apply, turns)),
    [],
  );
}

function apply(turns: readonly TurnView[], change: Change): readonly TurnView[] {
  if (change.type === 'turnsRemoved') return turns.slice(0, change.length);
  if (change.type === 'turnUpdated') {
    const index = turns.findIndex(({ id }) => id === change.turn.id);
    return index < 0 ? [...turns, change.turn] : turns.with(index, change.turn);
  }
  const index = turns.findIndex(({ id, summary }) => id === change.turnId || summary?.id === change.turnId);
  const turn = turns[index];
  assert.ok(turn, `${change.type} of a turn or a summary that is shown`);
  const { summary, ...rest } = turn;
  if (change.type === 'summaryUpdated')
    return turns.with(index, { ...rest, ...(change.summary && { summary: change.summary }) });
  if (summary?.id === change.turnId)
    return turns.with(index, { ...turn, summary: { ...summary, answer: changed(summary.answer, change) } });
  return turns.with(index, { ...turn, answer: changed(turn.answer, change) });
}

function changed(
  answer: AnswerView,
  change: Exclude<Change, { type: 'turnsRemoved' | 'turnUpdated' | 'summaryUpdated' }>,
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
      const empty = { text: '', reasoning: '', refusal: '' };
      const count = Math.max(answer.choices.length, change.choice + 1);
      const choices = Array.from({ length: count }, (_, number) => {
        const choice = answer.choices[number] ?? empty;
        const name = field[change.type];
        return number === change.choice ? { ...choice, [name]: choice[name] + change.text } : choice;
      });
      return { ...answer, choices };
    }
  }
}
