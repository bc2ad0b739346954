import type { LogOutputChannel } from 'vscode';
import { chatRequestTexts, type ChatEvent } from '../../core/api';
import type { Answer } from '../../core/chat/answer';
import { lastAnswer, type Question } from '../../core/chat/conversation';
import type { RequestOrError, Session } from '../../core/chat/session';
import { logTo } from '../error-reporting';
import type { Spending } from '../storage/spending';
import { addToSpending } from './completed-answers';
import { logEvent, logRequest } from './event-log';

export interface OneShotSessionServices {
  readonly spending: Spending;
  readonly log: LogOutputChannel;
}

export interface OneShotExchange {
  readonly question: Question;
  readonly prepared: RequestOrError;
  /** Stops the request. It must not be aborted yet. */
  readonly signal: AbortSignal;
  /** Called after every change of the session, with the event that caused it, if any. */
  readonly onChange: (event?: ChatEvent) => void;
}

/**
 * Asks a question in a session that is not one of the chats. It is logged, and its cost is counted, as in a chat.
 *
 * @returns the answer when it has ended
 */
export async function askInOneShotSession(
  session: Session,
  { question, prepared, signal, onChange }: OneShotExchange,
  { spending, log }: OneShotSessionServices,
): Promise<Answer | undefined> {
  // The texts of the request. They must not appear in the log if the service quotes them.
  const sentTexts = (): readonly string[] =>
    prepared.kind === 'send' ? chatRequestTexts(prepared.request) : [];
  if (prepared.kind === 'send') logRequest(prepared.request, log);
  session.onChange((event) => {
    if (event) logEvent(log, event, sentTexts);
    onChange(event);
  });
  const stop = (): void => void session.stop().catch(logTo(log, 'Stopping'));
  signal.addEventListener('abort', stop);
  await session.ask(question, prepared);
  signal.removeEventListener('abort', stop);
  const answer = lastAnswer(session.conversation);
  if (answer) addToSpending(answer, spending).catch(logTo(log, 'Counting the cost'));
  return answer;
}
