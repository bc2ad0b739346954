import { element } from '../ui/dom';
import type { Item } from './chat-groups';

/** Rows of which only the visible ones have an element, and the active one, which may have the focus. */
export interface VirtualRows {
  readonly element: HTMLElement;
  readonly items: readonly Item[];
  show(items: readonly Item[]): void;
  /** Renders the visible rows and the active one. */
  render(active: string | undefined): void;
  indexOf(key: string | undefined): number;
  /** The element of a row; undefined if it has none. */
  row(key: string): HTMLElement | undefined;
  /** Scrolls a row into view. */
  reveal(index: number): void;
  /** Number of rows that Page Up and Page Down move by. */
  readonly page: number;
}

const HEIGHTS_PX = { row: 22, withSnippet: 40, group: 26 };
/** Rows are rendered up to this distance from the visible part. */
const OVERSCAN_PX = 200;

/**
 * @param grid the element that scrolls
 * @param create creates the element of a row
 */
export function createVirtualRows(grid: HTMLElement, create: (item: Item) => HTMLElement): VirtualRows {
  const rows = element('div', { role: 'rowgroup', class: 'chat-rows' });
  const rendered = new Map<string, { readonly item: Item; readonly element: HTMLElement }>();
  let items: readonly Item[] = [];
  /** The top of each row in pixels, and the bottom of the last one. */
  let tops: readonly number[] = [0];

  const indexOf = (key: string | undefined): number => items.findIndex((item) => keyOf(item) === key);

  function visibleIndices(active: string | undefined): readonly number[] {
    const [from, to] = [grid.scrollTop - OVERSCAN_PX, grid.scrollTop + grid.clientHeight + OVERSCAN_PX];
    const indices = new Set<number>();
    for (let at = firstEndingAfter(tops, from); at < items.length && (tops[at] ?? 0) < to; at++)
      indices.add(at);
    const at = active === undefined ? -1 : indexOf(active);
    if (at >= 0) indices.add(at);
    return [...indices].sort((a, b) => a - b);
  }

  /** The element of a row. While it is being renamed, it is kept even if its chat has changed. */
  function rowOf(item: Item, index: number): HTMLElement {
    const key = keyOf(item);
    const known = rendered.get(key);
    const reused = known && (known.item === item || 'editing' in known.element.dataset) ? known : undefined;
    const current = reused ?? { item, element: create(item) };
    if (known && !reused) known.element.replaceWith(current.element);
    rendered.set(key, current);
    current.element.style.top = `${tops[index] ?? 0}px`;
    current.element.style.height = `${heightOf(item)}px`;
    current.element.setAttribute('aria-rowindex', String(index + 1));
    return current.element;
  }

  return {
    element: rows,
    indexOf,
    get items() {
      return items;
    },
    get page() {
      return Math.max(1, Math.floor(grid.clientHeight / HEIGHTS_PX.row) - 1);
    },
    row: (key) => rendered.get(key)?.element,
    show(next) {
      items = next;
      tops = topsOf(items);
      rows.style.height = `${tops.at(-1) ?? 0}px`;
      grid.setAttribute('aria-rowcount', String(items.length));
    },
    render(active) {
      const visible = new Map<string, HTMLElement>();
      for (const index of visibleIndices(active)) {
        const item = items[index];
        if (item) visible.set(keyOf(item), rowOf(item, index));
      }
      for (const key of rendered.keys()) if (!visible.has(key)) rendered.delete(key);
      setChildren(rows, [...visible.values()]);
    },
    reveal(index) {
      const [top = 0, bottom = 0] = [tops[index], tops[index + 1]];
      // The heading of the first group is scrolled into view with its first row.
      if (top < grid.scrollTop) grid.scrollTop = index === 1 ? 0 : top;
      else if (bottom > grid.scrollTop + grid.clientHeight) grid.scrollTop = bottom - grid.clientHeight;
    },
  };
}

/** Makes these the only children. Children that are in order are not moved, because they would lose the focus. */
function setChildren(parent: HTMLElement, children: readonly HTMLElement[]): void {
  const wanted = new Set<Element>(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

export function keyOf(item: Item): string {
  return item.kind === 'group' ? `group ${item.group}` : item.chat.id;
}

function heightOf(item: Item): number {
  if (item.kind === 'group') return HEIGHTS_PX.group;
  return item.snippet ? HEIGHTS_PX.withSnippet : HEIGHTS_PX.row;
}

function topsOf(items: readonly Item[]): readonly number[] {
  let top = 0;
  return [0, ...items.map((item) => (top += heightOf(item)))];
}

function firstEndingAfter(tops: readonly number[], pixel: number): number {
  let [low, high] = [0, tops.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle + 1] ?? Infinity) < pixel) low = middle + 1;
    else high = middle;
  }
  return low;
}
