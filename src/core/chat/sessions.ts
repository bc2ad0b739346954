import type { ChatEvent } from '../api';
import { emptyConversation, interrupted, type Conversation } from './conversation';
import { createSession, type Session, type SessionPorts } from './session';

/** The conversations of a window: the one that is shown, and those whose answers still come. */
export interface Sessions {
  readonly shown: Session;
  /** Shows this conversation, or a new one. The one that was shown goes on unseen until its answer has ended. */
  show(conversation?: Conversation): void;
  /** The conversation of this id, if it is shown or its answer still comes. */
  find(id: string): Session | undefined;
  /** All that are shown or still answered. */
  all(): readonly Session[];
  /** Calls back after every change of any of them, with the event of the wire that caused it, if one did. */
  onChange(listener: (session: Session, event?: ChatEvent) => void): void;
  /** Calls back when another is shown. */
  onShow(listener: () => void): void;
}

export function createSessions(ports: SessionPorts): Sessions {
  const listeners: ((session: Session, event?: ChatEvent) => void)[] = [];
  const watchers: (() => void)[] = [];
  const unseen = new Map<string, Session>();
  let shown = open(emptyConversation(ports.newId()));

  function open(conversation: Conversation): Session {
    const session = createSession(ports, conversation);
    session.onChange((event) => tell(session, event));
    return session;
  }

  function tell(session: Session, event?: ChatEvent): void {
    for (const listener of listeners) listener(session, event);
    if (!session.running) unseen.delete(session.conversation.id);
  }

  function find(id: string): Session | undefined {
    return shown.conversation.id === id ? shown : unseen.get(id);
  }

  return {
    get shown() {
      return shown;
    },
    show(conversation = emptyConversation(ports.newId())) {
      const known = find(conversation.id);
      if (known === shown) return;
      if (shown.running) unseen.set(shown.conversation.id, shown);
      shown = known ?? open(conversation);
      unseen.delete(conversation.id);
      for (const watcher of watchers) watcher();
      // A window took its answer with it when it went.
      if (!known && shown.conversation !== conversation) tell(shown, interrupted);
    },
    find,
    all: () => [shown, ...unseen.values()],
    onChange: (listener) => void listeners.push(listener),
    onShow: (listener) => void watchers.push(listener),
  };
}
