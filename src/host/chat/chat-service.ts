import type { LogOutputChannel } from 'vscode';
import type { ChatError, ChatRequest } from '../../core/api';
import { canContinue, doubledLimit, isAllThought } from '../../core/chat/answer';
import { currentAnswer, lastAnswer, lastTurn, type Question, type Turn } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import type { Sessions } from '../../core/chat/sessions';
import { goOn } from '../../core/prompt/messages';
import { showError } from '../notifications';
import { contextLimitOf, useAlternativeAddress } from './failed-answer';
import { describeError } from './error-messages/describe-error';
import {
  createPreparation,
  type Preparation,
  type PreparationServices,
  type Wish,
} from './request-preparation';

/** Asks, once what must be settled before a question leaves is settled. */
export interface Asker {
  /** `kept`: the user would rather not send it now, and nothing was sent. */
  ask(question: Question): Promise<'taken' | 'kept'>;
  /** Asks another version of a question, with the attachments that it had. */
  edit(turnId: string, text: string): Promise<'taken' | 'kept'>;
  /** Sends the last question again, with the seed that its answer had. */
  retry(): Promise<void>;
  /** Sends the last question again, with twice the token limit that its answer had. */
  retryDoubled(): Promise<void>;
  /** Sends the last question again without what the service said that the model cannot hold. */
  retryShorter(): Promise<void>;
  /** Takes the other likely address, where the last question met no service, and sends it again. */
  useAddress(): Promise<void>;
  /** Lets the model go on with the last answer. */
  continueAnswer(): Promise<void>;
}

export interface AskerServices extends PreparationServices {
  readonly sessions: Sessions;
  readonly log: LogOutputChannel;
}

export function createAsker(services: AskerServices): Asker {
  const { sessions } = services;
  const prepareAlone = oneAtATime(services);

  const again = createRepetition(sessions, prepareAlone);

  return {
    async ask(question) {
      const session = sessions.shown;
      const prepared = await prepareAlone(session, { history: session.conversation.turns, question });
      if (prepared.kind === 'withheld') return 'kept';
      void session.ask(questionOf(prepared, question), prepared);
      return 'taken';
    },
    async edit(turnId, text) {
      const session = sessions.shown;
      const { turns } = session.conversation;
      const at = turns.findIndex(({ id }) => id === turnId);
      const turn = turns[at];
      if (!turn) return 'kept';
      const question = { ...turn.question, text };
      const history = turns.slice(0, at);
      const prepared = await prepareAlone(session, { history, question, earlier: turn });
      if (prepared.kind === 'withheld') return 'kept';
      void session.edit(turnId, questionOf(prepared, question), prepared);
      return 'taken';
    },
    async retry() {
      const seed = lastAnswer(sessions.shown.conversation)?.runs.at(-1)?.seed;
      await again(typeof seed === 'number' ? { seed } : {});
    },
    async retryDoubled() {
      const answer = lastAnswer(sessions.shown.conversation);
      if (!answer || !isAllThought(answer)) return;
      const limit = doubledLimit(answer);
      if (limit !== undefined) await again({ maxCompletionTokens: limit });
    },
    async retryShorter() {
      const limit = contextLimitOf(lastAnswer(sessions.shown.conversation));
      if (limit !== undefined) await again({}, limit);
    },
    async useAddress() {
      if (await useAlternativeAddress(sessions)) await again({});
    },
    async continueAnswer() {
      const session = sessions.shown;
      const pinned = lastTurn(session.conversation);
      if (!pinned || !canContinue(currentAnswer(pinned))) return;
      const history = session.conversation.turns.slice(0, -1);
      const prepared = await prepareAlone(session, { history, pinned, question: goOn, changes: { n: 1 } });
      // Meanwhile the user may have chosen another alternative, which is none that was asked about.
      if (lastTurn(session.conversation) !== pinned) return;
      if (prepared.kind === 'fail') sayWhyNot(prepared.error);
      else if (prepared.kind === 'send') void session.continueAnswer(prepared);
    },
  };
}

/** As it was sent, which may be with placeholders. */
function questionOf(prepared: Exclude<Preparation, { kind: 'withheld' }>, asked: Question): Question {
  return prepared.kind === 'send' ? prepared.question : asked;
}

const withheld = { kind: 'withheld' } as const;

/** Sends the last question again, with what of the settings does not hold for it. */
function createRepetition(
  sessions: Sessions,
  prepareAlone: PrepareAlone,
): (changes: NonNullable<Wish['changes']>, contextLimit?: number) => Promise<void> {
  return async (changes, contextLimit) => {
    const session = sessions.shown;
    const turn = lastTurn(session.conversation);
    if (!turn) return;
    const history = session.conversation.turns.slice(0, -1);
    const { question } = turn;
    const wish = { history, question, earlier: turn, changes };
    const prepared = await prepareAlone(
      session,
      contextLimit === undefined ? wish : { ...wish, contextLimit },
    );
    if (prepared.kind !== 'withheld') void session.retry(prepared, questionOf(prepared, question));
  };
}

type PrepareAlone = (session: Session, wish: Omit<Wish, 'chat'>) => Promise<Preparation>;

/** Prepares one question of a chat at a time, also while its key or price is still in question. */
function oneAtATime(services: AskerServices): PrepareAlone {
  const { sessions, log } = services;
  const prepare = createPreparation(services);
  const settling = new Set<Session>();

  return async (session, wish) => {
    if (settling.has(session) || session.running) return withheld;
    const { turns } = session.conversation;
    settling.add(session);
    try {
      const preparation = await prepare({ ...wish, chat: session.conversation.id });
      // The user has turned to another chat or version meanwhile, and the question waits in the box.
      if (sessions.shown !== session || !sameTurns(turns, session.conversation.turns)) return withheld;
      if (preparation.kind === 'send') logRequest(preparation.request, log);
      return preparation;
    } finally {
      settling.delete(session);
    }
  };
}

function sameTurns(before: readonly Turn[], now: readonly Turn[]): boolean {
  return before.length === now.length && before.every(({ id }, index) => id === now[index]?.id);
}

/** The answer that was to be continued is none that has failed. */
function sayWhyNot(error: ChatError): void {
  const { title, explanation } = describeError(error);
  void showError(`${title}. ${explanation}`);
}

function logRequest({ endpoint, parameters, messages }: ChatRequest, log: LogOutputChannel): void {
  const { origin, chatCompletions } = endpoint;
  log.info(`POST ${origin}${chatCompletions.pathname}: ${parameters.model}, ${messages.length} messages`);
}
