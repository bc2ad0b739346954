import * as vscode from 'vscode';
import type { ChatEvent } from '../../core/api';
import type { Answer } from '../../core/chat/answer';
import { costOfRun } from '../../core/chat/cost';
import { lastAnswer } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import type { ModelChoice } from '../models/model-choice';
import type { Spending } from '../storage/spending';
import { announceArrival } from './answer-notification';
import type { Waits } from './thinking-time-stats';

export interface SettlementServices {
  readonly sessions: Sessions;
  readonly spending: Spending;
  readonly waits: Waits;
  readonly modelChoice: ModelChoice;
  /** Whether the chat that is shown can be seen. */
  readonly inSight: () => boolean;
  /** Shows the chat of this id. */
  readonly open: (id: string) => unknown;
}

/** What follows from an answer that has ended: its price is counted, its time learned, its arrival told. */
export function followAnswers(services: SettlementServices): void {
  const { sessions, waits, modelChoice, inSight, open } = services;
  sessions.onChange((session, event) => {
    const answer = lastAnswer(session.conversation);
    if (event?.type !== 'ended' || !answer) return;
    // A window that went has taken the answer with it, which may be billed all the same.
    count(answer, services.spending);
    if (isInterrupted(event)) return;
    waits.note(answer);
    const shown = session === sessions.shown;
    const seen = shown && inSight() && vscode.window.state.focused;
    void announceArrival(answer, seen, () => open(session.conversation.id));
    if (shown) void modelChoice.findReplacement();
  });
  // The one that is shown now may have failed unseen.
  sessions.onShow(() => void modelChoice.findReplacement());
}

function isInterrupted({ outcome }: Extract<ChatEvent, { type: 'ended' }>): boolean {
  return outcome.kind === 'failed' && outcome.error.kind === 'interrupted';
}

function count(answer: Answer, spending: Spending): void {
  const run = answer.runs.at(-1);
  const cost = run && costOfRun(run);
  if (cost) void spending.add(cost.usd);
}
