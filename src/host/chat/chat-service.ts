import type { LogOutputChannel } from 'vscode';
import type { ChatError } from '../../core/api';
import { canContinue, doubledLimit, usedAllTokensForReasoning } from '../../core/chat/answer';
import { currentAnswer, lastAnswer, lastTurn, type Question, type Turn } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import { canSummarize, turnsToSend } from '../../core/chat/turns-to-send';
import type { Sessions } from '../../core/chat/sessions';
import { mergeSelectedValues } from '../../core/models/parameter-values';
import { CONTINUE_QUESTION } from '../../core/prompt/messages';
import type { SendOutcome } from '../../protocol/requests';
import { logTo } from '../error-reporting';
import { showError } from '../notifications';
import { errorText, type ErrorDescriptions } from './error-messages/load-error-descriptions';
import { logRequest } from './event-log';
import { withNextValues, type NextQuestionValues, type RequestDraft } from './request-draft';
import type {
  PreparationResult,
  PreparationServices,
  PrepareChatRequest,
  PrepareRequest,
} from './request-preparation';

/** A change with which a question is sent again: twice the token limit, or omitting what exceeds the context. */
type Variation = 'doubledTokenLimit' | 'withinContextLimit';

/** Sends the requests of the chat that is shown, one at a time for each chat. */
export interface ChatService {
  /** @param session the chat that the question was written for; not sent if another one is shown now */
  sendRequest(question: Question, session?: Session): Promise<SendOutcome>;
  /** Sends another version of a question, with the attachments that it had. */
  editRequest(turnId: string, text: string): Promise<SendOutcome>;
  /** Sends the last question again, with the seed of its answer where nothing else is to change. */
  regenerate(variation?: Variation): Promise<void>;
  /** Sets `o1mini.baseUrl` to the address that the last error suggests, and sends the question again. */
  regenerateAtSuggestedAddress(): Promise<void>;
  continueAnswer(): Promise<void>;
  /** Requests a summary of the earlier turns, which is then sent in their place. */
  summarizeTurns(): Promise<void>;
}

export interface ChatServiceOptions extends Pick<PreparationServices, 'keys' | 'models' | 'counter'> {
  readonly prepareRequest: PrepareRequest;
  readonly sessions: Sessions;
  readonly errors: ErrorDescriptions;
  readonly nextValues: NextQuestionValues;
  readonly log: LogOutputChannel;
}

export function createChatService(options: ChatServiceOptions): ChatService {
  const { sessions, log } = options;
  const logFailure = logTo(log, 'The request');
  const prepare = createExclusivePreparation(options);

  async function repeat(changes: Pick<RequestDraft, 'overrides' | 'contextLimit'>): Promise<void> {
    const session = sessions.shown;
    const turn = lastTurn(session.conversation);
    if (!turn) return;
    const history = turnsToSend(session.conversation.turns.slice(0, -1));
    const { question } = turn;
    const prepared = await prepare(session, { history, question, previous: turn, ...changes });
    if (prepared.kind !== 'cancelled')
      session.retry(prepared, questionOf(prepared, question)).catch(logFailure);
  }

  async function summarizeTurns(): Promise<void> {
    const { requestSummary } = await import('./summarize-turns');
    const error = await requestSummary(sessions.shown, prepare, options);
    if (error) await showFailure(error, options.errors);
  }

  return {
    async sendRequest(question, session = sessions.shown) {
      if (question.text.trim() === '') return 'rejected';
      const { turns } = session.conversation;
      const history = turnsToSend(turns);
      const prepared = await prepare(session, { history, question, canSummarize: canSummarize(turns) });
      if (prepared.kind === 'cancelled') {
        // The question stays in the box until there is room for it.
        if (prepared.instead === 'summarize') summarizeTurns().catch(logFailure);
        return 'cancelled';
      }
      session.ask(questionOf(prepared, question), prepared).catch(logFailure);
      return 'accepted';
    },
    async editRequest(turnId, text) {
      const session = sessions.shown;
      const { turns } = session.conversation;
      const at = turns.findIndex(({ id }) => id === turnId);
      const turn = turns[at];
      if (!turn || text.trim() === '') return 'rejected';
      const question = { ...turn.question, text };
      const history = turnsToSend(turns.slice(0, at));
      const prepared = await prepare(session, { history, question, previous: turn });
      if (prepared.kind === 'cancelled') return 'cancelled';
      session.edit(turnId, questionOf(prepared, question), prepared).catch(logFailure);
      return 'accepted';
    },
    async regenerate(variation) {
      const changes = await changesFor(sessions.shown, variation);
      if (changes) await repeat(changes);
    },
    async regenerateAtSuggestedAddress() {
      const { useAlternativeAddress } = await import('./error-recovery');
      if (await useAlternativeAddress(sessions)) await repeat({});
    },
    async continueAnswer() {
      const session = sessions.shown;
      const turn = lastTurn(session.conversation);
      if (!turn || !canContinue(currentAnswer(turn))) return;
      const history = turnsToSend(session.conversation.turns.slice(0, -1));
      const prepared = await prepare(session, {
        history,
        requiredTurns: [turn],
        question: { ...CONTINUE_QUESTION, ...mergeSelectedValues(turn.question) },
        overrides: { n: 1 },
      });
      // If the user has selected another choice in the meantime, nothing is sent.
      if (lastTurn(session.conversation) !== turn) return;
      if (prepared.kind === 'fail') await showFailure(prepared.error, options.errors);
      else if (prepared.kind === 'send') session.continueAnswer(prepared).catch(logFailure);
    },
    summarizeTurns,
  };
}

