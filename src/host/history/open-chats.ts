import type { Conversation } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import type { Sessions } from '../../core/chat/sessions';
import { summaryOf, type ChatSummary } from '../../core/chat/summary';
import { changeChat, deleteChat, readChat, type ChatFolder } from '../storage/chat-files';
import type { ChatStore } from '../storage/chats';

/** The chats that this window has open. Of those its own state counts, and is what will be written. */
export interface OpenChats {
  readonly shown: Session;
  find(id: string): Session | undefined;
  /** Shows another chat, or a new one. */
  show(conversation?: Conversation): void;
  /** Resolves when what has changed in them is written. */
  flush(): Promise<void>;
}

export function openChats(sessions: Sessions, store: Pick<ChatStore, 'flush'>): OpenChats {
  return {
    get shown() {
      return sessions.shown;
    },
    find: (id) => sessions.find(id),
    show: (conversation) => sessions.show(conversation),
    flush: () => store.flush(),
  };
}

/** A chat as it is now, open or not. */
export async function currentChat(folder: ChatFolder, chats: OpenChats, id: string): Promise<Conversation> {
  return chats.find(id)?.conversation ?? readChat(folder, id);
}

export async function changeCurrent(
  folder: ChatFolder,
  chats: OpenChats,
  id: string,
  event: Parameters<typeof changeChat>[2],
): Promise<ChatSummary> {
  const session = chats.find(id);
  if (!session) return changeChat(folder, id, event);
  session.change(event);
  return summaryOf(session.conversation);
}

/** Stops what is running in it, and shows a new chat in the place of it; gives the title that it had. */
export async function deleteCurrent(folder: ChatFolder, chats: OpenChats, id: string): Promise<string> {
  const { title } = summaryOf(await currentChat(folder, chats, id));
  await chats.find(id)?.stop();
  if (chats.shown.conversation.id === id) chats.show();
  // Nothing of it may be written after it has gone.
  await chats.flush();
  await deleteChat(folder, id);
  return title;
}
