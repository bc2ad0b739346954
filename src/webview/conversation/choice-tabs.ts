import { t } from '@vscode/l10n';
import { element } from '../ui/dom';
import { formatCount } from '../ui/l10n';
import { indexAfterKey } from '../ui/toolbar';

/** The choices of an answer. One of them is shown; several have tabs. */
export interface ChoiceTabs {
  readonly element: HTMLElement;
  /** The index of the choice that the user has selected. */
  readonly selected: number;
  add(panel: HTMLElement): void;
  show(index: number): void;
}

/**
 * Events for the panel of a choice: `REVEAL_EVENT` shows the choice, and `RESTORE_EVENT` shows the selected choice
 * again. The selection does not change.
 */
export const REVEAL_EVENT = 'reveal';
export const RESTORE_EVENT = 'restore';

/** @param onPick called when the user selects another choice */
export function createChoiceTabs(onPick: (index: number) => void): ChoiceTabs {
  const tabs: HTMLElement[] = [];
  const panels: HTMLElement[] = [];
  const list = element('div', { role: 'tablist', 'aria-label': t('Alternatives') });
  const bar = element('div', { class: 'choice-tabs', hidden: '' }, t('Alternatives'), list);
  const root = element('div', {}, bar);
  let selected = 0;
  let shown = 0;

  function display(index: number): void {
    shown = index;
    bar.hidden = tabs.length < 2;
    tabs.forEach((tab, at) => {
      tab.setAttribute('aria-selected', String(at === index));
      tab.tabIndex = at === index ? 0 : -1;
    });
    panels.forEach((panel, at) => {
      panel.hidden = at !== index;
      // A single answer has no tab.
      const tab = tabs.length > 1 ? tabs[at] : undefined;
      if (!tab) return;
      panel.role = 'tabpanel';
      panel.setAttribute('aria-labelledby', tab.id);
    });
  }

  function show(index: number): void {
    selected = index;
    display(index);
  }

  function pick(index: number): void {
    tabs[index]?.focus();
    const isSelected = index === selected;
    show(index);
    if (!isSelected) onPick(index);
  }

  list.addEventListener('keydown', (event) => {
    const next = indexAfterKey(event.key, shown, tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    pick(next);
  });

  return {
    element: root,
    get selected() {
      return selected;
    },
    add(panel) {
      const index = tabs.length;
      const tab = createTab(index, panel);
      tab.addEventListener('click', () => pick(index));
      panel.addEventListener(REVEAL_EVENT, () => display(index));
      panel.addEventListener(RESTORE_EVENT, () => display(selected));
      tabs.push(tab);
      panels.push(panel);
      list.append(tab);
      root.append(panel);
      display(shown);
    },
    show,
  };
}

function createTab(index: number, panel: HTMLElement): HTMLElement {
  const number = formatCount(index + 1);
  const tab = element('button', { type: 'button', role: 'tab', id: crypto.randomUUID() }, number);
  tab.setAttribute('aria-label', t('Alternative {0}', number));
  panel.id = crypto.randomUUID();
  tab.setAttribute('aria-controls', panel.id);
  return tab;
}
