import { t } from '@vscode/l10n';
import type { AttachedItemView, SelectionView, ToWebviewMessage } from '../../protocol/messages';
import { createImplicitContextButton, type ImplicitContextButton } from './implicit-context-button';
import { element, icon } from '../ui/dom';
import { iconButton } from '../ui/buttons';
import { post } from '../host';
import { focusReplacement } from '../ui/focus';

/** The attachments of the question: the selection as implicit context, and a chip for each other attachment. */
export interface AttachmentBar {
  readonly element: HTMLElement;
  readonly implicitContext: ImplicitContextButton;
  setSelection(selection: SelectionView | undefined): void;
  show(message: AttachmentsMessage): void;
}

type AttachmentsMessage = Extract<ToWebviewMessage, { type: 'attachments' }>;

/**
 * @param onToggle called when the selection was attached or detached
 * @param onEmpty called when the focused chip was the last one and was removed
 */
export function createAttachmentBar(onToggle: () => void, onEmpty: () => void): AttachmentBar {
  const implicitContext = createImplicitContextButton(onToggle);
  const chips = createChips(onEmpty);
  const currentFile = createCurrentFile();
  const add = iconButton('attach', t('Attach'), () => post({ type: 'pickAttachments' }));
  return {
    element: element(
      'div',
      { class: 'attachment-bar' },
      add,
      implicitContext.element,
      currentFile.element,
      chips.element,
    ),
    implicitContext,
    setSelection(selection) {
      const before = implicitContext.attached;
      implicitContext.show(selection);
      if (implicitContext.attached !== before) onToggle();
    },
    show({ attachments, selection = '', currentFile: offered }) {
      chips.show(attachments);
      implicitContext.setTokens(selection);
      currentFile.show(offered);
    },
  };
}

/** A button that attaches the file in the editor. Until then nothing of the file is sent. */
function createCurrentFile(): {
  readonly element: HTMLElement;
  readonly show: (file: AttachedItemView | undefined) => void;
} {
  const button = element('button', { type: 'button', class: 'attach-selection' });
  let id = '';
  button.addEventListener('click', () => post({ type: 'attachCurrentFile', id }));

  function show(file: AttachedItemView | undefined): void {
    button.hidden = file === undefined;
    if (!file) return;
    const { label, tokens, title } = file;
    id = file.id;
    button.title = t('Attach {0} to the question', title);
    button.setAttribute('aria-label', t('Attach current file {0}', withNote(label, tokens)));
    button.replaceChildren(icon('add'), ...labelAndNote(t('Current file: {0}', label), tokens));
  }

  show(undefined);
  return { element: button, show };
}

function labelAndNote(label: string, note: string): readonly HTMLElement[] {
  return [
    element('span', { class: 'chip-label' }, label),
    ...(note === '' ? [] : [element('span', { class: 'chip-note' }, ` · ${note}`)]),
  ];
}

function withNote(label: string, note: string): string {
  return note === '' ? label : `${label}, ${note}`;
}

/** A chip for each attachment. */
interface Chips {
  readonly element: HTMLElement;
  show(attached: readonly AttachedItemView[]): void;
}

/** @param onEmpty called when the focused chip was the last one and was removed */
function createChips(onEmpty: () => void): Chips {
  const list = element('ul', { class: 'chips', 'aria-label': t('Attachments') });

  function show(attached: readonly AttachedItemView[]): void {
    const focused = document.activeElement;
    const inside = list.contains(focused);
    const at = [...list.children].findIndex((chip) => chip.contains(focused));
    const id = list.children[at]?.getAttribute('data-id');
    const focusedAction = focused?.getAttribute('data-action');
    list.replaceChildren(...attached.map(renderChip));
    list.hidden = attached.length === 0;
    if (!inside) return;
    const same = [...list.children].find((chip) => chip.getAttribute('data-id') === id);
    const next = same ?? list.children[Math.min(at, attached.length - 1)];
    const selector = same && focusedAction ? `[data-action="${focusedAction}"]` : '[data-action="open"]';
    const button = next?.querySelector<HTMLElement>(selector);
    if (button) focusReplacement(button);
    else onEmpty();
  }

  show([]);
  return { element: list, show };
}

function renderChip({ id, icon: name, label, title, tokens, reason, pasted }: AttachedItemView): HTMLElement {
  const note = reason ?? tokens;
  const open = element(
    'button',
    { type: 'button', class: 'chip-open', 'data-action': 'open', title: `${title}\n${note}`.trim() },
    icon(reason === undefined ? name : 'error'),
    ...labelAndNote(label, note),
  );
  open.setAttribute('aria-label', withNote(label, note));
  open.addEventListener('click', () => post({ type: 'openAttachment', id }));
  const remove = iconButton('close', t('Remove {0}', label), () => post({ type: 'removeAttachment', id }));
  remove.dataset['action'] = 'remove';
  const chip = element('li', { class: 'chip', 'data-id': id }, open);
  if (reason !== undefined) chip.classList.add('unusable');
  if (pasted) {
    const asText = iconButton('text-size', t('Paste as Text'), () => post({ type: 'pasteAsText', id }));
    asText.dataset['action'] = 'text';
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
