import { t } from '@vscode/l10n';
import type { ChatListItem, DraftView, SnippetView } from '../../protocol/history';

/** The chats that the list shows. */
export type Scope = 'workspace' | 'all' | 'deleted';

/** A row of the list. */
export type Item =
  | { readonly kind: 'group'; readonly group: Group }
  | {
      readonly kind: 'chat';
      readonly chat: ChatListItem;
      readonly state: ItemState;
      readonly snippet?: SnippetView;
    };

/** A `draft` is listed like a chat, with the ID of the draft. */
export type ItemState = 'listed' | 'deleted' | 'draft';

export type Group = 'drafts' | 'pinned' | 'today' | 'yesterday' | 'week' | 'older';

const groups: readonly Group[] = ['drafts', 'pinned', 'today', 'yesterday', 'week', 'older'];

export interface ListContent {
  readonly chats: readonly ChatListItem[];
  readonly drafts: readonly DraftView[];
  readonly snippets: ReadonlyMap<string, SnippetView>;
  readonly scope: Scope;
}

/** Groups chats by day, latest first. Deleted chats are grouped by the day of their deletion. */
export function groupItems({ chats, drafts, snippets, scope }: ListContent, now: number): readonly Item[] {
  const starts = dayStarts(now);
  const state = scope === 'deleted' ? 'deleted' : 'listed';
  const members: Record<Group, Item[]> = {
    drafts: drafts.map((draft) => ({ kind: 'chat', chat: viewOfDraft(draft), state: 'draft' })),
    pinned: [],
    today: [],
    yesterday: [],
    week: [],
    older: [],
  };
  for (const chat of chats.toSorted((a, b) => dateOf(b) - dateOf(a))) {
    const snippet = snippets.get(chat.id);
    members[groupOf(chat, starts)].push({ kind: 'chat', chat, state, ...(snippet && { snippet }) });
  }
  return groups.flatMap((group) =>
    members[group].length === 0 ? [] : [{ kind: 'group', group } as const, ...members[group]],
  );
}

export function isInScope({ here, deletedAt }: ChatListItem, scope: Scope): boolean {
  if (scope === 'deleted') return deletedAt !== undefined;
  return deletedAt === undefined && (scope === 'all' || here);
}

/** The time that the list is sorted by, in ms since 1970. */
export function dateOf({ date, deletedAt }: ChatListItem): number {
  return deletedAt ?? date;
}

function viewOfDraft({ id, text, date }: DraftView): ChatListItem {
  return { id, title: text, pinned: false, date, running: false, shown: false, here: true };
}

interface DayStarts {
  readonly today: number;
  readonly yesterday: number;
  readonly week: number;
}

/** The local midnights at which the groups begin. Days are not always 24 hours long. */
function dayStarts(now: number): DayStarts {
  const midnight = (daysAgo: number): number => {
    const date = new Date(now);
    return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysAgo).getTime();
  };
  return { today: midnight(0), yesterday: midnight(1), week: midnight(7) };
}

function groupOf(chat: ChatListItem, { today, yesterday, week }: DayStarts): Group {
  const date = dateOf(chat);
  if (chat.pinned && chat.deletedAt === undefined) return 'pinned';
  if (date >= today) return 'today';
  if (date >= yesterday) return 'yesterday';
  return date >= week ? 'week' : 'older';
}

/** The heading of a group in the list. */
export function groupTitle(group: Group): string {
  switch (group) {
    case 'drafts':
      return t('Unsent Drafts');
    case 'pinned':
      return t('Pinned');
    case 'today':
      return t('Today');
    case 'yesterday':
      return t('Yesterday');
    case 'week':
      return t('Previous 7 Days');
    case 'older':
      return t('Older');
  }
}
