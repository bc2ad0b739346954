import { t } from '@vscode/l10n';
import type { EstimateView } from '../protocol/messages';
import { element, iconButton } from './dom';
import { createEstimate } from './estimate-view';
import { post } from './host';

/** Whether a question can be sent, or the last one be stopped. */
type SendState = 'ready' | 'off' | 'running';

/** What is below the text of a question: what it would take, and the button that sends it. */
export interface QuestionBar {
  readonly element: HTMLElement;
  state: SendState;
  readonly setEstimate: (estimate: EstimateView) => void;
}

export function createQuestionBar(submit: () => void): QuestionBar {
  const estimate = createEstimate();
  const send = iconButton('send', t('Send'), submit);
  const stop = iconButton('debug-stop', t('Stop'), ({ detail: clicksInARow }) => {
    // Stop takes the place of Send: the second half of a double click was not meant for it.
    if (clicksInARow < 2) post({ type: 'stop' });
  });
  send.setAttribute('aria-describedby', estimate.explanationId);
  let state: SendState = 'off';
  send.disabled = stop.hidden = true;

  return {
    element: element('div', { class: 'question-bar' }, estimate.model, estimate.words, send, stop),
    get state() {
      return state;
    },
    set state(next) {
      state = next;
      send.disabled = next !== 'ready';
      send.hidden = next === 'running';
      stop.hidden = next !== 'running';
    },
    setEstimate: (next) => estimate.set(next),
  };
}
