import { mergeConversations } from './merge-conversations';
import type { StoredChat } from '../stored-chat';

/** Merges like `mergeConversations`. A chat that one window has deleted and another has continued is kept. */
export function mergeStored(base: StoredChat | undefined, ours: StoredChat, theirs: StoredChat): StoredChat {
  const conversation = mergeConversations(base?.conversation, ours.conversation, theirs.conversation);
  const workspace = ours.workspace ?? theirs.workspace;
  const deletedAt = mergeDeletion(base, ours, theirs);
  return {
    conversation,
    ...(workspace && { workspace }),
    ...(deletedAt !== undefined && { deletedAt }),
  };
}

function mergeDeletion(
  base: StoredChat | undefined,
  ours: StoredChat,
  theirs: StoredChat,
): number | undefined {
  if (ours.deletedAt === theirs.deletedAt) return ours.deletedAt;
  if (base && ours.deletedAt === base.deletedAt)
    return ours.conversation.turns === base.conversation.turns ? theirs.deletedAt : undefined;
  if (base && theirs.deletedAt === base.deletedAt)
    return theirs.conversation.turns === base.conversation.turns ? ours.deletedAt : undefined;
  return undefined;
}
