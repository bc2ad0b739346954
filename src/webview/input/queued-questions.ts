import { t } from '@vscode/l10n';
import type { QueuedQuestionView } from '../../protocol/messages';
import { announce } from '../accessibility/live-region';
import { post } from '../host';
import { iconButton } from '../ui/buttons';
import { element, icon } from '../ui/dom';
import { focusReplacement } from '../ui/focus';

/** The questions that wait for the end of the answer, above the question box. */
export interface QueuedQuestions {
  readonly element: HTMLElement;
  show(questions: readonly QueuedQuestionView[]): void;
}

/** @param edit puts a text into the question box, and posts the draft with it */
export function createQueuedQuestions(edit: (text: string) => void): QueuedQuestions {
  const list = element('ul', { class: 'queued', 'aria-label': t('Queued Questions'), hidden: '' });
  let notes = new Map<string, string>();

  function render({ id, text, note, isWaiting }: QueuedQuestionView): HTMLElement {
    return element(
      'li',
      { 'data-id': id },
      icon(isWaiting ? 'clock' : 'debug-pause'),
      element(
        'span',
        { class: 'queued-question', title: text },
        element('span', { class: 'chip-label' }, text),
        element('span', { class: 'chip-note' }, note),
      ),
      ...(isWaiting
        ? []
        : [iconButton('send', t('Send Queued Question'), () => post({ type: 'sendQueued', id }))]),
      iconButton('edit', t('Edit Queued Question'), () => {
        // The text is in the draft before it is removed from the queue, so that it cannot be lost.
        edit(text);
        post({ type: 'editQueued', id });
      }),
      iconButton('trash', t('Remove Queued Question'), () => post({ type: 'removeQueued', id })),
    );
  }

  return {
    element: list,
    show(questions) {
      for (const { id, note } of questions) if (notes.get(id) !== note) announce(note);
      notes = new Map(questions.map(({ id, note }) => [id, note]));
      const focused = document.activeElement;
      const at = [...list.children].findIndex((row) => row.contains(focused));
      const label = focused?.getAttribute('aria-label');
      list.replaceChildren(...questions.map(render));
      list.hidden = questions.length === 0;
      const row = list.children[Math.min(at, questions.length - 1)];
      const same = row?.querySelector<HTMLElement>(`[aria-label="${label}"]`);
      if (same) focusReplacement(same);
    },
  };
}
