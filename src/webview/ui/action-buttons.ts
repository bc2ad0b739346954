import type { Button } from '../../protocol/messages';
import { element } from './dom';
import { post } from '../host';

/** The buttons that help, each of which posts its action. */
export function actionButtons(buttons: readonly Button[], first: 'primary' | 'secondary'): HTMLElement {
  const created = buttons.map((button, index) => actionButton(button, index === 0 ? first : 'secondary'));
  return element('div', { class: 'action-buttons' }, ...created);
}

function actionButton({ action, label, hint }: Button, rank: 'primary' | 'secondary'): HTMLButtonElement {
  const button = element('button', { type: 'button', class: `button ${rank}` }, label);
  if (hint !== undefined) button.title = hint;
  button.addEventListener('click', () => post({ type: action }));
  return button;
}
