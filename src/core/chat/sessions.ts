import type { ChatEvent } from '../api';
import { emptyConversation, interruptedEvent, type Conversation } from './conversation';
import { createSession, type Session, type SessionServices } from './session';

/** The sessions of a window: the visible one, and those whose answers are still running. */
export interface Sessions {
  readonly shown: Session;
  /** Shows a conversation, or a new one. The previous one continues in the background until its answer has ended. */
  show(conversation?: Conversation): void;
  /** The session of the conversation with this ID, if it is visible or running. */
  find(id: string): Session | undefined;
  /** All visible and running sessions. */
  all(): readonly Session[];
  /** Calls back after every change of a session, with the client event that caused it, if any. */
  onChange(listener: (session: Session, event?: ChatEvent) => void): void;
  /** Calls back when another session is shown. */
  onShow(listener: () => void): void;
}

export function createSessions(services: SessionServices): Sessions {
  const changeListeners: ((session: Session, event?: ChatEvent) => void)[] = [];
  const showListeners: (() => void)[] = [];
  const background = new Map<string, Session>();
  let shown = open(emptyConversation(services.newId()));

  function open(conversation: Conversation): Session {
    const session = createSession(services, conversation);
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
    show(conversation = emptyConversation(services.newId())) {
      const known = find(conversation.id);
      if (known === shown) return;
      if (shown.running) background.set(shown.conversation.id, shown);
      shown = known ?? open(conversation);
      background.delete(conversation.id);
      for (const watcher of showListeners) watcher();
      // The answer was interrupted when its window was closed; listeners are notified of it.
      if (!known && shown.conversation !== conversation) notify(shown, interruptedEvent);
    },
    find,
    all: () => [shown, ...background.values()],
    onChange: (listener) => void changeListeners.push(listener),
    onShow: (listener) => void showListeners.push(listener),
  };
}
