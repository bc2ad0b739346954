import { isRunning, shownChoice, type Answer } from './answer';

/** A summary of some turns, which can be sent in their place. It belongs to the last of the turns. */
export interface TurnsSummary {
  readonly id: string;
  /** The IDs of the turns that it covers, oldest first. */
  readonly covers: readonly string[];
  /** Length of the turns that it replaces, in characters. */
  readonly coveredLength: number;
  /** The request for the summary, and the text that the model returned. */
  readonly answer: Answer;
  /** The text as the user has edited it; absent if the user has not. */
  readonly edited?: string;
  /** Whether the summary is sent in place of the turns. */
  readonly inUse: boolean;
  /** Set if there is no text, and the user has dismissed the reason. */
  readonly dismissed?: true;
  /** When `edited`, `inUse` or `dismissed` was set last, in ms of the session's clock. */
  readonly changedAt: number;
}

/** A change that the user makes to a summary. */
export type SummaryChange =
  { readonly kind: 'edited'; readonly text: string } | { readonly kind: 'used' | 'undone' | 'dismissed' };

/** The question of the turn that is sent in place of those that a summary covers. */
export const SUMMARY_QUESTION = 'Summarize our conversation so far.';

/** The text that is sent. */
export function summaryText({ edited, answer }: TurnsSummary): string {
  return edited ?? shownChoice(answer).text;
}

/** Whether the summary is complete and not empty. */
export function isWhole({ answer }: TurnsSummary): boolean {
  const { text, finishReason } = shownChoice(answer);
  const isCut = finishReason === 'length' || finishReason === 'content_filter';
  return answer.status.kind === 'done' && !isCut && text.trim() !== '';
}

/** Whether a summary is at least as long as the turns that it replaces, so that it saves nothing. */
export function isTooLong(summary: TurnsSummary): boolean {
  return SUMMARY_QUESTION.length + summaryText(summary).length >= summary.coveredLength;
}

/** The summary after a change; the same one if the change does not apply. */
export function changeSummary(summary: TurnsSummary, change: SummaryChange, at: number): TurnsSummary {
  if (isRunning(summary.answer.status)) return summary;
  const isEmpty = summaryText(summary).trim() === '';
  switch (change.kind) {
    case 'edited': {
      if (change.text.trim() === '' || change.text === summaryText(summary)) return summary;
      return { ...summary, edited: change.text, changedAt: at };
    }
    case 'used':
      return summary.inUse || isEmpty ? summary : { ...summary, inUse: true, changedAt: at };
    case 'undone':
      return summary.inUse ? { ...summary, inUse: false, changedAt: at } : summary;
    case 'dismissed':
      return isEmpty ? { ...summary, dismissed: true, changedAt: at } : summary;
  }
}
