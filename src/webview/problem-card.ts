import type { Action, Problem } from '../protocol/messages';
import { element, icon } from './dom';
import { post } from './host';

const labels: Readonly<Record<Action, string>> = {
  setApiKey: 'Set API Key',
  openSettings: 'Open Settings',
  retry: 'Retry',
  showLog: 'Show Log',
};

/** Says what went wrong, with the buttons that help. */
export function problemCard({ title, explanation, actions }: Problem): HTMLElement {
  const words = element('div', {}, element('strong', {}, title), element('p', {}, explanation));
  const buttons = element('div', { class: 'problem-actions' }, ...actions.map(actionButton));
  words.append(buttons);
  return element('div', { class: 'problem', role: 'alert' }, icon('warning'), words);
}

function actionButton(action: Action, index: number): HTMLButtonElement {
  const rank = index === 0 ? 'button' : 'button secondary';
  const button = element('button', { type: 'button', class: rank }, labels[action]);
  button.addEventListener('click', () => post({ type: action }));
  return button;
}
