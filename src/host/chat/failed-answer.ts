import { ConfigurationTarget, workspace } from 'vscode';
import type { ChatError } from '../../core/api';
import type { Answer } from '../../core/chat/answer';
import { lastAnswer } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';

/** Why an answer is not there, or not whole. */
function failureOf(answer: Answer | undefined): ChatError | undefined {
  const status = answer?.status;
  return status?.kind === 'failed' || status?.kind === 'incomplete' ? status.error : undefined;
}

/**
 * Tokens that the model can hold, as we count them: a service that counts more for the same prompt holds less of it.
 * Undefined where the answer did not fail for that, or the service named no limit.
 */
export function contextLimitOf(answer: Answer | undefined): number | undefined {
  const error = failureOf(answer);
  const terms = answer?.runs.at(-1)?.terms;
  if (error?.kind !== 'context-too-long' || error.limit === undefined) return undefined;
  if (!terms || error.tokens === undefined) return error.limit;
  // Some services count the answer's limit in, others the prompt alone: the one nearer to our own count is meant.
  const distance = (tokens: number): number => Math.abs(tokens - terms.promptTokens);
  const promptAlone = error.tokens - terms.limit;
  const counted =
    promptAlone > 0 && distance(promptAlone) < distance(error.tokens) ? promptAlone : error.tokens;
  const ratio = Math.max(1, counted / Math.max(1, terms.promptTokens));
  return Math.max(1, Math.floor(error.limit / ratio));
}

/**
 * Sets the other likely address, where the last question of the chat that is shown met no service.
 *
 * @returns whether it was set, and the same chat is still shown
 */
export async function useAlternativeAddress(sessions: Sessions): Promise<boolean> {
  const session = sessions.shown;
  const error = failureOf(lastAnswer(session.conversation));
  if (error?.kind !== 'wrong-address' || error.alternative === undefined) return false;
  const configuration = workspace.getConfiguration('o1mini');
  await configuration.update('baseUrl', error.alternative, ConfigurationTarget.Global);
  return sessions.shown === session;
}
