import { t } from '@vscode/l10n';
import type { EstimateView } from '../../protocol/messages';
import { answerNotice } from '../conversation/notices';
import { element, icon } from '../ui/dom';
import { post } from '../host';

/** The model, and the estimated tokens and price of the request. */
export interface DraftEstimateView {
  /** The button that selects a model. */
  readonly model: HTMLElement;
  /** The button that selects the reasoning effort, hidden if the model does not have that setting. */
  readonly effort: HTMLElement;
  /** The button that selects the verbosity, hidden if the model does not have that setting. */
  readonly verbosity: HTMLElement;
  readonly estimate: HTMLElement;
  /** The suggestion to summarize earlier turns; empty if there is none. */
  readonly suggestion: HTMLElement;
  /** The ID of the element with the explanation, for `aria-describedby`. */
  readonly explanationId: string;
  set(estimate: EstimateView): void;
}

/** A button that shows the selected value, and lets the user select another one. */
function selector(
  type: 'selectModel' | 'selectReasoningEffort' | 'selectVerbosity',
  className: string,
): { readonly button: HTMLElement; show(text: string | undefined, label: string): void } {
  const name = element('span');
  const button = element('button', { type: 'button', class: className }, name, icon('chevron-down'));
  button.hidden = true;
  button.addEventListener('click', () => post({ type }));
  return {
    button,
    show(text, label) {
      button.hidden = text === undefined;
      name.textContent = text ?? '';
      button.title = button.ariaLabel = label;
    },
  };
}

export function createDraftEstimateView(): DraftEstimateView {
  const model = selector('selectModel', 'model');
  const effort = selector('selectReasoningEffort', 'model parameter');
  const verbosity = selector('selectVerbosity', 'model parameter');
  const text = element('span');
  const warning = icon('warning');
  // Hidden, but screen readers read it where `aria-describedby` refers to it.
  const explanation = element('span', { id: 'estimate-explanation', hidden: '' });
  const root = element(
    'span',
    { class: 'estimate', 'aria-describedby': explanation.id, hidden: '' },
    warning,
    text,
    explanation,
  );
  const suggestion = element('div', { class: 'summary-suggestion' });
  let suggested = '';

  function suggest(notice: EstimateView['suggestion']): void {
    // An unchanged suggestion is not rendered again: its button may have the focus, and a screen reader would read it
    // again.
    const next = JSON.stringify(notice ?? null);
    if (next === suggested) return;
    suggested = next;
    suggestion.replaceChildren(...(notice ? [answerNotice(notice)] : []));
  }

  return {
    model: model.button,
    effort: effort.button,
    verbosity: verbosity.button,
    estimate: root,
    suggestion,
    explanationId: explanation.id,
    set(estimate) {
      model.show(estimate.model, t('Model: {0}. Select Model', estimate.model));
      const { effort: level = '', verbosity: detail = '' } = estimate;
      effort.show(estimate.effort, t('Reasoning effort: {0}. Select Reasoning Effort', level));
      verbosity.show(
        estimate.verbosity && t('verbosity: {0}', detail),
        t('Verbosity: {0}. Select Verbosity', detail),
      );
      root.hidden = estimate.text === '';
      root.dataset['level'] = estimate.level;
      root.title = estimate.explanation;
      warning.hidden = estimate.level === 'fine';
      text.textContent = estimate.text;
      explanation.textContent = estimate.explanation;
      suggest(estimate.suggestion);
    },
  };
}
