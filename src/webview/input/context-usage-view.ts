import { t } from '@vscode/l10n';
import type { EstimateView } from '../../protocol/messages';
import { element, icon } from '../ui/dom';
import { post } from '../host';

/** What sending would take, and of which model. */
export interface DrawnEstimate {
  /** Opens the choice of another model. */
  readonly model: HTMLElement;
  readonly words: HTMLElement;
  /** The id of the element with the whole sentence, for buttons that it describes. */
  readonly explanationId: string;
  set(estimate: EstimateView): void;
}

export function createEstimate(): DrawnEstimate {
  const name = element('span');
  const model = element('button', { type: 'button', class: 'model', hidden: '' }, name, icon('chevron-down'));
  model.addEventListener('click', () => post({ type: 'selectModel' }));
  const text = element('span');
  const warning = icon('warning');
  // Hidden, and read all the same where something names it as its description.
  const explanation = element('span', { id: 'estimate-explanation', hidden: '' });
  const words = element(
    'span',
    { class: 'estimate', 'aria-describedby': explanation.id, hidden: '' },
    warning,
    text,
    explanation,
  );
  return {
    model,
    words,
    explanationId: explanation.id,
    set(estimate) {
      model.hidden = false;
      name.textContent = estimate.model;
      model.title = t('Select Model');
      model.setAttribute('aria-label', t('Model: {0}. Select Model', estimate.model));
      words.hidden = estimate.text === '';
      words.dataset['level'] = estimate.level;
      words.title = estimate.explanation;
      warning.hidden = estimate.level === 'fine';
      text.textContent = estimate.text;
      explanation.textContent = estimate.explanation;
    },
  };
}
