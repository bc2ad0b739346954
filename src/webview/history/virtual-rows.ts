import { element } from '../ui/dom';
import type { Item } from './chat-groups';

/** Rows of which only those in sight are drawn, and one more: it may have the focus. */
export interface RowWindow {
  readonly element: HTMLElement;
  readonly items: readonly Item[];
  show(items: readonly Item[]): void;
  /** Draws what is in sight; `active` is drawn wherever it is. */
  draw(active: string | undefined): void;
  indexOf(key: string | undefined): number;
  /** The row of a key, if it is drawn. */
  row(key: string): HTMLElement | undefined;
  /** Scrolls until it can be seen. */
  reveal(index: number): void;
  /** How many rows are in sight. */
  readonly page: number;
}

const heights = { row: 22, withSnippet: 40, group: 26 };
/** Pixels that are drawn beyond what is in sight. */
const beyond = 200;

/**
 * @param grid what scrolls
 * @param create makes a row
 */
export function createRowWindow(grid: HTMLElement, create: (item: Item) => HTMLElement): RowWindow {
  const rows = element('div', { role: 'rowgroup', class: 'chat-rows' });
  const drawn = new Map<string, { readonly item: Item; readonly element: HTMLElement }>();
  let items: readonly Item[] = [];
  /** Where each begins, in pixels; one more for the end. */
  let tops: readonly number[] = [0];

  const indexOf = (key: string | undefined): number => items.findIndex((item) => keyOf(item) === key);

  function inSight(active: string | undefined): readonly number[] {
    const [from, to] = [grid.scrollTop - beyond, grid.scrollTop + grid.clientHeight + beyond];
    const indices = new Set<number>();
    for (let at = firstEndingAfter(tops, from); at < items.length && (tops[at] ?? 0) < to; at++)
      indices.add(at);
    const at = active === undefined ? -1 : indexOf(active);
    if (at >= 0) indices.add(at);
    return [...indices].sort((a, b) => a - b);
  }

  /** One that is edited stays, whatever has become of its chat. */
  function rowOf(item: Item, index: number): HTMLElement {
    const key = keyOf(item);
    const known = drawn.get(key);
    const kept = known && (known.item === item || 'editing' in known.element.dataset) ? known : undefined;
    const current = kept ?? { item, element: create(item) };
    if (known && !kept) known.element.replaceWith(current.element);
    drawn.set(key, current);
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
      return Math.max(1, Math.floor(grid.clientHeight / heights.row) - 1);
    },
    row: (key) => drawn.get(key)?.element,
    show(next) {
      items = next;
      tops = topsOf(items);
      rows.style.height = `${tops.at(-1) ?? 0}px`;
      grid.setAttribute('aria-rowcount', String(items.length));
    },
    draw(active) {
      const kept = new Map<string, HTMLElement>();
      for (const index of inSight(active)) {
        const item = items[index];
        if (item) kept.set(keyOf(item), rowOf(item, index));
      }
      for (const key of drawn.keys()) if (!kept.has(key)) drawn.delete(key);
      putInOrder(rows, [...kept.values()]);
    },
    reveal(index) {
      const [top = 0, bottom = 0] = [tops[index], tops[index + 1]];
      // With the first goes its heading.
      if (top < grid.scrollTop) grid.scrollTop = index === 1 ? 0 : top;
      else if (bottom > grid.scrollTop + grid.clientHeight) grid.scrollTop = bottom - grid.clientHeight;
    },
  };
}

/** Makes these the only children. One that is in its place already is not moved: it would lose the focus. */
function putInOrder(parent: HTMLElement, children: readonly HTMLElement[]): void {
  const wanted = new Set<Element>(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let place = parent.firstElementChild;
  for (const child of children) {
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
}

export function keyOf(item: Item): string {
  return item.kind === 'group' ? `group ${item.group}` : item.chat.id;
}

function heightOf(item: Item): number {
  if (item.kind === 'group') return heights.group;
  return item.snippet ? heights.withSnippet : heights.row;
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
