import type { PostMessage } from '../../protocol/messages';
import type { LogOutputChannel } from 'vscode';
import type { Conversation } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import { belongsTo, type ChatWorkspace, type StoredListEntry } from '../../core/chat/stored-chat';
import { sameListEntry, listEntryOf } from '../../core/chat/chat-list-entry';
import { truncateLine } from '../../core/text/truncate';
import type { ChatListItem, DraftView, HistoryUpdate } from '../../protocol/history';
import type { ChatStore } from '../storage/chats/chat-store';
import type { DraftStore } from '../storage/drafts/draft-store';
import type { OrphanedDraft } from '../storage/drafts/draft';
import { logTo } from '../error-reporting';

/** The chats of the store as the list shows them: those that are open in this window as they are now. */
export interface ChatList {
  /** Posts all known chats at once, then those that have changed, and at last which files cannot be listed. */
  list(post: PostUpdate): Promise<void>;
  /** All chats, those of this workspace first, each part with the latest first. */
  all(): Promise<readonly StoredListEntry[]>;
  /** Posts a changed chat to all webviews. */
  changed(entry: StoredListEntry): void;
  removed(id: string): void;
}

export interface ChatListServices {
  readonly chats: ChatStore;
  readonly drafts: Pick<DraftStore, 'orphans'>;
  readonly workspace: ChatWorkspace | undefined;
  readonly sessions: Sessions;
  /** Posts to all webviews; those that do not show the list ignore it. */
  readonly postAll: PostMessage;
  readonly log: LogOutputChannel;
}

type PostUpdate = (update: HistoryUpdate) => void;

/** Longest beginning of a draft that is shown, in UTF-16 units. */
const MAX_DRAFT_LENGTH = 200;

export function createChatList(services: ChatListServices): ChatList {
  const { chats, drafts, workspace, sessions, postAll } = services;
  const postToAll: PostUpdate = (update) => postAll({ type: 'history', update });
  const view = (entry: StoredListEntry): ChatListItem => viewOf(entry, services);

  async function all(): Promise<readonly StoredListEntry[]> {
    return withChatsInMemory(await chats.index.known(), services);
  }

  function changed(entry: StoredListEntry): void {
    if (hasQuestion(entry)) postToAll({ kind: 'changed', chats: [view(entry)] });
  }

  chats.index.onDidChange((found, gone) => {
    const shown = found.filter((entry) => hasQuestion(entry) && !sessions.find(entry.id));
    if (shown.length > 0) postToAll({ kind: 'changed', chats: shown.map(view) });
    if (gone.length > 0) postToAll({ kind: 'removed', ids: gone.filter((id) => !sessions.find(id)) });
  });
  followSessions(services, changed);

  return {
    changed,
    removed: (id) => postToAll({ kind: 'removed', ids: [id] }),
    async list(post) {
      const [orphans] = await Promise.all([drafts.orphans(), chats.index.known()]);
      // A chat that was changed while the drafts were read has been posted already, and must not be replaced by its past.
      const known = await all();
      post({
        kind: 'list',
        chats: known.map(view),
        drafts: orphans.map(viewOfDraft),
        ...(workspace && { workspace: workspace.name }),
      });
      post({ kind: 'verified', problems: await chats.index.verify() });
    },
    async all() {
      const rank = ({ workspace: chatWorkspace }: StoredListEntry): number =>
        belongsTo(chatWorkspace, workspace) ? 1 : 0;
      return (await all()).toSorted((a, b) => rank(b) - rank(a) || b.date - a.date);
    },
  };
}

function viewOf(entry: StoredListEntry, { sessions, workspace }: ChatListServices): ChatListItem {
  const { id, title, pinned, date, deletedAt } = entry;
  const session = sessions.find(id);
  return {
    id,
    title,
    pinned,
    date,
    running: session?.running ?? false,
    shown: session === sessions.shown,
    here: belongsTo(entry.workspace, workspace),
    ...(entry.workspace && { workspace: entry.workspace.name }),
    ...(deletedAt !== undefined && { deletedAt }),
  };
}

function viewOfDraft({ id, state, savedAt }: OrphanedDraft): DraftView {
  const others = [...state.queued.slice(0, 1), ...state.edits.slice(-1)];
  const text = state.text === '' ? (others[0]?.text ?? '') : state.text;
  return { id, text: truncateLine(text, MAX_DRAFT_LENGTH), date: savedAt };
}

/** For chats that are open in this window or could not be saved, memory has a later state than the files. */
function withChatsInMemory(
  listed: readonly StoredListEntry[],
  { chats, sessions, workspace }: ChatListServices,
): readonly StoredListEntry[] {
  const entries = new Map(listed.map((entry) => [entry.id, entry]));
  const inMemory = [...chats.unsaved.chats, ...sessions.all().map(({ conversation }) => conversation)];
  for (const conversation of inMemory) {
    const known = entries.get(conversation.id);
    entries.set(conversation.id, entryInMemory(conversation, known, workspace));
  }
  return [...entries.values()].filter(hasQuestion);
}

function entryInMemory(
  conversation: Conversation,
  known: StoredListEntry | undefined,
  workspace: ChatWorkspace | undefined,
): StoredListEntry {
  const entry = listEntryOf(conversation);
  const chatWorkspace = known ? known.workspace : workspace;
  return {
    ...known,
    ...entry,
    // If no date is known of its questions, it has that of its file.
    date: entry.date || (known?.date ?? 0),
    ...(chatWorkspace && { workspace: chatWorkspace }),
  };
}

/** Keeps the list up to date with the open chats, which have changed before they are written. */
function followSessions(
  { chats, sessions, workspace, log }: ChatListServices,
  changed: (entry: StoredListEntry) => void,
): void {
  let { shown } = sessions;
  const posted = new Map<string, StoredListEntry>();
  const logFailure = logTo(log, 'Updating the list of chats');

  async function post(id: string): Promise<void> {
    const known = (await chats.index.known()).find((entry) => entry.id === id);
    const session = sessions.find(id);
    if (!session) {
      if (known) changed(known);
      return;
    }
    changed(entryInMemory(session.conversation, known, workspace));
  }

  sessions.onChange(({ conversation }, event) => {
    if (event && event.type !== 'ended') return;
    const entry = listEntryOf(conversation);
    const before = posted.get(entry.id);
    if (!event && before && sameListEntry(before, entry)) return;
    posted.set(entry.id, entry);
    post(entry.id).catch(logFailure);
  });
  sessions.onShow(() => {
    const before = shown;
    ({ shown } = sessions);
    for (const { conversation } of [before, shown]) post(conversation.id).catch(logFailure);
  });
}

/** A chat without a question is not listed. */
function hasQuestion({ questions }: StoredListEntry): boolean {
  return questions > 0;
}
