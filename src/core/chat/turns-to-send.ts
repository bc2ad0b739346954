import { emptyChoice, shownChoice, type Answer } from './answer';
import { currentAnswer, type Turn } from './turn';
import { SUMMARY_QUESTION, summaryText, type TurnsSummary } from './turns-summary';

/**
 * The turns to send with a later question: the last summary in use replaces the turns that it covers by one turn. A
 * summary that covers a turn that is not in the list is not sent.
 */
export function turnsToSend(turns: readonly Turn[]): readonly Turn[] {
  const summary = summaryInUse(turns);
  if (!summary) return turns;
  const covered = new Set(summary.covers);
  // Turns that another window has added between the covered ones are not part of the summary.
  return [turnOf(summary), ...turns.filter(({ id }) => !covered.has(id))];
}

/** Whether there is a turn with an answer that is not part of a summary in use. */
export function canSummarize(turns: readonly Turn[]): boolean {
  const covered = new Set(summaryInUse(turns)?.covers);
  return turns.some((turn) => !covered.has(turn.id) && textLength(turn) > 0);
}

/** Length of the texts of these turns as they are sent, in characters. */
export function sentLength(turns: readonly Turn[]): number {
  return turnsToSend(turns).reduce((sum, turn) => sum + textLength(turn), 0);
}

function summaryInUse(turns: readonly Turn[]): TurnsSummary | undefined {
  for (let at = turns.length - 1; at >= 0; at--) {
    const { id: last = '', summaries = [] } = turns[at] ?? {};
    const summary = summaries.findLast(({ inUse }) => inUse);
    if (!summary) continue;
    const known = new Set(turns.slice(0, at + 1).map(({ id }) => id));
    // A file may have been edited or imported, and contain any IDs.
    if (summary.covers.includes(last) && summary.covers.every((id) => known.has(id))) return summary;
  }
  return undefined;
}

/**
 * The turn that is sent in place of the summarized ones. An edited summary is the user's text, so it does not count
 * as an answer of the service.
 */
function turnOf(summary: TurnsSummary): Turn {
  const { answer, edited, id } = summary;
  const sent: Answer = {
    status: { kind: 'done' },
    choices: [{ ...emptyChoice, text: summaryText(summary) }],
    chosen: 0,
    runs: edited === undefined ? answer.runs : [],
  };
  return { id, askedAt: answer.runs[0]?.askedAt ?? 0, question: { text: SUMMARY_QUESTION }, answers: [sent] };
}

/** A turn without an answer is not sent. */
function textLength(turn: Turn): number {
  const { text, attachments = [] } = turn.question;
  const choice = shownChoice(currentAnswer(turn));
  const answer = choice.text || choice.refusal;
  if (answer === '') return 0;
  return attachments.reduce((sum, { content }) => sum + content.length, text.length + answer.length);
}
