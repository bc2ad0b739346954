import { t } from '@vscode/l10n';
import { element } from '../ui/dom';
import type { Item } from './chat-groups';
import { chatRow, editTitle, groupRow, type ChatItem, type RowEvents } from './chat-row';
import { focusIn, onRowKey, restoreFocus, setActive } from './chat-row-focus';
import { createRowWindow, keyOf, type RowWindow } from './virtual-rows';

/** A grid of chats. One of them is active: it has the focus, or will. */
export interface ChatList {
  readonly element: HTMLElement;
  show(items: readonly Item[]): void;
  /** Puts the focus on a chat: this one, if it is there, else the active one. */
  focus(id?: string): void;
  /** Lets the user rename a chat. */
  edit(id: string): void;
  readonly active: ChatItem | undefined;
}

export interface ListEvents extends RowEvents {
  readonly renamed: (item: ChatItem, title: string) => void;
  /** The user goes up from the first chat. */
  readonly leave: () => void;
}

export function createChatList(events: ListEvents): ChatList {
  const grid = element('div', { role: 'grid', 'aria-label': t('Chats'), class: 'chat-list' });
  const rows = createRowWindow(grid, (item) =>
    item.kind === 'group' ? groupRow(item.group) : chatRow(item, Date.now(), events),
  );
  grid.append(rows.element);
  let active: string | undefined;

  function activeItem(): ChatItem | undefined {
    const item = rows.items[rows.indexOf(active)];
    return item?.kind === 'chat' ? item : undefined;
  }

  function draw(): void {
    rows.draw(active);
    for (const row of rows.element.querySelectorAll<HTMLElement>('.chat-row')) {
      setActive(row, row.dataset['chat'] === active);
    }
  }

  function activate(index: number): HTMLElement | undefined {
    const item = rows.items[index];
    if (!item) return undefined;
    active = keyOf(item);
    rows.reveal(index);
    draw();
    const row = rows.row(active);
    row?.focus({ preventScroll: true });
    return row;
  }

  grid.addEventListener('scroll', draw, { passive: true });
  grid.addEventListener('focusin', ({ target }) => {
    const id = (target as Element).closest<HTMLElement>('.chat-row')?.dataset['chat'];
    if (id === undefined || id === active) return;
    active = id;
    draw();
  });
  const target = (key: string): number | undefined => targetOf(key, rows, rows.indexOf(active));
  onKeys(grid, { item: activeItem, target, activate, events });
  new ResizeObserver(draw).observe(grid);

  return {
    element: grid,
    get active() {
      return activeItem();
    },
    focus: (id = active) => void activate(Math.max(rows.indexOf(id), chatFrom(rows.items, 0, 1))),
    edit(id) {
      const row = activate(rows.indexOf(id));
      const item = activeItem();
      if (item && row) rename(row, item, events);
    },
    show(items) {
      const focused = focusIn(grid);
      const before = rows.indexOf(active);
      rows.show(items);
      // Where the active one has gone, what took its place.
      if (rows.indexOf(active) < 0) active = keyNear(items, before);
      draw();
      if (focused) restoreFocus(rows.row(active ?? ''), focused);
    },
  };
}

interface KeyTargets {
  readonly item: () => ChatItem | undefined;
  /** Where a key goes; below 0 where that is beyond the first chat. */
  readonly target: (key: string) => number | undefined;
  readonly activate: (index: number) => unknown;
  readonly events: ListEvents;
}

function onKeys(grid: HTMLElement, { item, target, activate, events }: KeyTargets): void {
  const moved = (key: string): boolean => {
    const index = target(key);
    if (index === undefined) return false;
    if (index < 0) events.leave();
    else activate(index);
    return true;
  };
  grid.addEventListener('keydown', (event) => {
    const active = item();
    if (event.ctrlKey || event.metaKey || event.altKey || !active) return;
    if (moved(event.key) || onRowKey(event, active, events)) event.preventDefault();
  });
}

function rename(row: HTMLElement, item: ChatItem, events: ListEvents): void {
  editTitle(row, item.chat, (title) => {
    if (title !== undefined && title !== item.chat.title) events.renamed(item, title);
    if (document.activeElement === document.body) row.focus({ preventScroll: true });
  });
}

/** Where a key goes from an index; below 0 where that is beyond the first chat. */
function targetOf(key: string, { items, page }: RowWindow, at: number): number | undefined {
  const last = items.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(chatFrom(items, at + 1, 1), last);
    case 'ArrowUp':
      return chatFrom(items, at - 1, -1);
    case 'Home':
      return chatFrom(items, 0, 1);
    case 'End':
      return last;
    case 'PageDown':
      return chatFrom(items, Math.min(at + page, last), 1);
    case 'PageUp':
      return chatFrom(items, Math.max(at - page, 0), 1);
    default:
      return undefined;
  }
}

/** The next chat from an index on, in one direction. */
function chatFrom(items: readonly Item[], index: number, step: 1 | -1): number {
  let at = index;
  while (items[at]?.kind === 'group') at += step;
  return at;
}

/** The chat at an index, or the one before where that was the last. */
function keyNear(items: readonly Item[], index: number): string | undefined {
  const from = Math.max(index, 0);
  const around = [...items.slice(from), ...items.slice(0, from).reverse()];
  const near = around.find(({ kind }) => kind === 'chat');
  return near && keyOf(near);
}
