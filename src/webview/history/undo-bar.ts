import { t } from '@vscode/l10n';
import { element } from '../ui/dom';

/** Says that a chat was deleted, and offers Undo for some seconds, or until the next action. */
export interface UndoBar {
  readonly element: HTMLElement;
  offer(title: string, undo: () => void): void;
  /** Whether there is something to undo. */
  readonly offers: boolean;
  /** Runs the offered action, if there is one. */
  undo(): void;
  withdraw(): void;
}

/** Time for which Undo is offered. */
const UNDO_TIMEOUT_MS = 20_000;

export function createUndoBar(): UndoBar {
  const message = element('span', { class: 'undo-message' });
  const button = element('button', { type: 'button', class: 'button secondary' }, t('Undo'));
  const bar = element('div', { class: 'undo', hidden: '' }, message, button);
  let action: (() => void) | undefined;
  let timer: number | undefined;

  function withdraw(): void {
    action = undefined;
    clearTimeout(timer);
    bar.hidden = true;
  }

  function undo(): void {
    const offered = action;
    withdraw();
    offered?.();
  }

  button.addEventListener('click', undo);

  return {
    element: bar,
    get offers() {
      return action !== undefined;
    },
    undo,
    withdraw,
    offer(title, next) {
      withdraw();
      action = next;
      message.textContent = t('Deleted "{0}"', title);
      bar.hidden = false;
      timer = window.setTimeout(() => {
        // Not while the button has the focus, because the user may be about to press it.
        if (document.activeElement !== button) withdraw();
      }, UNDO_TIMEOUT_MS);
    },
  };
}
