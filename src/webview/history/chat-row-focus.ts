import { focusReplacement } from '../ui/focus';
import type { ItemState } from './chat-groups';
import type { ChatItem, RowAction, RowEvents } from './chat-row';

/** Makes a row and its buttons reachable with Tab, or unreachable. Only one row is active. */
export function setActive(row: HTMLElement, active: boolean): void {
  const index = active ? 0 : -1;
  if (row.tabIndex === index && row.hasAttribute('tabindex')) return;
  row.tabIndex = index;
  for (const button of buttonsOf(row)) button.tabIndex = index;
}

/** The focused part of a row: the row itself, or one of its buttons. */
export interface RowFocus {
  readonly action: string | undefined;
}

export function focusIn(grid: HTMLElement): RowFocus | undefined {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !grid.contains(focused)) return undefined;
  return { action: focused.dataset['action'] };
}

export function restoreFocus(row: HTMLElement | undefined, { action }: RowFocus): void {
  if (!row || row.contains(document.activeElement)) return;
  // The buttons are shown only while the row has the focus.
  focusReplacement(row);
  const button = buttonsOf(row).find(({ dataset }) => dataset['action'] === action);
  if (action !== undefined && button) focusReplacement(button);
}

const deleteAction: Readonly<Record<ItemState, RowAction>> = {
  listed: 'delete',
  deleted: 'deletePermanently',
  draft: 'removeDraft',
};

/** Handles a key in a row, whose buttons are reached with the arrow keys. Returns whether the key was handled. */
export function handleRowKey(event: KeyboardEvent, item: ChatItem, { open, act }: RowEvents): boolean {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>('.chat-row');
  if (!row) return false;
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      nextStop(row, target, event.key)?.focus();
      return true;
    case 'Escape':
      if (target === row) return false;
      event.stopPropagation();
      row.focus();
      return true;
    case 'Enter':
      if (target === row) open(item);
      return target === row;
    case 'F2':
      if (item.state === 'listed') act('rename', item);
      return true;
    case 'Delete':
      act(deleteAction[item.state], item);
      return true;
    default:
      return false;
  }
}

/** The element next to the focused one in the direction of an arrow key, in reading order. */
function nextStop(
  row: HTMLElement,
  focused: HTMLElement,
  key: 'ArrowLeft' | 'ArrowRight',
): HTMLElement | undefined {
  const forward = getComputedStyle(row).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const stops = [row, ...buttonsOf(row)];
  const next = stops.indexOf(focused) + (key === forward ? 1 : -1);
  return stops[Math.min(Math.max(next, 0), stops.length - 1)];
}

function buttonsOf(row: HTMLElement): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('.chat-actions button')];
}
