import * as l10n from '@vscode/l10n';
import type { ResponseDetailsView, StatusView } from '../../protocol/messages';
import { copyButton, iconButton } from '../ui/buttons';
import { element } from '../ui/dom';
import { createToolbar } from '../ui/toolbar';

/** Below an answer: its usage, the details of the response, and the actions on it. */
export interface ResponseDetails {
  readonly element: HTMLElement;
  set(details: ResponseDetailsView): void;
  setStatus(status: StatusView): void;
  /** Whether there is any text to copy. */
  setCopyable(copyable: boolean): void;
}

/** @param regenerate absent if the answer cannot be requested again */
export function createResponseDetails(copyAnswer: () => void, regenerate?: () => void): ResponseDetails {
  const summary = element('span', { class: 'response-details-line' });
  const list = element('dl');
  const details = element('details', { hidden: '' }, element('summary', {}, l10n.t('Details')), list);
  const copy = copyButton(l10n.t('Copy Answer'), copyAnswer);
  const again = regenerate && iconButton('refresh', l10n.t('Regenerate'), regenerate);
  again?.classList.add('last-answer-only');
  const actions = createToolbar(l10n.t('Answer actions'), again ? [copy, again] : [copy]);
  actions.element.classList.add('answer-actions');
  return {
    element: element('footer', {}, summary, details, actions.element),
    set(next) {
      summary.textContent = next.summary;
      details.hidden = next.rows.length === 0;
      const rows = next.rows.map(({ label, value }) =>
        element('div', {}, element('dt', {}, label), element('dd', {}, value)),
      );
      list.replaceChildren(...rows);
    },
    setStatus(status) {
      actions.element.hidden = status.kind === 'running';
      if (again) again.hidden = offersRetry(status);
      actions.refresh();
    },
    setCopyable(copyable) {
      copy.hidden = !copyable;
      actions.refresh();
    },
  };
}

/** An error card may have a Retry button, which does the same as Regenerate. */
function offersRetry(status: StatusView): boolean {
  return 'errorCard' in status && status.errorCard.buttons.some(({ action }) => action === 'retry');
}
