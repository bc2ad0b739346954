import * as vscode from 'vscode';
import type { Answer } from '../../core/chat/answer';
import { costOfRun } from '../../core/chat/cost';
import { lastAnswer } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import type { ModelChoice } from '../models/model-choice';
import type { Spending } from '../storage/spending';
import { announceArrival } from './arrival';
import type { ChatPanel } from './panel';
import type { Waits } from './waits';

export interface SettlementServices {
  readonly session: Session;
  readonly spending: Spending;
  readonly waits: Waits;
  readonly modelChoice: ModelChoice;
  readonly panel: ChatPanel;
  /** An answer that a window took with it when it went: it may be billed all the same. */
  readonly interrupted?: Answer;
}

/** What follows from an answer that has ended: its price is counted, its time learned, its arrival told. */
export function followAnswers(services: SettlementServices): void {
  const { session, modelChoice, interrupted } = services;
  if (interrupted) count(interrupted, services.spending);
  session.onChange((event) => {
    if (event?.type !== 'ended') return;
    const answer = lastAnswer(session.conversation);
    if (answer) settle(answer, services);
    void modelChoice.findReplacement();
  });
}

function settle(answer: Answer, { spending, waits, panel }: SettlementServices): void {
  count(answer, spending);
  waits.note(answer);
  const inSight = panel.inSight && vscode.window.state.focused;
  void announceArrival(answer, inSight, () => panel.show());
}

function count(answer: Answer, spending: Spending): void {
  const run = answer.runs.at(-1);
  const cost = run && costOfRun(run);
  if (cost) void spending.add(cost.usd);
}
