import * as vscode from 'vscode';
import type { ChatEvent } from '../../core/api';
import type { Answer } from '../../core/chat/answer';
import { costOfRun } from '../../core/chat/cost';
import { lastAnswer, missingModel } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import { logTo } from '../error-reporting';
import { showInformation } from '../notifications';
import { formatCount } from '../number-format';
import type { ModelSelection } from '../models/model-selection';
import type { Spending } from '../storage/spending';
import type { ThinkingTimeStats } from './thinking-time-stats';

export interface CompletionServices {
  readonly sessions: Sessions;
  readonly spending: Spending;
  readonly thinkingTimes: ThinkingTimeStats;
  readonly modelSelection: Pick<ModelSelection, 'findReplacement'>;
  /** True if a webview is visible. */
  readonly isVisible: () => boolean;
  /** Shows the chat with this id. */
  readonly open: (id: string) => unknown;
  readonly log: vscode.LogOutputChannel;
}

/** When an answer ends, counts its cost and its thinking time, and notifies a user who could not see it end. */
export function handleCompletedAnswers(services: CompletionServices): void {
  const { sessions, spending, thinkingTimes, modelSelection, isVisible, open, log } = services;
  const findReplacement = (): void => {
    if (missingModel(sessions.shown.conversation))
      modelSelection.findReplacement().catch(logTo(log, 'Looking for another model'));
  };
  sessions.onChange((session, event) => {
    const answer = lastAnswer(session.conversation);
    if (event?.type !== 'ended' || !answer) return;
    // An answer that was lost with its window may be billed all the same.
    addCost(answer, spending).catch(logTo(log, 'Counting the cost'));
    if (isInterrupted(event)) return;
    thinkingTimes.add(answer);
    const isShown = session === sessions.shown;
    const isSeen = isShown && isVisible() && vscode.window.state.focused;
    showAnswerNotification(answer, isSeen, () => open(session.conversation.id)).catch(
      logTo(log, 'The notification'),
    );
    if (isShown) findReplacement();
  });
  // The answer of the chat that is shown now may have failed while another chat was shown.
  sessions.onShow(findReplacement);
}

function isInterrupted({ outcome }: Extract<ChatEvent, { type: 'ended' }>): boolean {
  return outcome.kind === 'failed' && outcome.error.kind === 'interrupted';
}

async function addCost(answer: Answer, spending: Spending): Promise<void> {
  const run = answer.runs.at(-1);
  const cost = run && costOfRun(run);
  if (cost) await spending.add(cost.usd);
}

/** Shortest wait for an answer after which the user is notified, in ms. */
const MIN_WAIT_MS = 30_000;

/**
 * Notifies the user of an answer that took long and ended while the chat was not visible.
 *
 * @param isVisible whether the user could see the answer end
 */
export async function showAnswerNotification(
  answer: Answer,
  isVisible: boolean,
  show: () => unknown,
): Promise<void> {
  const [first, last] = [answer.runs[0], answer.runs.at(-1)];
  if (isVisible || answer.status.kind === 'stopped' || !first || last?.endedAt === undefined) return;
  const waited = last.endedAt - last.askedAt;
  if (waited < MIN_WAIT_MS) return;
  const seconds = formatCount(Math.round(waited / 1000));
  const text =
    answer.status.kind === 'done'
      ? vscode.l10n.t('o1-mini answered after {0} s.', seconds)
      : vscode.l10n.t('o1-mini stopped after {0} s without a complete answer.', seconds);
  const open = vscode.l10n.t('Show Answer');
  if ((await showInformation(text, [], open)) === open) show();
}
