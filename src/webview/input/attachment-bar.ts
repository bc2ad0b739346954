import { t } from '@vscode/l10n';
import type { AttachedItemView, SelectionView } from '../../protocol/messages';
import { createAttachButton, type AttachButton } from './implicit-context';
import { element, icon } from '../ui/dom';
import { iconButton } from '../ui/buttons';
import { post } from '../host';
import { passFocus } from '../ui/focus';

/** What goes with the question: the selection, and a chip for each thing else. */
export interface AttachmentBar {
  readonly element: HTMLElement;
  /** The selection. */
  readonly attach: AttachButton;
  setSelection(selection: SelectionView | undefined): void;
  /** @param tokens those of the selection, in words */
  show(attached: readonly AttachedItemView[], tokens: string): void;
}

/**
 * @param onToggle the selection goes along now, or does not any more
 * @param onEmpty the focus was on the last chip, which is gone
 */
export function createAttachmentBar(onToggle: () => void, onEmpty: () => void): AttachmentBar {
  const attach = createAttachButton(onToggle);
  const chips = createChips(onEmpty);
  const add = iconButton('attach', t('Attach'), () => post({ type: 'pickAttachments' }));
  return {
    element: element('div', { class: 'shelf' }, add, attach.element, chips.element),
    attach,
    setSelection(selection) {
      const before = attach.attached;
      attach.show(selection);
      if (attach.attached !== before) onToggle();
    },
    show(attached, tokens) {
      chips.show(attached);
      attach.setTokens(tokens);
    },
  };
}

/** What goes with the question, a chip each. */
interface Chips {
  readonly element: HTMLElement;
  show(attached: readonly AttachedItemView[]): void;
}

/** @param onEmpty the last chip was removed by its own button or key, and the focus needs a place */
function createChips(onEmpty: () => void): Chips {
  const list = element('ul', { class: 'chips', 'aria-label': t('Attached') });

  function show(attached: readonly AttachedItemView[]): void {
    const focused = document.activeElement;
    const inside = list.contains(focused);
    const at = [...list.children].findIndex((chip) => chip.contains(focused));
    const id = list.children[at]?.getAttribute('data-id');
    const role = focused?.getAttribute('data-role');
    list.replaceChildren(...attached.map(drawChip));
    list.hidden = attached.length === 0;
    if (!inside) return;
    const same = [...list.children].find((chip) => chip.getAttribute('data-id') === id);
    const next = same ?? list.children[Math.min(at, attached.length - 1)];
    const wanted = same && role ? `[data-role="${role}"]` : '[data-role="open"]';
    const button = next?.querySelector<HTMLElement>(wanted);
    if (button) passFocus(button);
    else onEmpty();
  }

  show([]);
  return { element: list, show };
}

function drawChip({ id, icon: name, label, title, tokens, problem, pasted }: AttachedItemView): HTMLElement {
  const note = problem ?? tokens;
  const open = element(
    'button',
    { type: 'button', class: 'chip-open', 'data-role': 'open', title: `${title}\n${note}`.trim() },
    icon(problem === undefined ? name : 'error'),
    element('span', { class: 'chip-label' }, label),
    ...(note === '' ? [] : [element('span', { class: 'chip-note' }, ` · ${note}`)]),
  );
  open.setAttribute('aria-label', note === '' ? label : `${label}, ${note}`);
  open.addEventListener('click', () => post({ type: 'openAttachment', id }));
  const remove = iconButton('close', t('Remove {0}', label), () => post({ type: 'removeAttachment', id }));
  remove.dataset['role'] = 'remove';
  const chip = element('li', { class: 'chip', 'data-id': id }, open);
  if (problem !== undefined) chip.classList.add('unusable');
  if (pasted) {
    const asText = iconButton('text-size', t('Paste as Text'), () => post({ type: 'pasteAsText', id }));
    asText.dataset['role'] = 'text';
    chip.append(asText);
  }
  chip.append(remove);
  chip.addEventListener('keydown', (event) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    post({ type: 'removeAttachment', id });
  });
  return chip;
}
