import { t } from '@vscode/l10n';
import type { AttachedView, SelectionView } from '../../protocol/messages';
import { createAttachButton, type AttachButton } from './implicit-context';
import { createChips } from './attachment-chips';
import { element, iconButton } from '../ui/dom';
import { post } from '../host';

/** What goes with the question: the selection, and a chip for each thing else. */
export interface AttachmentBar {
  readonly element: HTMLElement;
  /** The selection. */
  readonly attach: AttachButton;
  setSelection(selection: SelectionView | undefined): void;
  /** @param tokens those of the selection, in words */
  show(attached: readonly AttachedView[], tokens: string): void;
}

/**
 * @param onToggle the selection goes along now, or does not any more
 * @param onEmpty the focus was on the last chip, which is gone
 */
export function createAttachmentBar(onToggle: () => void, onEmpty: () => void): AttachmentBar {
  const attach = createAttachButton(onToggle);
  const chips = createChips(onEmpty);
  const add = iconButton('attach', t('Attach'), () => post({ type: 'attach' }));
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
