import type { LogOutputChannel } from 'vscode';
import type { ChatError, ChatRequest } from '../../core/api';
import { canContinue, doubledLimit, usedAllTokensForReasoning } from '../../core/chat/answer';
import { currentAnswer, lastAnswer, lastTurn, type Question, type Turn } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import type { Sessions } from '../../core/chat/sessions';
import { continueInstruction } from '../../core/prompt/messages';
import type { SendOutcome } from '../../protocol/requests';
import { logTo } from '../error-reporting';
import { showError } from '../notifications';
import type { ErrorDescriptions } from './error-messages/load-error-descriptions';
import type { RequestDraft } from './request-draft';
import { createRequestPreparation, type Preparation, type PreparationServices } from './request-preparation';

/** A change with which a question is sent again: twice the token limit, or omitting what exceeds the context. */
type Variation = 'doubledTokenLimit' | 'withinContextLimit';

/** Sends the requests of the chat that is shown, one at a time for each chat. */
export interface ChatService {
  sendRequest(question: Question): Promise<SendOutcome>;
  /** Sends another version of a question, with the attachments that it had. */
  editRequest(turnId: string, text: string): Promise<SendOutcome>;
  /** Sends the last question again, with the seed of its answer where nothing else is to change. */
  regenerate(variation?: Variation): Promise<void>;
  /** Sets `o1mini.baseUrl` to the address that the last error suggests, and sends the question again. */
  regenerateAtSuggestedAddress(): Promise<void>;
  continueAnswer(): Promise<void>;
}

export interface ChatServiceOptions extends PreparationServices {
  readonly sessions: Sessions;
  readonly errors: ErrorDescriptions;
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
    const history = session.conversation.turns.slice(0, -1);
    const { question } = turn;
    const prepared = await prepare(session, { history, question, previous: turn, ...changes });
    if (prepared.kind !== 'cancelled')
      session.retry(prepared, questionOf(prepared, question)).catch(logFailure);
  }

  return {
    async sendRequest(question) {
      if (question.text.trim() === '') return 'rejected';
      const session = sessions.shown;
      const prepared = await prepare(session, { history: session.conversation.turns, question });
      if (prepared.kind === 'cancelled') return 'cancelled';
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
      const prepared = await prepare(session, { history: turns.slice(0, at), question, previous: turn });
      if (prepared.kind === 'cancelled') return 'cancelled';
      session.edit(turnId, questionOf(prepared, question), prepared).catch(logFailure);
      return 'accepted';
    },
    async regenerate(variation) {
      const changes = await changesFor(sessions.shown, variation);
      if (changes) await repeat(changes);
    },
    async regenerateAtSuggestedAddress() {
      const { useAlternativeAddress } = await import('./failed-answer');
      if (await useAlternativeAddress(sessions)) await repeat({});
    },
    async continueAnswer() {
      const session = sessions.shown;
      const pinned = lastTurn(session.conversation);
      if (!pinned || !canContinue(currentAnswer(pinned))) return;
      const history = session.conversation.turns.slice(0, -1);
      const prepared = await prepare(session, {
        history,
        pinned,
        question: continueInstruction,
        overrides: { n: 1 },
      });
      // If the user has selected another choice in the meantime, nothing is sent.
      if (lastTurn(session.conversation) !== pinned) return;
      if (prepared.kind === 'fail') await showFailure(prepared.error, options.errors);
      else if (prepared.kind === 'send') session.continueAnswer(prepared).catch(logFailure);
    },
  };
}

/** Undefined where the last answer gives no reason to send its question again in this way. */
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
      const { contextLimitOf } = await import('./failed-answer');
      const contextLimit = contextLimitOf(answer);
      return contextLimit === undefined ? undefined : { contextLimit };
    }
  }
}

/** The question as it is sent, which may be with placeholders. */
function questionOf(prepared: Exclude<Preparation, { kind: 'cancelled' }>, asked: Question): Question {
  return prepared.kind === 'send' ? prepared.question : asked;
}

type Prepare = (session: Session, draft: Omit<RequestDraft, 'chatId'>) => Promise<Preparation>;

const cancelled = { kind: 'cancelled' } as const;

/** Prepares one request of a chat at a time, also while the user is still asked for a key or about the price. */
function createExclusivePreparation(options: ChatServiceOptions): Prepare {
  const { sessions, log } = options;
  const prepareRequest = createRequestPreparation(options);
  const preparing = new Set<Session>();

  return async (session, draft) => {
    if (preparing.has(session) || session.running) return cancelled;
    const { id, turns } = session.conversation;
    preparing.add(session);
    try {
      const preparation = await prepareRequest({ ...draft, chatId: id });
      // The user has opened another chat or version in the meantime. The question is still in the box.
      if (sessions.shown !== session || !sameTurns(turns, session.conversation.turns)) return cancelled;
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

/** Shown as a notification, because the answer that was to be continued has not failed. */
async function showFailure(error: ChatError, errors: ErrorDescriptions): Promise<void> {
  await errors.load();
  const { title, explanation } = errors.describe(error);
  void showError(`${title}. ${explanation}`);
}

/** The path depends on the API, which the client chooses. */
function logRequest({ endpoint, parameters, messages }: ChatRequest, log: LogOutputChannel): void {
  const { model, api } = parameters;
  log.info(`POST ${endpoint.origin}/…: ${model}, ${messages.length} messages, API: ${api}`);
}
