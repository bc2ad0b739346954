import { askModel, type ChatError, type ChatEvent, type ChatRequest, type ClientPorts } from '../api';
import type { Clock } from '../clock';
import { canContinue, type Terms } from './answer';
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

export interface SessionPorts extends ClientPorts {
  /** Returns a new unique ID. */
  readonly newId: () => string;
}

/** The request for a question, or the error that prevents it. */
export type Prepared =
  | { readonly kind: 'send'; readonly request: ChatRequest; readonly terms: Terms }
  | { readonly kind: 'fail'; readonly error: ChatError };

/** Changes to a conversation that need no request. */
type LocalChange = Extract<
  ConversationEvent,
  { type: 'versionSelected' | 'chosen' | 'replacementFound' | 'renamed' | 'pinned' | 'merged' }
>;

/** Drives one conversation: sends its requests and applies their events. Only one question is running at a time. */
export interface Session {
  readonly conversation: Conversation;
  readonly running: boolean;
  /** Calls back after every change, with the client event that caused it, if any. */
  onChange(listener: (event?: ChatEvent) => void): void;
  /** Sends a question. Resolves when its answer has ended. Ignored while another answer is running. */
  ask(question: Question, prepared: Prepared): Promise<void>;
  /** Sends an edited version of an earlier question in its place. */
  edit(turnId: string, question: Question, prepared: Prepared): Promise<void>;
  /**
   * Sends the last question again. Its earlier answer is kept.
   *
   * @param question the question to send, if it differs from the last one
   */
  retry(prepared: Prepared, question?: Question): Promise<void>;
  /** Continues the last answer, if it has a beginning and no end. */
  continueAnswer(prepared: Extract<Prepared, { kind: 'send' }>): Promise<void>;
  /** Applies a change that needs no request. */
  change(event: LocalChange): void;
  /** Stops the running answer. Resolves when it has ended. */
  stop(): Promise<void>;
}

/** @param stored the conversation to continue; an answer that was running in it is marked as interrupted */
export function createSession({ newId, ...ports }: SessionPorts, stored?: Conversation): Session {
  const { clock } = ports;
  const listeners: ((event?: ChatEvent) => void)[] = [];
  let conversation = stored
    ? reduce(stored, { type: 'restored', at: clock.now() })
    : emptyConversation(newId());
  let run: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;

  function apply(event: ConversationEvent): void {
    conversation = reduce(conversation, event);
    const cause = event.type === 'answer' ? event.event : undefined;
    for (const listener of listeners) listener(cause);
  }

  async function send(prepared: Prepared, signal: AbortSignal): Promise<void> {
    const events = eventsOf(prepared, ports, signal);
    try {
      for await (const event of events) apply({ type: 'answer', event, at: clock.now() });
    } catch (error) {
      apply({ type: 'answer', event: unexpectedFailure(error), at: clock.now() });
    }
  }

  async function start(opening: ConversationEvent, prepared: Prepared): Promise<void> {
    if (run) return;
    const controller = new AbortController();
    apply(opening);
    run = { controller, ended: send(prepared, controller.signal).finally(() => (run = undefined)) };
    await run.ended;
  }

  return {
    get conversation() {
      return conversation;
    },
    get running() {
      return isAnswering(conversation);
    },
    onChange: (listener) => void listeners.push(listener),
    ask: (question, prepared) =>
      start({ type: 'asked', turnId: newId(), question, ...startOf(clock, prepared) }, prepared),
    async edit(turnId, question, prepared) {
      const opening = { type: 'edited', turnId, newTurnId: newId(), question } as const;
      if (hasTurn(conversation, turnId)) await start({ ...opening, ...startOf(clock, prepared) }, prepared);
    },
    async retry(prepared, question) {
      if (!lastTurn(conversation)) return;
      const opening = { type: 'retried', ...(question && { question }) } as const;
      await start({ ...opening, ...startOf(clock, prepared) }, prepared);
    },
    async continueAnswer(prepared) {
      const answer = lastAnswer(conversation);
      if (!answer || !canContinue(answer)) return;
      await start({ type: 'continued', at: clock.now(), terms: prepared.terms }, prepared);
    },
    change: apply,
    async stop() {
      run?.controller.abort();
      await run?.ended;
    },
  };
}

function hasTurn({ turns }: Conversation, turnId: string): boolean {
  return turns.some(({ id }) => id === turnId);
}

/** The common fields of events that start an answer. */
function startOf(clock: Clock, prepared: Prepared): { readonly at: number; readonly terms?: Terms } {
  return { at: clock.now(), ...(prepared.kind === 'send' && { terms: prepared.terms }) };
}

function eventsOf(
  prepared: Prepared,
  ports: ClientPorts,
  signal: AbortSignal,
): AsyncIterable<ChatEvent> | Iterable<ChatEvent> {
  return prepared.kind === 'fail' ? [failedEvent(prepared.error)] : askModel(prepared.request, ports, signal);
}

function failedEvent(error: ChatError): ChatEvent {
  return { type: 'ended', outcome: { kind: 'failed', error } };
}

/** After any unexpected error the answer must end, as it could otherwise be neither stopped nor sent again. */
function unexpectedFailure(error: unknown): ChatEvent {
  return failedEvent({ kind: 'network', reason: 'unreachable', detail: String(error) });
}
