import type { ChatEvent } from '../api';
import { emptyConversation, interruptedEvent, type Conversation } from './conversation';
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
  const changeListeners: ((session: Session, event?: ChatEvent) => void)[] = [];
  const showListeners: (() => void)[] = [];
  const background = new Map<string, Session>();
  let shown = open(emptyConversation(ports.newId()));

  function open(conversation: Conversation): Session {
    const session = createSession(ports, conversation);
    session.onChange((event) => notify(session, event));
    return session;
  }

  function notify(session: Session, event?: ChatEvent): void {
    for (const listener of changeListeners) listener(session, event);
    if (!session.running) background.delete(session.conversation.id);
  }

  function find(id: string): Session | undefined {
    return shown.conversation.id === id ? shown : background.get(id);
  }

  return {
    get shown() {
      return shown;
    },
    show(conversation = emptyConversation(ports.newId())) {
      const known = find(conversation.id);
      if (known === shown) return;
      if (shown.running) background.set(shown.conversation.id, shown);
      shown = known ?? open(conversation);
      background.delete(conversation.id);
      for (const watcher of showListeners) watcher();
      // A window took its answer with it when it went.
      if (!known && shown.conversation !== conversation) notify(shown, interruptedEvent);
    },
    find,
    all: () => [shown, ...background.values()],
    onChange: (listener) => void changeListeners.push(listener),
    onShow: (listener) => void showListeners.push(listener),
  };
}
