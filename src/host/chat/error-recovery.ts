import { ConfigurationTarget, workspace } from 'vscode';
import type { ChatError } from '../../core/api';
import type { Answer } from '../../core/chat/answer';
import { lastAnswer } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';

/** The error of an answer that is missing or incomplete. */
function failureOf(answer: Answer | undefined): ChatError | undefined {
  const status = answer?.status;
  return status?.kind === 'failed' || status?.kind === 'incomplete' ? status.error : undefined;
}

/**
 * The context limit that an error reports, converted to tokens of our own counter: if the service counts more tokens
 * for the same prompt, the limit is reduced in proportion. Undefined if the answer failed for another reason, or the
 * service reported no limit.
 */
export function contextLimitOf(answer: Answer | undefined): number | undefined {
  const error = failureOf(answer);
  const terms = answer?.runs.at(-1)?.terms;
  if (error?.kind !== 'context-too-long' || error.limit === undefined) return undefined;
  if (!terms || error.tokens === undefined) return error.limit;
  // Some services include the token limit of the answer in their count. The value closer to our own count is used.
  const distance = (tokens: number): number => Math.abs(tokens - terms.promptTokens);
  const promptAlone = error.tokens - terms.limit;
  const counted =
    promptAlone > 0 && distance(promptAlone) < distance(error.tokens) ? promptAlone : error.tokens;
  const ratio = Math.max(1, counted / Math.max(1, terms.promptTokens));
  return Math.max(1, Math.floor(error.limit / ratio));
}

/**
 * Sets `o1mini.baseUrl` to the address that the error of the last answer suggests.
 *
 * @returns whether it was set, and the same chat is still shown
 */
export async function useAlternativeAddress(sessions: Sessions): Promise<boolean> {
  const session = sessions.shown;
  const error = failureOf(lastAnswer(session.conversation));
  const address = error && 'alternative' in error ? error.alternative : undefined;
  if (address === undefined) return false;
  const configuration = workspace.getConfiguration('o1mini');
  await configuration.update('baseUrl', address, ConfigurationTarget.Global);
  return sessions.shown === session;
}
