import { element } from './dom';

/** Buttons in a row that are one stop for Tab; arrow keys, Home and End go from one to the next. */
export interface Toolbar {
  readonly element: HTMLElement;
  /** To be called when one of its buttons was hidden, or shown again. */
  refresh(): void;
}

/** @param first has the stop until another button had the focus */
export function createToolbar(
  label: string,
  children: readonly HTMLElement[],
  first?: HTMLButtonElement,
): Toolbar {
  const bar = element('div', { role: 'toolbar', 'aria-label': label }, ...children);
  const buttons = [...bar.querySelectorAll('button')];
  let stop = first ?? buttons[0];

  function stopAt(next: HTMLButtonElement | undefined): void {
    stop = next;
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  }

  bar.addEventListener('focusin', ({ target }) => {
    stopAt(buttons.find((button) => button === target) ?? stop);
  });
  bar.addEventListener('keydown', (event) => {
    const there = buttons.filter((button) => button.checkVisibility());
    const next = reached(event.key, stop ? there.indexOf(stop) : 0, there.length);
    if (next === undefined) return;
    event.preventDefault();
    there[next]?.focus();
  });
  stopAt(stop);
  return {
    element: bar,
    refresh: () => stopAt(stop?.hidden === false ? stop : buttons.find(({ hidden }) => !hidden)),
  };
}

/** Where a key leads from one of several things in a row. */
export function reached(key: string, from: number, count: number): number | undefined {
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
