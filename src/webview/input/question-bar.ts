import { t } from '@vscode/l10n';
import type { EstimateView } from '../../protocol/messages';
import { element } from '../ui/dom';
import { iconButton } from '../ui/buttons';
import { createEstimate } from './context-usage-view';
import { post } from '../host';

/** What is below the text of a question: what it would take, and the button that sends it. */
export interface QuestionBar {
  readonly element: HTMLElement;
  /** Whether the question can be sent now. */
  readonly canSend: boolean;
  /** There is a question, as yet unsent. */
  readonly setReady: (ready: boolean) => void;
  /** An answer is on its way, which can be stopped. */
  readonly setRunning: (running: boolean) => void;
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
  let ready = false;
  let running = false;

  function refresh(): void {
    send.disabled = running || !ready;
    send.hidden = running;
    stop.hidden = !running;
  }
  refresh();

  return {
    element: element('div', { class: 'question-bar' }, estimate.model, estimate.words, send, stop),
    get canSend() {
      return !send.disabled;
    },
    setReady(next) {
      ready = next;
      refresh();
    },
    setRunning(next) {
      running = next;
      refresh();
    },
    setEstimate: (next) => estimate.set(next),
  };
}
