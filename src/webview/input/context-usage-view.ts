import { t } from '@vscode/l10n';
import type { EstimateView } from '../../protocol/messages';
import { element, icon } from '../ui/dom';
import { post } from '../host';

/** The model, and the estimated tokens and price of the request. */
export interface ContextUsageView {
  /** The button that selects a model. */
  readonly model: HTMLElement;
  readonly estimate: HTMLElement;
  /** The ID of the element with the explanation, for `aria-describedby`. */
  readonly explanationId: string;
  set(estimate: EstimateView): void;
}

export function createContextUsageView(): ContextUsageView {
  const name = element('span');
  const model = element('button', { type: 'button', class: 'model', hidden: '' }, name, icon('chevron-down'));
  model.addEventListener('click', () => post({ type: 'selectModel' }));
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
  return {
    model,
    estimate: root,
    explanationId: explanation.id,
    set(estimate) {
      model.hidden = false;
      name.textContent = estimate.model;
      model.title = t('Select Model');
      model.setAttribute('aria-label', t('Model: {0}. Select Model', estimate.model));
      root.hidden = estimate.text === '';
      root.dataset['level'] = estimate.level;
      root.title = estimate.explanation;
      warning.hidden = estimate.level === 'fine';
      text.textContent = estimate.text;
      explanation.textContent = estimate.explanation;
    },
  };
}
