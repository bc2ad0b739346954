import { t } from '@vscode/l10n';
import type { Change, EditView, TurnView } from '../../protocol/messages';
import type { DrawnAnswer } from './answer-view';
import { element } from '../ui/dom';
import { guard } from '../ui/error-reporting';
import { createEdits } from './question-editor';
import { keepFocus } from '../ui/focus';
import { createTurnList } from './turn-list';
import { keepReadingPlace } from './reading-position';

/** The conversation on the page: a turn for each question, each with two articles. */
export interface ConversationView {
  readonly element: HTMLElement;
  /** The part of it that scrolls. */
  readonly log: HTMLElement;
  /** Stays where it is, though more is added. */
  readonly stay: () => void;
  /**
   * Draws the last turns of a conversation in place of what was there.
   *
   * @param remaining number of turns before them that follow
   */
  show(turns: readonly TurnView[], remaining: number): void;
  /** Draws the turns before those that it has. `remaining` more follow. */
  showEarlier(turns: readonly TurnView[], remaining: number): void;
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
  /** The last turns, while the one to return to is not among them. */
  let pending: readonly TurnView[] | undefined;

  function draw(views: readonly TurnView[], remaining: number): void {
    log.setAttribute('aria-busy', 'true');
    place.keep((turn) => {
      keepFocus(log, () => turns.show(views, remaining));
      return turn !== undefined && turns.turn(turn) !== undefined;
    });
  }

  function apply(change: Change): void {
    if (change.type === 'turnsRemoved') return turns.cut(change.length);
    if (change.type === 'turnUpdated') {
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
    show(views, remaining) {
      const { turn } = place;
      const isMissing = remaining > 0 && turn !== undefined && !views.some(({ id }) => id === turn);
      pending = isMissing ? views : undefined;
      if (!isMissing) draw(views, remaining);
    },
    showEarlier(views, remaining) {
      if (!pending) {
        turns.showEarlier(views, remaining);
        return;
      }
      pending = [...views, ...pending];
      if (remaining > 0) return;
      draw(pending, 0);
      pending = undefined;
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
type AnswerChange = Exclude<Change, { readonly type: 'turnUpdated' | 'turnsRemoved' }>;

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
    case 'detailsChanged':
      return answer.setDetails(change.details);
  }
}
