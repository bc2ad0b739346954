import { t } from '@vscode/l10n';
import { element } from '../ui/dom';
import type { Item } from './chat-groups';
import { chatRow, editTitle, groupRow, type ChatItem, type RowEvents } from './chat-row';
import { focusIn, handleRowKey, restoreFocus, setActive } from './chat-row-focus';
import { createVirtualRows, keyOf, type VirtualRows } from './virtual-rows';

/** A grid of chats. One of them is active: it has the focus, or gets it when the grid is focused. */
export interface ChatListView {
  readonly element: HTMLElement;
  show(items: readonly Item[]): void;
  /** Focuses a chat; the active one if this one is not in the list. */
  focus(id?: string): void;
  /** Starts renaming a chat. */
  edit(id: string): void;
  readonly active: ChatItem | undefined;
}

export interface ListEvents extends RowEvents {
  readonly renamed: (item: ChatItem, title: string) => void;
  /** The user moved up from the first chat. */
  readonly leaveUpwards: () => void;
}

export function createChatListView(events: ListEvents): ChatListView {
  const grid = element('div', { role: 'grid', 'aria-label': t('Chats'), class: 'chat-list' });
  const rows = createVirtualRows(grid, (item) =>
    item.kind === 'group' ? groupRow(item.group) : chatRow(item, Date.now(), events),
  );
  grid.append(rows.element);
  let active: string | undefined;

  function activeItem(): ChatItem | undefined {
    const item = rows.items[rows.indexOf(active)];
    return item?.kind === 'chat' ? item : undefined;
  }

  function render(): void {
    rows.render(active);
    for (const row of rows.element.querySelectorAll<HTMLElement>('.chat-row')) {
      setActive(row, row.dataset['chat'] === active);
    }
  }

  function activate(index: number): HTMLElement | undefined {
    const item = rows.items[index];
    if (!item) return undefined;
    active = keyOf(item);
    rows.reveal(index);
    render();
    const row = rows.row(active);
    row?.focus({ preventScroll: true });
    return row;
  }

  grid.addEventListener('scroll', render, { passive: true });
  grid.addEventListener('focusin', ({ target }) => {
    const id = (target as Element).closest<HTMLElement>('.chat-row')?.dataset['chat'];
    if (id === undefined || id === active) return;
    active = id;
    render();
  });
  const target = (key: string): number | undefined => keyTarget(key, rows, rows.indexOf(active));
  onKeys(grid, { item: activeItem, target, activate, events });
  new ResizeObserver(render).observe(grid);

  return {
    element: grid,
    get active() {
      return activeItem();
    },
    focus: (id = active) => void activate(Math.max(rows.indexOf(id), nextChat(rows.items, 0, 1))),
    edit(id) {
      const row = activate(rows.indexOf(id));
      const item = activeItem();
      if (item && row) rename(row, item, events);
    },
    show(items) {
      const focused = focusIn(grid);
      const before = rows.indexOf(active);
      rows.show(items);
      // If the active chat was removed, the chat at its index becomes active.
      if (rows.indexOf(active) < 0) active = nearestChatKey(items, before);
      render();
      if (focused) restoreFocus(rows.row(active ?? ''), focused);
    },
  };
}

interface KeyTargets {
  readonly item: () => ChatItem | undefined;
  /** The index that a key moves to; negative above the first chat. */
  readonly target: (key: string) => number | undefined;
  readonly activate: (index: number) => unknown;
  readonly events: ListEvents;
}

function onKeys(grid: HTMLElement, { item, target, activate, events }: KeyTargets): void {
  const moveTo = (key: string): boolean => {
    const index = target(key);
    if (index === undefined) return false;
    if (index < 0) events.leaveUpwards();
    else activate(index);
    return true;
  };
  grid.addEventListener('keydown', (event) => {
    const active = item();
    if (event.ctrlKey || event.metaKey || event.altKey || !active) return;
    if (moveTo(event.key) || handleRowKey(event, active, events)) event.preventDefault();
  });
}

function rename(row: HTMLElement, item: ChatItem, events: ListEvents): void {
  editTitle(row, item.chat, (title) => {
    if (title !== undefined && title !== item.chat.title) events.renamed(item, title);
    if (document.activeElement === document.body) row.focus({ preventScroll: true });
  });
}

/** The index that a key moves to; negative above the first chat, undefined for other keys. */
function keyTarget(key: string, { items, page }: VirtualRows, at: number): number | undefined {
  const last = items.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(nextChat(items, at + 1, 1), last);
    case 'ArrowUp':
      return nextChat(items, at - 1, -1);
    case 'Home':
      return nextChat(items, 0, 1);
    case 'End':
      return last;
    case 'PageDown':
      return nextChat(items, Math.min(at + page, last), 1);
    case 'PageUp':
      return nextChat(items, Math.max(at - page, 0), 1);
    default:
      return undefined;
  }
}

/** The index of the first chat in one direction, starting at an index. */
function nextChat(items: readonly Item[], index: number, step: 1 | -1): number {
  let at = index;
  while (items[at]?.kind === 'group') at += step;
  return at;
}

/** The first chat at or after an index; the last one before it if there is none. */
function nearestChatKey(items: readonly Item[], index: number): string | undefined {
  const from = Math.max(index, 0);
  const around = [...items.slice(from), ...items.slice(0, from).reverse()];
  const nearest = around.find(({ kind }) => kind === 'chat');
  return nearest && keyOf(nearest);
}
