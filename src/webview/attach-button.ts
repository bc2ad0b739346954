import type { SelectionView } from '../protocol/messages';
import { element, icon } from './dom';

/** Names the selection and says whether it goes with the question. */
export interface AttachButton {
  readonly element: HTMLElement;
  attached: boolean;
  show(selection: SelectionView | undefined): void;
}

/** @param onToggle the user has changed whether it goes along */
export function createAttachButton(onToggle: () => void): AttachButton {
  const label = element('span');
  const glyph = icon('add');
  const button = element('button', { type: 'button', class: 'attach', hidden: '' }, glyph, label);
  let attached = false;

  function refresh(): void {
    button.setAttribute('aria-pressed', String(attached));
    glyph.className = `codicon codicon-${attached ? 'check' : 'add'}`;
  }

  button.addEventListener('click', () => {
    attached = !attached;
    refresh();
    onToggle();
  });
  return {
    element: button,
    get attached() {
      return attached && !button.hidden;
    },
    set attached(next) {
      attached = next;
      refresh();
    },
    show(selection) {
      button.hidden = selection === undefined;
      if (!selection) return;
      const lines = selection.lineCount === 1 ? '1 line' : `${selection.lineCount.toLocaleString()} lines`;
      label.textContent = selection.label;
      button.title = `Send ${selection.label} (${lines}) with the question`;
      button.setAttribute('aria-label', `Attach ${selection.label}, ${lines}`);
    },
  };
}
