import { l10n } from 'vscode';
import { emptyChoice, isRunning, shownChoice, type Answer } from '../../../core/chat/answer';
import type { Turn } from '../../../core/chat/turn';
import { isTooLong, isWhole, summaryText, type TurnsSummary } from '../../../core/chat/turns-summary';
import type { Action, AnswerView, Button, StatusView, SummaryView } from '../../../protocol/messages';
import { button } from '../../chat/error-card';

/** The summary of a turn that is shown: the last one that the user has not dismissed. */
export function shownSummary({ summaries = [] }: Turn): TurnsSummary | undefined {
  return summaries.findLast(({ dismissed }) => dismissed !== true);
}

/**
 * @param viewAnswer shows the request for a summary as it shows an answer
 * @param restore puts secrets in the place of their placeholders
 */
export function viewSummary(
  turn: Turn,
  viewAnswer: (answer: Answer) => AnswerView,
  restore: (text: string) => string,
): SummaryView | undefined {
  const summary = shownSummary(turn);
  if (!summary) return undefined;
  const { id, covers, inUse, answer } = summary;
  const [{ reasoning, refusal }, text] = [shownChoice(answer), summaryText(summary)];
  const view = viewAnswer({ ...answer, choices: [{ ...emptyChoice, reasoning, refusal, text }], chosen: 0 });
  const earlier = (turn.summaries ?? []).filter((other) => other !== summary).map(summaryText);
  return {
    id,
    questions: covers.length,
    inUse,
    answer: { ...view, status: viewStatus(summary, view.status) },
    earlier: earlier.filter((each) => each !== '').map((each) => restore(each)),
  };
}

/** Says why a summary is not used. Buttons for answers would act on the last answer, so most are left out. */
function viewStatus(summary: TurnsSummary, status: StatusView): StatusView {
  if (isRunning(summary.answer.status)) return status;
  if (summary.inUse) return { kind: 'done' };
  if (status.kind === 'incomplete' || status.kind === 'failed') {
    const { title, explanation, buttons } = status.errorCard;
    return { kind: status.kind, errorCard: { title, explanation, buttons: buttonsFor(buttons) } };
  }
  const reason = reasonNotUsed(summary);
  if (reason === undefined) return { kind: 'done' };
  const notice = { text: reason, buttons: buttonsFor([]) };
  return status.kind === 'stopped' ? { kind: 'stopped', notice } : { kind: 'done', notice };
}

/** Undefined if the user has undone the summary. */
function reasonNotUsed(summary: TurnsSummary): string | undefined {
  if (summaryText(summary).trim() === '')
    return l10n.t('The model returned no summary. The questions and answers are sent as before.');
  if (summary.edited !== undefined) return undefined;
  if (!isWhole(summary))
    return l10n.t('The summary is incomplete. The questions and answers are sent as before.');
  if (isTooLong(summary)) {
    return l10n.t(
      'The summary is longer than the questions and answers that it covers, which are sent as before.',
    );
  }
  return undefined;
}

/** Actions that do not depend on the last answer. */
const generalActions: ReadonlySet<Action> = new Set(['setApiKey', 'openSettings', 'selectModel', 'showLog']);

function buttonsFor(buttons: readonly Button[]): readonly Button[] {
  const retry = { ...button('summarizeTurns'), label: button('retry').label };
  return [retry, ...buttons.filter(({ action }) => generalActions.has(action))];
}
