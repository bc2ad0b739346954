import type { ChatView, SnippetView } from '../../protocol/history';

/** A line of the list. */
export type Item =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'chat'; readonly chat: ChatView; readonly snippet?: SnippetView };

export type Group = 'pinned' | 'today' | 'yesterday' | 'week' | 'older';

const groups: readonly Group[] = ['pinned', 'today', 'yesterday', 'week', 'older'];

/** The chats under the headings of their days, the latest first. */
export function grouped(
  chats: readonly ChatView[],
  snippets: ReadonlyMap<string, SnippetView>,
  now: number,
): readonly Item[] {
  const starts = dayStarts(now);
  const members: Record<Group, Item[]> = { pinned: [], today: [], yesterday: [], week: [], older: [] };
  for (const chat of chats.toSorted((a, b) => b.date - a.date)) {
    const snippet = snippets.get(chat.id);
    members[groupOf(chat, starts)].push({ kind: 'chat', chat, ...(snippet && { snippet }) });
  }
  return groups.flatMap((group) =>
    members[group].length === 0 ? [] : [{ kind: 'group', group } as const, ...members[group]],
  );
}

interface DayStarts {
  readonly today: number;
  readonly yesterday: number;
  readonly week: number;
}

/** Midnights of this place: a day is not always 24 hours. */
function dayStarts(now: number): DayStarts {
  const midnight = (daysAgo: number): number => {
    const date = new Date(now);
    return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysAgo).getTime();
  };
  return { today: midnight(0), yesterday: midnight(1), week: midnight(7) };
}

function groupOf({ pinned, date }: ChatView, { today, yesterday, week }: DayStarts): Group {
  if (pinned) return 'pinned';
  if (date >= today) return 'today';
  if (date >= yesterday) return 'yesterday';
  return date >= week ? 'week' : 'older';
}
