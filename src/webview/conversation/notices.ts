import type { Button, ErrorCard, AnswerNoticeView } from '../../protocol/messages';
import { element, icon } from '../ui/dom';
import { post } from '../host';

/** A notice on an answer that completed in an unusual way, with buttons for what can be done about it. */
export function answerNotice({ text, buttons }: AnswerNoticeView): HTMLElement {
  const message = element('p', {}, icon('info'), text);
  return element(
    'div',
    { class: 'answer-notice', role: 'note' },
    message,
    actionButtons(buttons, 'secondary'),
  );
}

/** An alert that says what went wrong, with buttons for what can be done about it. */
export function errorCardElement({ title, explanation, buttons }: ErrorCard): HTMLElement {
  const message = element('div', {}, element('strong', {}, title), element('p', {}, explanation));
  message.append(actionButtons(buttons, 'primary'));
  return element('div', { class: 'card error-card', role: 'alert' }, icon('warning'), message);
}

/** Buttons that each post their action to the host. */
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
