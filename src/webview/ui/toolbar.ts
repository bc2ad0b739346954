import { element } from './dom';

/** A row of buttons that Tab reaches once. The arrow keys, Home and End move between them. */
export interface Toolbar {
  readonly element: HTMLElement;
  /** Must be called after a button was hidden or shown. */
  refresh(): void;
}

/** @param first the button that Tab reaches first; the default is the first in the row */
export function createToolbar(
  label: string,
  children: readonly HTMLElement[],
  first?: HTMLButtonElement,
): Toolbar {
  const bar = element('div', { role: 'toolbar', 'aria-label': label }, ...children);
  const buttons = [...bar.querySelectorAll('button')];
  let tabStop = first ?? buttons[0];

  function setTabStop(next: HTMLButtonElement | undefined): void {
    tabStop = next;
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  }

  bar.addEventListener('focusin', ({ target }) => {
    setTabStop(buttons.find((button) => button === target) ?? tabStop);
  });
  bar.addEventListener('keydown', (event) => {
    const visible = buttons.filter((button) => button.checkVisibility());
    const next = indexAfterKey(event.key, tabStop ? visible.indexOf(tabStop) : 0, visible.length);
    if (next === undefined) return;
    event.preventDefault();
    visible[next]?.focus();
  });
  setTabStop(tabStop);
  return {
    element: bar,
    refresh: () => setTabStop(tabStop?.hidden === false ? tabStop : buttons.find(({ hidden }) => !hidden)),
  };
}

/** The index that a key moves to in a row of items; undefined for other keys. */
export function indexAfterKey(key: string, from: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (from + 1) % count;
    case 'ArrowLeft':
      return (from + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
