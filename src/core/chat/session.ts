import { askModel, type ChatError, type ChatEvent, type ChatRequest, type Transport } from '../api';
import type { Clock } from '../clock';
import {
  currentAnswer,
  emptyConversation,
  isRunning,
  lastTurn,
  reduce,
  type Conversation,
  type ConversationEvent,
  type Question,
} from './conversation';

export interface SessionPorts {
  readonly transport: Transport;
  readonly clock: Clock;
  /** A fresh name, unlike all others. */
  readonly newId: () => string;
}

/** What is to be sent for a question, or why nothing can be. */
export type Prepared =
  | { readonly kind: 'send'; readonly request: ChatRequest }
  | { readonly kind: 'fail'; readonly error: ChatError };

/** The conversation at work: asks, and tells of each change. One question at a time. */
export interface Session {
  readonly conversation: Conversation;
  readonly running: boolean;
  /** Calls back after every change, with the event of the wire that caused it, if one did. */
  onChange(listener: (event?: ChatEvent) => void): void;
  /** Resolves when the answer has ended; at once where there is nothing to send. Ignored while another answer is running. */
  ask(question: Question, prepared: Prepared): Promise<void>;
  /** Sends the last question again; the answer it had is kept beside the new one. */
  retry(prepared: Prepared): Promise<void>;
  /** Resolves when nothing is running any more. */
  stop(): Promise<void>;
  /** Stops, then puts another conversation in place: a new one, or one that was stored. */
  replace(conversation?: Conversation): Promise<void>;
}

export function createSession({ transport, clock, newId }: SessionPorts): Session {
  const listeners: ((event?: ChatEvent) => void)[] = [];
  let conversation = emptyConversation(newId());
  let run: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;

  function apply(event: ConversationEvent): void {
    conversation = reduce(conversation, event);
    const cause = event.type === 'answer' ? event.event : undefined;
    for (const listener of listeners) listener(cause);
  }

  async function send(prepared: Prepared, signal: AbortSignal): Promise<void> {
    const events =
      prepared.kind === 'fail'
        ? [failure(prepared.error)]
        : askModel(prepared.request, transport, clock, signal);
    for await (const event of events) apply({ type: 'answer', event, at: clock.now() });
  }

  async function start(opening: ConversationEvent, prepared: Prepared): Promise<void> {
    if (run || (opening.type === 'retried' && conversation.turns.length === 0)) return;
    const controller = new AbortController();
    apply(opening);
    run = { controller, ended: send(prepared, controller.signal).finally(() => (run = undefined)) };
    await run.ended;
  }

  async function stop(): Promise<void> {
    run?.controller.abort();
    await run?.ended;
  }

  return {
    get conversation() {
      return conversation;
    },
    get running() {
      const turn = lastTurn(conversation);
      return turn !== undefined && isRunning(currentAnswer(turn).status);
    },
    onChange: (listener) => void listeners.push(listener),
    ask: (question, prepared) =>
      start({ type: 'asked', turnId: newId(), question, at: clock.now() }, prepared),
    retry: (prepared) => start({ type: 'retried', at: clock.now() }, prepared),
    stop,
    async replace(next = emptyConversation(newId())) {
      await stop();
      conversation = next;
      apply({ type: 'restored' });
    },
  };
}

function failure(error: ChatError): ChatEvent {
  return { type: 'ended', outcome: { kind: 'failed', error } };
}
