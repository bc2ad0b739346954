import type { ToWebviewMessage } from '../../protocol/messages';
import { post } from '../host';
import { formulaNamed } from './formula-focus';
import { latexOf, mathmlOf } from './latex';

/** Does what was chosen in the context menu of a formula. */
export function actOnFormula({ formula, action }: Extract<ToWebviewMessage, { type: 'formula' }>): void {
  const place = formulaNamed(formula);
  if (!place) return;
  switch (action) {
    case 'copyLatex':
      return post({ type: 'copy', text: latexOf(place) });
    case 'copyMathml': {
      const text = mathmlOf(place);
      if (text !== undefined) post({ type: 'copy', text });
      return;
    }
    case 'insert':
      return post({ type: 'insert', code: latexOf(place), language: 'latex' });
  }
}
