import type { RemarkView } from '../../protocol/messages';
import { actionButtons } from '../ui/action-buttons';
import { element, icon } from '../ui/dom';

/** Says quietly what is unusual about an answer, and offers what can be done about it. */
export function remarkNote({ text, buttons }: RemarkView): HTMLElement {
  const words = element('p', {}, icon('info'), text);
  return element('div', { class: 'remark', role: 'note' }, words, actionButtons(buttons, 'secondary'));
}
