import type { AnswerNoticeView, Problem, Button } from '../../protocol/messages';
import { element, icon } from '../ui/dom';
import { post } from '../host';

/** Says quietly what is unusual about an answer, and offers what can be done about it. */
export function remarkNote({ text, buttons }: AnswerNoticeView): HTMLElement {
  const words = element('p', {}, icon('info'), text);
  return element('div', { class: 'remark', role: 'note' }, words, actionButtons(buttons, 'secondary'));
}

/** Says what went wrong, with the buttons that help. */
export function problemCard({ title, explanation, buttons }: Problem): HTMLElement {
  const words = element('div', {}, element('strong', {}, title), element('p', {}, explanation));
  words.append(actionButtons(buttons, 'primary'));
  return element('div', { class: 'card problem', role: 'alert' }, icon('warning'), words);
}

/** The buttons that help, each of which posts its action. */
function actionButtons(buttons: readonly Button[], first: 'primary' | 'secondary'): HTMLElement {
  const created = buttons.map((button, index) => actionButton(button, index === 0 ? first : 'secondary'));
  return element('div', { class: 'action-buttons' }, ...created);
}

function actionButton({ action, label, hint }: Button, rank: 'primary' | 'secondary'): HTMLButtonElement {
  const button = element('button', { type: 'button', class: `button ${rank}` }, label);
  if (hint !== undefined) button.title = hint;
  button.addEventListener('click', () => post({ type: action }));
  return button;
}
