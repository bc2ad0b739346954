import { t } from '@vscode/l10n';
import type { Change, EditView, TurnView } from '../../protocol/messages';
import type { DrawnAnswer } from '../answer-view';
import { element } from '../dom';
import { guard } from '../errors';
import { createEdits } from '../edits';
import { keepFocus } from '../keep-focus';
import { createTurnList } from '../turn-list';
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
  /** The host has taken a question, or left it; whether that was an edited one. */
  settle(question: string, outcome: 'taken' | 'kept'): boolean;
}

/** @param welcome is there before the first question */
export function createConversationView(welcome: HTMLElement): ConversationView {
  const edits = createEdits();
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
    settle(question, outcome) {
      const turnId = edits.settle(question, outcome);
      if (turnId !== undefined) turns.turn(turnId)?.question.refresh();
      return turnId !== undefined;
    },
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
