import { t } from '@vscode/l10n';
import type { EstimateView } from '../../protocol/messages';
import { element } from '../ui/dom';
import { iconButton } from '../ui/buttons';
import { createDraftEstimateView } from './draft-estimate-view';
import { post } from '../host';

/** Below the question box: the model, the estimate, and the buttons Send and Stop. */
export interface QuestionBar {
  readonly element: HTMLElement;
  /** Whether the question can be sent, or queued while an answer is in progress. */
  readonly canSend: boolean;
  /** Sets whether there is a question to send. */
  readonly setReady: (ready: boolean) => void;
  /** Sets whether an answer is in progress, which can be stopped. */
  readonly setRunning: (running: boolean) => void;
  readonly setEstimate: (estimate: EstimateView) => void;
}

export function createQuestionBar(submit: () => void): QuestionBar {
  const draftEstimate = createDraftEstimateView();
  const send = iconButton('send', t('Send'), submit);
  const stop = iconButton('debug-stop', t('Stop'), ({ detail: clicksInARow }) => {
    // Stop replaces Send, so the second click of a double-click on Send must not stop the request.
    if (clicksInARow < 2) post({ type: 'stop' });
  });
  send.setAttribute('aria-describedby', draftEstimate.explanationId);
  let ready = false;
  let running = false;

  function refresh(): void {
    send.disabled = !ready;
    send.hidden = running && !ready;
    const label = running ? t('Add to Queue') : t('Send');
    if (send.title !== label) {
      send.title = label;
      send.setAttribute('aria-label', label);
    }
    stop.hidden = !running;
  }
  refresh();

  return {
    element: element(
      'div',
      { class: 'question-footer' },
      draftEstimate.suggestion,
      element(
        'div',
        { class: 'question-bar' },
        draftEstimate.model,
        draftEstimate.effort,
        draftEstimate.verbosity,
        draftEstimate.estimate,
        send,
        stop,
      ),
    ),
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
    setEstimate: (next) => draftEstimate.set(next),
  };
}
