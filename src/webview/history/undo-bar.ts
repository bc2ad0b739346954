import { t } from '@vscode/l10n';
import { element } from '../ui/dom';

/** Says what was deleted, and offers to undo it until the next action, or for some seconds. */
export interface UndoBar {
  readonly element: HTMLElement;
  offer(title: string, undo: () => void): void;
  /** Whether there is something to undo. */
  readonly offers: boolean;
  /** Does what is offered, if anything is. */
  undo(): void;
  withdraw(): void;
}

/** Milliseconds. */
const offeredFor = 20_000;

export function createUndoBar(): UndoBar {
  const words = element('span', { class: 'undo-words' });
  const button = element('button', { type: 'button', class: 'button secondary' }, t('Undo'));
  const bar = element('div', { class: 'undo', hidden: '' }, words, button);
  let action: (() => void) | undefined;
  let timer: number | undefined;

  function withdraw(): void {
    action = undefined;
    clearTimeout(timer);
    bar.hidden = true;
  }

  function undo(): void {
    const wanted = action;
    withdraw();
    wanted?.();
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
      words.textContent = t('Deleted “{0}”', title);
      bar.hidden = false;
      timer = window.setTimeout(() => {
        // Not from under the fingers of who is just going to press it.
        if (document.activeElement !== button) withdraw();
      }, offeredFor);
    },
  };
}
