import { t } from '@vscode/l10n';
import type { CompletionView } from '../../protocol/messages';
import { element, icon } from '../ui/dom';

/** A list box for a text box that keeps the focus, as in the combobox pattern of the ARIA practices. */
export interface CompletionList {
  readonly element: HTMLElement;
  /** The active entry; undefined if the list is empty. */
  readonly active: CompletionView | undefined;
  /** Activates the next or the previous entry; after the last entry comes the first. */
  step(by: 1 | -1): void;
  /** Shows these entries; the list is hidden if there are none. The active entry stays active if it is among them. */
  show(items: readonly CompletionView[]): void;
}

export function createCompletionList(
  box: HTMLElement,
  onChoose: (item: CompletionView) => void,
): CompletionList {
  const list = element('ul', {
    id: 'completions',
    class: 'completions',
    role: 'listbox',
    'aria-label': t('Suggestions'),
    hidden: '',
  });
  let items: readonly CompletionView[] = [];
  let active = 0;
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-haspopup', 'listbox');

  function activate(index: number): void {
    active = (index + items.length) % items.length;
    [...list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === active)));
    list.children[active]?.scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', `completion-${active}`);
  }

  // Pressing an entry must not take the focus from the text box.
  list.addEventListener('mousedown', (event) => event.preventDefault());

  return {
    element: list,
    get active() {
      return items[active];
    },
    step: (by) => activate(active + by),
    show(next): void {
      const activeIndex = next.findIndex(({ id }) => id === items[active]?.id);
      items = next;
      list.hidden = items.length === 0;
      list.replaceChildren(...items.map((item, index) => renderItem(item, index, () => onChoose(item))));
      if (!list.hidden) {
        // The list ends at the question box, which may be near the top of a low panel.
        const top = list.offsetParent?.getBoundingClientRect().top ?? 0;
        list.style.maxHeight = `min(264px, ${top - 4}px)`;
        box.setAttribute('aria-controls', list.id);
        return activate(Math.max(0, activeIndex));
      }
      active = 0;
      box.removeAttribute('aria-activedescendant');
      box.removeAttribute('aria-controls');
    },
  };
}

function renderItem(
  { icon: name, label, detail }: CompletionView,
  index: number,
  onClick: () => void,
): HTMLElement {
  const option = element(
    'li',
    { id: `completion-${index}`, role: 'option', title: detail === '' ? label : `${label} – ${detail}` },
    icon(name),
    element('span', { class: 'completion-label' }, label),
    element('span', { class: 'completion-detail' }, detail),
  );
  option.addEventListener('click', onClick);
  return option;
}
