import * as vscode from 'vscode';
import { canContinue } from '../../core/chat/answer';
import { lastAnswer, lastAnswerText } from '../../core/chat/conversation';
import { canSummarize } from '../../core/chat/turns-to-send';
import type { Session } from '../../core/chat/session';
import type { Sessions } from '../../core/chat/sessions';
import { lastCodeBlock } from '../../core/text/fences/fence';
import type { EstimateView } from '../../protocol/messages';

/** Updates the context keys that hide commands from the palette while they have no effect. */
export function updateContextKeys(sessions: Sessions): void {
  const update = (): void => setContextKeys(sessions.shown);
  sessions.onChange((session, event) => {
    // While an answer is in progress, its events change nothing that the commands depend on.
    if (session === sessions.shown && (!event || event.type === 'ended')) update();
  });
  sessions.onShow(update);
  update();
}

function setContextKeys({ running, conversation }: Session): void {
  const answer = lastAnswer(conversation);
  set('running', running);
  set('hasTurns', answer !== undefined);
  set('hasCode', !running && lastCodeBlock(lastAnswerText(conversation)) !== undefined);
  set('canSummarize', !running && canSummarize(conversation.turns));
  set('canContinue', answer !== undefined && canContinue(answer));
}

/** Enables the command Quote in Question. */
export function setQuotable(quotable: boolean): void {
  set('quotable', quotable);
}

/** Hides the commands for parameters that the model does not have. */
export function setSelectableParameters({ effort, verbosity }: EstimateView): void {
  set('noReasoningEffort', effort === undefined);
  set('noVerbosity', verbosity === undefined);
}

function set(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `o1mini.${key}`, value);
}
