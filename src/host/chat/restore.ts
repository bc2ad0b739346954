import type * as vscode from 'vscode';
import type { CompatibilityMemory, Transport } from '../../core/api';
import type { Conversation } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import { createSessions, type Sessions } from '../../core/chat/sessions';
import { questionText } from '../../core/prompt/messages';
import { systemClock } from '../clock';
import { readSettings } from '../settings';
import type { ChatFolder } from '../storage/chat-files';
import { createChatStore, type ChatStore } from '../storage/chats';
import { createIndexNotes } from '../storage/index-notes';
import { setContextKeys } from './context-keys';
import { logEvent } from './event-log';

export interface KeptSessions {
  readonly sessions: Sessions;
  readonly store: ChatStore;
  /** Goes on with the chat that this window had last. */
  restore(): Promise<void>;
}

/** Characters of a chat that are looked for in a server's words, the latest first. */
const MAX_LOOKED_FOR = 1024 * 1024;

/** What was sent with the last question. */
function textsOf({ turns }: Conversation): readonly string[] {
  const texts: string[] = [readSettings().settings.instructions];
  let size = 0;
  for (const { question, answers } of turns.toReversed()) {
    const choices = answers.flatMap((answer) => answer.choices.map(({ text }) => text));
    for (const text of [questionText(question), ...choices]) {
      texts.push(text);
      size += text.length;
    }
    if (size > MAX_LOOKED_FOR) break;
  }
  return texts;
}

/** The conversations of this window, followed by their files, the log and the commands' conditions. */
export function keepSessions(
  context: vscode.ExtensionContext,
  folder: ChatFolder,
  transport: Transport,
  compatibility: CompatibilityMemory,
): KeptSessions {
  const newId = (): string => crypto.randomUUID();
  const random = (): number => Math.random();
  const sessions = createSessions({ transport, clock: systemClock, random, compatibility, newId });
  const store = createChatStore(folder, systemClock);
  const loading = store.load();
  const notes = createIndexNotes(folder);

  function keep({ conversation }: Session): void {
    store.save(conversation);
    store.setCurrent(sessions.shown.conversation.id);
  }

  sessions.onChange((session, event) => {
    keep(session);
    if (event) logEvent(folder.log, event, () => textsOf(session.conversation));
    // Between its question and its end an answer changes nothing that the commands depend on.
    if (event && event.type !== 'ended') return;
    if (session === sessions.shown) setContextKeys(session);
    notes.note(session.conversation);
    void store.flush();
  });
  sessions.onShow(() => setContextKeys(sessions.shown));

  return {
    sessions,
    store,
    async restore() {
      const stored = await loading;
      // Windows without a folder share their storage: each goes on with a copy of its own, once it changes.
      if (stored) sessions.show(context.storageUri ? stored : { ...stored, id: newId() });
      else setContextKeys(sessions.shown);
      sessions.onShow(() => store.setCurrent(sessions.shown.conversation.id));
    },
  };
}
