import { askModel, type ChatError, type ChatEvent, type ChatRequest, type ClientServices } from '../api';
import type { Clock } from '../clock';
import { canContinue, type Answer, type RequestTerms } from './answer';
import {
  emptyConversation,
  isAnswering,
  lastAnswer,
  lastTurn,
  reduce,
  type Conversation,
  type ConversationEvent,
  type Question,
} from './conversation';
import { runningSummary } from './turns-summary-reducer';
import type { SummaryChange, TurnsSummary } from './turns-summary';

export interface SessionServices extends ClientServices {
  /** Returns a new unique ID. */
  readonly newId: () => string;
}

/** The request for a question, or the error that prevents it. */
export type RequestOrError =
  | { readonly kind: 'send'; readonly request: ChatRequest; readonly terms: RequestTerms }
  | { readonly kind: 'fail'; readonly error: ChatError };

/** Changes to a conversation that need no request. */
type LocalChange = Extract<
  ConversationEvent,
  {
    type:
      'versionSelected' | 'chosen' | 'replacementFound' | 'renamed' | 'pinned' | 'valueSelected' | 'merged';
  }
>;

/** Drives one conversation: sends its requests and applies their events. Only one question is running at a time. */
export interface Session {
  readonly conversation: Conversation;
  readonly running: boolean;
  /** The answer, or the answer with a summary, that was requested last in this window; otherwise the last answer. */
  readonly requested: Answer | undefined;
  /** Calls back after every change, with the client event that caused it, if any. */
  onChange(listener: (event?: ChatEvent) => void): void;
  /** Sends a question. Resolves when its answer has ended. Ignored while another answer is running. */
  ask(question: Question, prepared: RequestOrError): Promise<void>;
  /** Sends an edited version of an earlier question in its place. */
  edit(turnId: string, question: Question, prepared: RequestOrError): Promise<void>;
  /**
   * Sends the last question again. Its earlier answer is kept.
   *
   * @param question the question to send, if it differs from the last one
   */
  retry(prepared: RequestOrError, question?: Question): Promise<void>;
  /** Continues the last answer, if it has a beginning and no end. */
  continueAnswer(prepared: Extract<RequestOrError, { kind: 'send' }>): Promise<void>;
  /**
   * Requests a summary of turns, which is then sent in their place.
   *
   * @param covers the IDs of the turns, oldest first
   */
  summarize(covers: readonly string[], prepared: Extract<RequestOrError, { kind: 'send' }>): Promise<void>;
  /** Edits, uses, undoes or dismisses a summary. */
  changeSummary(summaryId: string, change: SummaryChange): void;
  /** Applies a change that needs no request. */
  change(event: LocalChange): void;
  /** Stops the running answer. Resolves when it has ended. */
  stop(): Promise<void>;
  /** Resolves when another request can be sent, which is a little later than the end of an answer. */
  whenIdle(): Promise<void>;
}

/** @param stored the conversation to continue; an answer that was running in it is marked as interrupted */
export function createSession({ newId, ...services }: SessionServices, stored?: Conversation): Session {
  const { clock } = services;
  const listeners: ((event?: ChatEvent) => void)[] = [];
  let conversation = stored
    ? reduce(stored, { type: 'restored', at: clock.now() })
    : emptyConversation(newId());
  /** The ID of the summary that was requested last; undefined if an answer was. */
  let summaryId = stored && runningSummary(stored.turns)?.id;
  let run: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;

  function apply(event: ConversationEvent): void {
    conversation = reduce(conversation, event);
    const cause = event.type === 'answer' ? event.event : undefined;
    for (const listener of listeners) listener(cause);
  }

  async function send(
    opening: ConversationEvent,
    prepared: RequestOrError,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      apply(opening);
      const events = eventsOf(prepared, services, signal);
      for await (const event of events) apply({ type: 'answer', event, at: clock.now() });
    } catch (error) {
      apply({ type: 'answer', event: unexpectedFailure(error), at: clock.now() });
    }
  }

  async function start(opening: ConversationEvent, prepared: RequestOrError): Promise<void> {
    if (run) return;
    const controller = new AbortController();
    summaryId = opening.type === 'summaryRequested' ? opening.summaryId : undefined;
    run = { controller, ended: send(opening, prepared, controller.signal).finally(() => (run = undefined)) };
    await run.ended;
  }

  return {
    get conversation() {
      return conversation;
    },
    get running() {
      return isAnswering(conversation);
    },
    get requested() {
      return summaryId === undefined
        ? lastAnswer(conversation)
        : findSummary(conversation, summaryId)?.answer;
    },
    onChange: (listener) => void listeners.push(listener),
    ask: (question, prepared) =>
      start({ type: 'asked', turnId: newId(), question, ...answerStartFields(clock, prepared) }, prepared),
    async edit(turnId, question, prepared) {
      const opening = { type: 'edited', turnId, newTurnId: newId(), question } as const;
      if (hasTurn(conversation, turnId))
        await start({ ...opening, ...answerStartFields(clock, prepared) }, prepared);
    },
    async retry(prepared, question) {
      if (!lastTurn(conversation)) return;
      const opening = { type: 'retried', ...(question && { question }) } as const;
      await start({ ...opening, ...answerStartFields(clock, prepared) }, prepared);
    },
    async continueAnswer(prepared) {
      const answer = lastAnswer(conversation);
      if (!answer || !canContinue(answer)) return;
      await start({ type: 'continued', at: clock.now(), terms: prepared.terms }, prepared);
    },
    async summarize(covers, prepared) {
      if (!covers.every((id) => hasTurn(conversation, id))) return;
      const { terms } = prepared;
      await start({ type: 'summaryRequested', summaryId: newId(), covers, at: clock.now(), terms }, prepared);
    },
    changeSummary: (id, change) => apply({ type: 'summaryChanged', summaryId: id, change, at: clock.now() }),
    change: apply,
    async stop() {
      run?.controller.abort();
      await run?.ended;
    },
    async whenIdle() {
      await run?.ended;
    },
  };
}

function hasTurn({ turns }: Conversation, turnId: string): boolean {
  return turns.some(({ id }) => id === turnId);
}

function findSummary({ turns }: Conversation, summaryId: string): TurnsSummary | undefined {
  return turns.flatMap(({ summaries = [] }) => summaries).find(({ id }) => id === summaryId);
}

/** The common fields of events that start an answer. */
function answerStartFields(
  clock: Clock,
  prepared: RequestOrError,
): { readonly at: number; readonly terms?: RequestTerms } {
  return { at: clock.now(), ...(prepared.kind === 'send' && { terms: prepared.terms }) };
}

function eventsOf(
  prepared: RequestOrError,
  services: ClientServices,
  signal: AbortSignal,
): AsyncIterable<ChatEvent> | Iterable<ChatEvent> {
  return prepared.kind === 'fail'
    ? [failedEvent(prepared.error)]
    : askModel(prepared.request, services, signal);
}

function failedEvent(error: ChatError): ChatEvent {
  return { type: 'ended', outcome: { kind: 'failed', error } };
}

/** After any unexpected error the answer must end, as it could otherwise be neither stopped nor sent again. */
function unexpectedFailure(error: unknown): ChatEvent {
  return failedEvent({ kind: 'network', reason: 'unreachable', detail: String(error) });
}
