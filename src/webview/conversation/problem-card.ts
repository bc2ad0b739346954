import type { Problem } from '../../protocol/messages';
import { actionButtons } from '../ui/action-buttons';
import { element, icon } from '../ui/dom';

/** Says what went wrong, with the buttons that help. */
export function problemCard({ title, explanation, buttons }: Problem): HTMLElement {
  const words = element('div', {}, element('strong', {}, title), element('p', {}, explanation));
  words.append(actionButtons(buttons, 'primary'));
  return element('div', { class: 'card problem', role: 'alert' }, icon('warning'), words);
}
