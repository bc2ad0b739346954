import { t } from '@vscode/l10n';
import type { SelectionView } from '../../protocol/messages';
import { element, icon } from '../ui/dom';
import { iconButton } from '../ui/buttons';
import { post } from '../host';
import { formatCount } from '../ui/l10n';

/** A button that attaches the selection in the editor. The selection at the time of sending is sent. */
export interface ImplicitContextButton {
  readonly element: HTMLElement;
  attached: boolean;
  show(selection: SelectionView | undefined): void;
  /** The number of tokens, as text. It is shown while the selection is attached. */
  setTokens(tokens: string): void;
}

/** @param onToggle called when the user has attached or detached the selection */
export function createImplicitContextButton(onToggle: () => void): ImplicitContextButton {
  const label = element('span', { class: 'chip-label' });
  const note = element('span', { class: 'chip-note' });
  const glyph = icon('add');
  const button = element(
    'button',
    { type: 'button', class: 'attach-selection', hidden: '' },
    glyph,
    label,
    note,
  );
  const pin = iconButton('pin', t('Pin'), () => {
    post({ type: 'attachSelection' });
    attached = false;
    refresh();
    onToggle();
    button.focus();
  });
  const root = element('div', { class: 'implicit-context', hidden: '' }, button, pin);
  let tokens = '';
  let attached = false;

  function refresh(): void {
    button.setAttribute('aria-pressed', String(attached));
    pin.hidden = !attached;
    note.textContent = attached && tokens !== '' ? ` · ${tokens}` : '';
    glyph.className = `codicon codicon-${attached ? 'check' : 'add'}`;
  }

  button.addEventListener('click', () => {
    attached = !attached;
    refresh();
    onToggle();
  });
  refresh();
  return {
    element: root,
    get attached() {
      return attached && !button.hidden;
    },
    set attached(next) {
      attached = next;
      refresh();
    },
    show(selection) {
      root.hidden = button.hidden = selection === undefined;
      if (!selection) return;
      const lines =
        selection.lineCount === 1 ? t('1 line') : t('{0} lines', formatCount(selection.lineCount));
      label.textContent = selection.label;
      button.title = t('Attach {0} ({1}) to the question', selection.label, lines);
      button.setAttribute('aria-label', t('Attach {0}, {1}', selection.label, lines));
      pin.title = t('Pin {0} to keep its current content', selection.label);
      pin.setAttribute('aria-label', t('Pin {0}', selection.label));
    },
    setTokens(next) {
      tokens = next;
      refresh();
    },
  };
}
