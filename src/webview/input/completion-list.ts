import { t } from '@vscode/l10n';
import type { CompletionView } from '../../protocol/messages';
import { element, icon } from '../ui/dom';

/** A list for a text box that keeps the focus, as the ARIA practices have it. */
export interface CompletionList {
  readonly element: HTMLElement;
  /** Which entry is chosen, undefined where there is none. */
  readonly active: CompletionView | undefined;
  /** Moves the choice by one, round about. */
  step(by: 1 | -1): void;
  /** Draws these; none closes it. The choice stays where it was, if that is still there. */
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

  // A press on an entry must not take the focus from the box before it is a click.
  list.addEventListener('mousedown', (event) => event.preventDefault());

  return {
    element: list,
    get active() {
      return items[active];
    },
    step: (by) => activate(active + by),
    show(next): void {
      const kept = next.findIndex(({ id }) => id === items[active]?.id);
      items = next;
      list.hidden = items.length === 0;
      list.replaceChildren(...items.map((item, index) => drawItem(item, index, () => onChoose(item))));
      if (!list.hidden) {
        box.setAttribute('aria-controls', list.id);
        return activate(Math.max(0, kept));
      }
      active = 0;
      box.removeAttribute('aria-activedescendant');
      box.removeAttribute('aria-controls');
    },
  };
}

function drawItem(
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
