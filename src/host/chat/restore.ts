import type * as vscode from 'vscode';
import type { CompatibilityMemory, Transport } from '../../core/api';
import type { Answer } from '../../core/chat/answer';
import { isAnswering, lastAnswer } from '../../core/chat/conversation';
import { createSession, type Session } from '../../core/chat/session';
import { systemClock } from '../clock';
import { createChatStore, type ChatStore } from '../storage/chats';
import { setContextKeys } from './context-keys';
import { logEvent } from './event-log';

export interface Restored {
  readonly session: Session;
  readonly store: ChatStore;
  /** The answer that the window took with it when it went. */
  readonly interrupted?: Answer;
}

/** The conversation that this window had last, followed by its file, the log and the commands' conditions. */
export async function restoreSession(
  context: vscode.ExtensionContext,
  folder: vscode.Uri,
  transport: Transport,
  compatibility: CompatibilityMemory,
  log: vscode.LogOutputChannel,
): Promise<Restored> {
  const newId = (): string => crypto.randomUUID();
  const random = (): number => Math.random();
  const session = createSession({ transport, clock: systemClock, random, compatibility, newId });
  const store = createChatStore(folder, systemClock, log);
  const stored = await store.load();
  const interrupted = stored && isAnswering(stored);
  // Windows without a folder share their storage: each goes on with a copy of its own.
  if (stored) await session.replace(context.storageUri ? stored : { ...stored, id: newId() });
  setContextKeys(session);
  session.onChange((event) => {
    store.save(session.conversation);
    if (event) logEvent(log, event);
    // Between its question and its end an answer changes nothing that the commands depend on.
    if (event && event.type !== 'ended') return;
    setContextKeys(session);
    void store.flush();
  });
  const broken = interrupted === true ? lastAnswer(session.conversation) : undefined;
  return { session, store, ...(broken && { interrupted: broken }) };
}
