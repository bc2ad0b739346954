import { t } from '@vscode/l10n';
import type { Change, EditView, TurnView } from '../../protocol/messages';
import type { DrawnAnswer } from './answer-view';
import { element } from '../ui/dom';
import { guard } from '../ui/error-reporting';
import { createEdits } from './question-edits';
import { keepFocus } from '../ui/keep-focus';
import { createTurnList } from './turn-list';
import { keepReadingPlace } from './keep-place';

/** The conversation on the page: a turn for each question, each with two articles. */
export interface ConversationView {
  readonly element: HTMLElement;
  /** The part of it that scrolls. */
  readonly log: HTMLElement;
  /** Stays where it is, though more is added. */
  readonly stay: () => void;
  /** Draws a conversation in place of what was there. */
  show(turns: readonly TurnView[]): void;
  apply(changes: readonly Change[]): void;
  /** Opens the edits that were open before, once their turns are drawn. */
  restore(edits: readonly EditView[]): void;
  /** While an answer is on its way, no question can be edited. */
  setRunning(running: boolean): void;
}

/**
 * @param welcome shown before the first question
 * @param onEditAccepted called when another version of a question is in the conversation
 */
export function createConversationView(welcome: HTMLElement, onEditAccepted: () => void): ConversationView {
  const edits = createEdits((turnId, outcome) => {
    turns.turn(turnId)?.question.refresh();
    if (outcome === 'accepted') onEditAccepted();
  });
  const turns = createTurnList(edits, () => log.removeAttribute('aria-busy'));
  const log = element(
    'div',
    { role: 'log', 'aria-label': t('Conversation'), 'aria-busy': 'true', 'aria-live': 'off', tabindex: '0' },
    welcome,
    turns.element,
  );
  const place = keepReadingPlace(log, turns.element);

  function apply(change: Change): void {
    if (change.type === 'turnsCut') return turns.cut(change.length);
    if (change.type === 'turnPut') {
      // A question that was just asked is looked at.
      if (!turns.has(change.turn.id)) place.follow();
      return turns.put(change.turn);
    }
    const answer = turns.turn(change.turnId)?.answer;
    if (answer) changeAnswer(answer, change);
  }

  return {
    element: element('div', { class: 'conversation' }, log, place.button),
    log,
    stay: () => place.stay(),
    show(views) {
      log.setAttribute('aria-busy', 'true');
      place.keep((turn) => {
        keepFocus(log, () => turns.show(views));
        return turn !== undefined && turns.turn(turn) !== undefined;
      });
    },
    apply(changes) {
      keepFocus(log, () => {
        for (const change of changes) guard(change.type, () => apply(change));
      });
    },
    restore: (open) => edits.restore(open),
    setRunning: (running) => turns.setRunning(running),
  };
}

/** What changes within an answer. */
type AnswerChange = Exclude<Change, { readonly type: 'turnPut' | 'turnsCut' }>;

function changeAnswer(answer: DrawnAnswer, change: AnswerChange): void {
  switch (change.type) {
    case 'textAdded':
    case 'reasoningAdded':
    case 'refusalAdded':
      return answer.add(change.type, change.choice, change.text);
    case 'statusChanged':
      return answer.setStatus(change.status);
    case 'choiceChanged':
      return answer.setChosen(change.chosen);
    case 'notesChanged':
      return answer.setNotes(change.notes);
  }
}
