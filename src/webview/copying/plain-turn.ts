import { t } from '@vscode/l10n';
import type { TurnView } from '../../protocol/messages';
import { element } from '../ui/dom';
import type { DrawnTurn } from '../conversation/turn-view';

/** A turn as plain text, for the case that drawing it has failed: nothing of it is lost, and more of it can come. */
export function drawPlainTurn({ id, question, answer }: TurnView): DrawnTurn {
  const text = element('div', { class: 'unread' }, answer.choices[answer.chosen]?.text ?? '');
  const asked = element('article', { 'aria-label': t('You'), class: 'question' }, element('p', {}, question));
  const answered = element('article', { 'aria-label': 'o1-mini', class: 'answer' }, text);
  return {
    element: element('section', { class: 'turn', 'data-turn': id }, asked, answered),
    question: { element: asked, refresh: ignore, setRunning: ignore },
    answer: {
      element: answered,
      add(type, choice, added) {
        if (type === 'textAdded' && choice === answer.chosen) text.append(added);
      },
      setStatus: ignore,
      setChosen: ignore,
      setNotes: ignore,
    },
  };
}

/** There is nothing but text. */
function ignore(): void {}