/** Undefined if the last answer gives no reason to send its question again in this way. */
async function changesFor(
  { conversation }: Session,
  variation: Variation | undefined,
): Promise<Pick<RequestDraft, 'overrides' | 'contextLimit'> | undefined> {
  const answer = lastAnswer(conversation);
  switch (variation) {
    case undefined: {
      const seed = answer?.runs.at(-1)?.seed;
      return typeof seed === 'number' ? { overrides: { seed } } : {};
    }
    case 'doubledTokenLimit': {
      const limit = answer && usedAllTokensForReasoning(answer) ? doubledLimit(answer) : undefined;
      return limit === undefined ? undefined : { overrides: { maxCompletionTokens: limit } };
    }
    case 'withinContextLimit': {
      const { contextLimitOf } = await import('./error-recovery');
      const contextLimit = contextLimitOf(answer);
      return contextLimit === undefined ? undefined : { contextLimit };
    }
  }
}

/** The question as it is sent, which may be with placeholders. */
function questionOf(prepared: Exclude<PreparationResult, { kind: 'cancelled' }>, asked: Question): Question {
  return prepared.kind === 'send' ? prepared.question : asked;
}

const cancelled = { kind: 'cancelled' } as const;

/**
 * Prepares only one request of a chat at a time. A request also counts while the user is being asked for a key or
 * about the price.
 */
function createExclusivePreparation(options: ChatServiceOptions): PrepareChatRequest {
  const { sessions, nextValues, log, prepareRequest } = options;
  const preparing = new Set<Session>();

  return async (session, draft) => {
    if (preparing.has(session) || session.running || session !== sessions.shown) return cancelled;
    const { conversation } = session;
    const { id: chatId, turns } = conversation;
    // A continuation belongs to its answer.
    const question = draft.requiredTurns
      ? draft.question
      : withNextValues(draft.question, chatId, nextValues);
    preparing.add(session);
    try {
      const preparation = await prepareRequest({
        ...draft,
        question,
        chatId,
        ...mergeSelectedValues(question, conversation),
      });
      // The user has opened another chat or version in the meantime. The question is still in the box.
      if (sessions.shown !== session || !sameTurns(turns, session.conversation.turns)) return cancelled;
      if (preparation.kind === 'send' && !draft.requiredTurns) nextValues.delete(chatId);
      if (preparation.kind === 'send') logRequest(preparation.request, log);
      return preparation;
    } finally {
      preparing.delete(session);
    }
  };
}

function sameTurns(before: readonly Turn[], now: readonly Turn[]): boolean {
  return before.length === now.length && before.every(({ id }, index) => id === now[index]?.id);
}

/** Shows the reason for a failed request as a notification, if no answer in the chat shows it. */
export async function showFailure(error: ChatError, errors: ErrorDescriptions): Promise<void> {
  void showError(await errorText(error, errors));
}
