import type { NotesView, StatusView } from '../protocol/messages';
import { element, iconButton } from './dom';
import { post } from './host';

/** What is below an answer: what the service tells of it, and what can be done with it. */
export interface AnswerNotes {
  readonly element: HTMLElement;
  set(notes: NotesView): void;
  setStatus(status: StatusView): void;
}

export function createAnswerNotes(): AnswerNotes {
  const summary = element('span', { class: 'notes-summary' });
  const list = element('dl');
  const details = element('details', { hidden: '' }, element('summary', {}, 'Details'), list);
  const regenerate = iconButton('refresh', 'Regenerate', () => post({ type: 'retry' }));
  const actions = element(
    'div',
    { class: 'answer-actions', role: 'toolbar', 'aria-label': 'Answer actions' },
    regenerate,
  );
  return {
    element: element('footer', {}, summary, details, actions),
    set(notes) {
      summary.textContent = notes.summary;
      details.hidden = notes.details.length === 0;
      const rows = notes.details.map(({ label, value }) =>
        element('div', {}, element('dt', {}, label), element('dd', {}, value)),
      );
      list.replaceChildren(...rows);
    },
    setStatus(status) {
      actions.hidden = status.kind === 'running' || offersRetry(status);
    },
  };
}

/** A problem's card has a button for the same. */
function offersRetry(status: StatusView): boolean {
  return 'problem' in status && status.problem.buttons.some(({ action }) => action === 'retry');
}
