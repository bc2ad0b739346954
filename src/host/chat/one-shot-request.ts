import { shownChoice, type Answer } from '../../core/chat/answer';
import { lastAnswer, type Question } from '../../core/chat/conversation';
import { createSession, type SessionServices } from '../../core/chat/session';
import type { ChatPlaceholders } from '../../core/privacy/secret-placeholders';
import type { PrepareRequest } from './request-preparation';
import { askInOneShotSession, type OneShotSessionServices } from './one-shot-session';

/** The current state of the answer to a request that belongs to no chat. */
export interface OneShotAnswer {
  readonly status: Answer['status'];
  /** The text of the answer or of the refusal, with the secrets in the place of their placeholders. */
  readonly text: string;
  /** Whether the text is a refusal. */
  readonly isRefusal: boolean;
  readonly finishReason?: string;
}

export interface OneShotOptions {
  /** Stops the request. */
  readonly signal: AbortSignal;
  /** Called with each state of the answer. */
  readonly onChange: (answer: OneShotAnswer) => void;
}

/**
 * Sends a single request that belongs to no chat, such as one for code at the cursor. Preparation, consent, spending
 * and the log are the same as for a chat, but the request and its answer are not stored.
 *
 * @returns the last state of the answer; undefined if the user has cancelled the request before it was sent
 */
export type SendOneShotRequest = (
  question: Question,
  options: OneShotOptions,
) => Promise<OneShotAnswer | undefined>;

export interface OneShotRequestServices extends OneShotSessionServices {
  readonly prepareRequest: PrepareRequest;
  readonly sessionServices: SessionServices;
  readonly placeholders: ChatPlaceholders;
}

export function createOneShotRequests(services: OneShotRequestServices): SendOneShotRequest {
  const { prepareRequest, sessionServices, placeholders } = services;

  return async (question, { signal, onChange }) => {
    const session = createSession(sessionServices);
    const { id: chatId } = session.conversation;
    // The user is not asked about a request that was stopped.
    const prepared = signal.aborted
      ? undefined
      : await prepareRequest({ chatId, history: [], question, overrides: { n: 1 } });
    if (!prepared || prepared.kind === 'cancelled' || signal.aborted) return undefined;
    const { restore, settledLength } = placeholders.of(chatId);

    function current(): OneShotAnswer | undefined {
      const answer = lastAnswer(session.conversation);
      if (!answer) return undefined;
      const { refusal, finishReason, ...choice } = shownChoice(answer);
      const text = choice.text || refusal;
      const length = session.running ? settledLength(text) : text.length;
      const isRefusal = choice.text === '' && refusal !== '';
      const state = { status: answer.status, text: restore(text, 0, length), isRefusal };
      return finishReason === undefined ? state : { ...state, finishReason };
    }

    const asked = {
      question: prepared.kind === 'send' ? prepared.question : question,
      prepared,
      signal,
      onChange() {
        const answer = current();
        if (answer) onChange(answer);
      },
    };
    await askInOneShotSession(session, asked, services);
    return current();
  };
}
