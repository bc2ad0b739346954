import * as vscode from 'vscode';
import { canContinue } from '../../core/chat/answer';
import { lastAnswer, lastAnswerText } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import { lastCodeBlock } from '../../core/text/fence';

/** Commands are in the palette only where they can do something. */
export function setContextKeys({ running, conversation }: Session): void {
  const answer = lastAnswer(conversation);
  set('running', running);
  set('hasTurns', answer !== undefined);
  set('hasCode', !running && lastCodeBlock(lastAnswerText(conversation)) !== undefined);
  set('canContinue', answer !== undefined && canContinue(answer));
}

/** Whether something of an answer is selected in the panel. */
export function setQuotable(quotable: boolean): void {
  set('quotable', quotable);
}

function set(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `o1mini.${key}`, value);
}
