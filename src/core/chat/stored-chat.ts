import { ENUM_PARAMETERS } from '../models/parameter-values';
import { isRunning } from './answer';
import type { Conversation } from './conversation';
import { listEntryOf, type ChatListEntry } from './chat-list-entry';
import { currentAnswer, type Turn } from './turn';

/** The workspace that a chat was started in. */
export interface ChatWorkspace {
  /** VS Code's ID of the workspace, which changes when a folder is added. */
  readonly id: string;
  /** The name in VS Code's title bar. */
  readonly name: string;
  /** URIs of its folders. */
  readonly folders: readonly string[];
}

/** A conversation with the other contents of its file. */
export interface StoredChat {
  readonly conversation: Conversation;
  /** Absent for chats of a window without a folder. */
  readonly workspace?: ChatWorkspace;
  /** When the chat was moved to Recently Deleted, in ms since 1970; absent if it was not. */
  readonly deletedAt?: number;
}

/** The properties of a stored chat that the list shows without reading the whole file. */
export interface StoredListEntry extends ChatListEntry {
  readonly workspace?: ChatWorkspace;
  readonly deletedAt?: number;
}

/** Whether a chat of the workspace `chat` is listed under "This Workspace" in a window of the workspace `current`. */
export function belongsTo(chat: ChatWorkspace | undefined, current: ChatWorkspace | undefined): boolean {
  if (!chat || !current) return chat === current;
  return chat.id === current.id || chat.folders.some((folder) => current.folders.includes(folder));
}

export function storedListEntry({ conversation, workspace, deletedAt }: StoredChat): StoredListEntry {
  return {
    ...listEntryOf(conversation),
    ...(workspace && { workspace }),
    ...(deletedAt !== undefined && { deletedAt }),
  };
}

/**
 * A merged chat without the running answers and summaries of other windows: they are shown when they have ended, because only their
 * own window can stop them.
 *
 * @returns `ours` itself if nothing changes
 */
export function withoutRemoteAnswers(merged: Conversation, ours: Conversation): Conversation {
  const known = new Map(ours.turns.map((turn) => [turn.id, turn]));
  const turns = merged.turns.flatMap((turn) => {
    const ourTurn = known.get(turn.id);
    if (isRunning(currentAnswer(turn).status)) return ourTurn ? [ourTurn] : [];
    return [withoutRemoteSummaries(turn, ourTurn)];
  });
  const isSame =
    turns.length === ours.turns.length && turns.every((turn, index) => turn === ours.turns[index]);
  const isSameHead = (['title', 'pinned', ...ENUM_PARAMETERS] as const).every(
    (name) => merged[name] === ours[name],
  );
  if (isSame && isSameHead) return ours;
  return { ...merged, turns };
}

/** The turn without summaries that another window is still receiving. */
function withoutRemoteSummaries(turn: Turn, ours: Turn | undefined): Turn {
  const { summaries, ...rest } = turn;
  if (!summaries?.some(({ answer }) => isRunning(answer.status))) return turn;
  const shown = summaries.flatMap((summary) =>
    isRunning(summary.answer.status)
      ? (ours?.summaries ?? []).filter(({ id }) => id === summary.id)
      : [summary],
  );
  return { ...rest, ...(shown.length > 0 && { summaries: shown }) };
}
