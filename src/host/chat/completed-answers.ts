import * as vscode from 'vscode';
import type { ChatEvent } from '../../core/api';
import type { Answer } from '../../core/chat/answer';
import { costOfRun, hasUnknownCost, tokensOfRun } from '../../core/chat/cost';
import { lastAnswer, missingModel } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import { logTo } from '../error-reporting';
import type { ModelSelection } from '../models/model-selection';
import type { Spending } from '../storage/spending';
import type { ThinkingTimeStats } from './estimates/thinking-time-stats';

export interface CompletedAnswerServices {
  readonly sessions: Sessions;
  readonly spending: Spending;
  readonly thinkingTimes: Pick<ThinkingTimeStats, 'add'>;
  readonly modelSelection: Pick<ModelSelection, 'findReplacement'>;
  /** True if a webview is visible. */
  readonly isVisible: () => boolean;
  /** Called when an answer has ended while no webview was visible, or another window had the focus. */
  readonly onUnseen: () => void;
  /** Shows the chat with this id. */
  readonly open: (id: string) => unknown;
  readonly log: vscode.LogOutputChannel;
}

/** When an answer ends, counts its cost and its thinking time, and notifies a user who could not see it end. */
export function handleCompletedAnswers(services: CompletedAnswerServices): void {
  const { sessions, spending, thinkingTimes, modelSelection, isVisible, onUnseen, open, log } = services;
  const findReplacement = (): void => {
    if (missingModel(sessions.shown.conversation))
      modelSelection.findReplacement().catch(logTo(log, 'Looking for another model'));
  };
  sessions.onChange((session, event) => {
    const answer = session.requested;
    if (event?.type !== 'ended' || !answer) return;
    // An answer that was lost with its window may still be billed.
    addToSpending(answer, spending).catch(logTo(log, 'Counting the cost'));
    if (isInterrupted(event)) return;
    // Summaries are not counted, because they do not show how long the model thinks about a question.
    if (answer === lastAnswer(session.conversation)) thinkingTimes.add(answer);
    const isShown = session === sessions.shown;
    const isVisibleToUser = isVisible() && vscode.window.state.focused;
    if (!isVisibleToUser && answer.status.kind !== 'stopped') onUnseen();
    import('./answer-notification')
      .then((notification) =>
        notification.showAnswerNotification(answer, isShown && isVisibleToUser, () =>
          open(session.conversation.id),
        ),
      )
      .catch(logTo(log, 'The notification'));
    if (isShown) findReplacement();
  });
  // The answer of the chat that is shown now may have failed while another chat was shown.
  sessions.onShow(findReplacement);
}

function isInterrupted({ outcome }: Extract<ChatEvent, { type: 'ended' }>): boolean {
  return outcome.kind === 'failed' && outcome.error.kind === 'interrupted';
}

/** Counts the cost of the last request of an answer that has ended. */
export async function addToSpending(answer: Answer, spending: Spending): Promise<void> {
  const run = answer.runs.at(-1);
  if (!run) return;
  const cost = costOfRun(run);
  await Promise.all([
    spending.addTokens(tokensOfRun(run)),
    ...(cost || hasUnknownCost(run) ? [spending.add(cost?.usd)] : []),
  ]);
}
