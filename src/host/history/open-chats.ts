import type { Conversation } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import { summaryOf, type ChatSummary } from '../../core/chat/summary';
import { changeChat, deleteChat, readChat, type ChatFolder } from '../storage/chat-files';
import type { ChatStore } from '../storage/chats';

/** The chats of a folder. Of those that the window has open its own state counts, and is what will be written. */
export interface OpenChats {
  readonly folder: ChatFolder;
  readonly sessions: Sessions;
  readonly store: Pick<ChatStore, 'flush'>;
}

/** A chat as it is now, open or not. */
export async function currentChat({ folder, sessions }: OpenChats, id: string): Promise<Conversation> {
  return sessions.find(id)?.conversation ?? readChat(folder, id);
}

export async function changeCurrent(
  { folder, sessions }: OpenChats,
  id: string,
  event: Parameters<typeof changeChat>[2],
): Promise<ChatSummary> {
  const session = sessions.find(id);
  if (!session) return changeChat(folder, id, event);
  session.change(event);
  return summaryOf(session.conversation);
}

/** Stops what is running in it, and shows a new chat in the place of it; gives the title that it had. */
export async function deleteCurrent(chats: OpenChats, id: string): Promise<string> {
  const { folder, sessions, store } = chats;
  const { title } = summaryOf(await currentChat(chats, id));
  await sessions.find(id)?.stop();
  if (sessions.shown.conversation.id === id) sessions.show();
  // Nothing of it may be written after it has gone.
  await store.flush();
  await deleteChat(folder, id);
  return title;
}
