import type { ChatEvent } from '../api';
import { isRunning, type RequestTerms } from './answer';
import { applyToAnswer, newAnswer } from './answer-reducer';
import { sentLength } from './turns-to-send';
import type { Turn } from './turn';
import { changeSummary, isTooLong, isWhole, type SummaryChange, type TurnsSummary } from './turns-summary';

export type SummaryEvent =
  /** A summary of the turns up to this one was requested. */
  | {
      readonly type: 'summaryRequested';
      readonly summaryId: string;
      readonly covers: readonly string[];
      readonly at: number;
      readonly terms: RequestTerms;
    }
  | {
      readonly type: 'summaryChanged';
      readonly summaryId: string;
      readonly change: SummaryChange;
      readonly at: number;
    };

/** The summary that is being written, if there is one. */
export function runningSummary(turns: readonly Turn[]): TurnsSummary | undefined {
  return turns.findLast(hasRunningSummary)?.summaries?.findLast(isBeingWritten);
}

/** The turns with a new summary of some of them. */
export function addSummary(
  turns: readonly Turn[],
  { summaryId, covers, at, terms }: Extract<SummaryEvent, { type: 'summaryRequested' }>,
): readonly Turn[] {
  const last = turns.findIndex(({ id }) => id === covers.at(-1));
  const turn = turns[last];
  if (!turn) return turns;
  const summary: TurnsSummary = {
    id: summaryId,
    covers,
    coveredLength: sentLength(turns.slice(0, last + 1)),
    answer: newAnswer(at, terms),
    inUse: false,
    changedAt: at,
  };
  return turns.with(last, { ...turn, summaries: [...(turn.summaries ?? []), summary] });
}

/**
 * The turns after an event of the request for the summary that is being written. A complete summary is put into use
 * if it is shorter than the turns that it covers.
 */
export function applyToSummary(turns: readonly Turn[], event: ChatEvent, at: number): readonly Turn[] {
  return mapSummaries(turns, (summary) => {
    if (!isBeingWritten(summary)) return summary;
    const next = { ...summary, answer: applyToAnswer(summary.answer, event, at) };
    if (event.type !== 'ended') return next;
    return { ...next, inUse: isWhole(next) && !isTooLong(next), changedAt: at };
  });
}

/** The turns after a user has edited, used, undone or dismissed a summary. */
export function applySummaryChange(
  turns: readonly Turn[],
  { summaryId, change, at }: Extract<SummaryEvent, { type: 'summaryChanged' }>,
): readonly Turn[] {
  return mapSummaries(turns, (summary) =>
    summary.id === summaryId ? changeSummary(summary, change, at) : summary,
  );
}

/**
 * The turns after the answer of one of them has changed. Summaries that cover this turn describe another answer, so
 * they are no longer used.
 */
export function undoSummariesOf(turns: readonly Turn[], turnId: string): readonly Turn[] {
  return mapSummaries(turns, (summary) =>
    summary.inUse && summary.covers.includes(turnId)
      ? changeSummary(summary, { kind: 'undone' }, summary.changedAt + 1) // later than before, for `merge-conversations.ts`
      : summary,
  );
}

function hasRunningSummary({ summaries }: Turn): boolean {
  return summaries?.some(isBeingWritten) === true;
}

function isBeingWritten({ answer }: TurnsSummary): boolean {
  return isRunning(answer.status);
}

/** Returns the same turns if no summary has changed. */
function mapSummaries(
  turns: readonly Turn[],
  change: (summary: TurnsSummary) => TurnsSummary,
): readonly Turn[] {
  const changed = turns.map((turn) => {
    const before = turn.summaries ?? [];
    const summaries = before.map(change);
    return summaries.some((summary, index) => summary !== before[index]) ? { ...turn, summaries } : turn;
  });
  return changed.some((turn, index) => turn !== turns[index]) ? changed : turns;
}
