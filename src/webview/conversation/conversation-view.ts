import { t } from '@vscode/l10n';
import type { Change, EditView, TurnView } from '../../protocol/messages';
import type { RenderedAnswer } from './answer-view';
import { element } from '../ui/dom';
import { guard } from '../ui/error-reporting';
import { createEdits } from './question-editor';
import { keepFocusInConversation } from '../ui/focus';
import { createTurnList } from './turn-list';
import { keepReadingPosition } from './reading-position';

/** The conversation: a turn for each question, with one article for the question and one for the answer. */
export interface ConversationView {
  readonly element: HTMLElement;
  /** The element that scrolls. */
  readonly log: HTMLElement;
  /** Keeps the scroll position although text is added. */
  readonly stopFollowing: () => void;
  /**
   * Replaces the conversation that is shown by the last turns of another one.
   *
   * @param remaining number of turns before them that follow in `showEarlier`
   */
  show(turns: readonly TurnView[], remaining: number): void;
  /** Adds turns before those that are shown. `remaining` more follow. */
  showEarlier(turns: readonly TurnView[], remaining: number): void;
  apply(changes: readonly Change[]): void;
  /** Opens the edits that were open before the webview was loaded again. */
  restore(edits: readonly EditView[]): void;
  /** While an answer is in progress, no question can be edited. */
  setRunning(running: boolean): void;
}

/**
 * @param welcome shown before the first question
 * @param onEditAccepted called when an edited question was added as another version
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
  const position = keepReadingPosition(log, turns.element);
  /** The turns so far, while the one to scroll to is not among them. */
  let pending: readonly TurnView[] | undefined;

  function render(views: readonly TurnView[], remaining: number): void {
    log.setAttribute('aria-busy', 'true');
    position.keep((turn) => {
      keepFocusInConversation(log, () => turns.show(views, remaining), renderTurn);
      return turn !== undefined && turns.turn(turn) !== undefined;
    });
  }

  function updateSummary({ turnId, summary }: Extract<Change, { type: 'summaryUpdated' }>): void {
    const turn = turns.turn(turnId);
    if (!turn) return;
    const isNew = summary !== undefined && turn.summary?.id !== summary.id;
    turn.setSummary(summary);
    if (!isNew) return;
    if (turn.element === [...log.querySelectorAll('.turn')].at(-1)) return position.follow();
    // The summary belongs to an earlier turn, so the view must not follow the end.
    position.stopFollowing();
    turn.summary?.element.scrollIntoView({ block: 'nearest' });
  }

  const renderTurn = (id: string): void => void turns.turn(id);

  function apply(change: Change): void {
    if (change.type === 'turnsRemoved') return turns.cut(change.length);
    if (change.type === 'turnUpdated') {
      // A new question is scrolled into view.
      if (!turns.has(change.turn.id)) position.follow();
      return turns.put(change.turn);
    }
    if (change.type === 'summaryUpdated') return updateSummary(change);
    const answer = turns.answer(change.turnId);
    if (answer) changeAnswer(answer, change);
  }

  return {
    element: element('div', { class: 'conversation' }, log, position.button),
    log,
    stopFollowing: () => position.stopFollowing(),
    show(views, remaining) {
      const { turn } = position;
      const isMissing = remaining > 0 && turn !== undefined && !views.some(({ id }) => id === turn);
      pending = isMissing ? views : undefined;
      if (!isMissing) render(views, remaining);
    },
    showEarlier(views, remaining) {
      if (!pending) {
        turns.showEarlier(views, remaining);
        return;
      }
      pending = [...views, ...pending];
      if (remaining > 0) return;
      render(pending, 0);
      pending = undefined;
    },
    apply(changes) {
      keepFocusInConversation(
        log,
        () => {
          for (const change of changes) guard(change.type, () => apply(change));
        },
        renderTurn,
      );
    },
    restore: (open) => edits.restore(open),
    setRunning: (running) => turns.setRunning(running),
  };
}

/** Changes within an answer. */
type AnswerChange = Exclude<Change, { readonly type: 'turnUpdated' | 'turnsRemoved' | 'summaryUpdated' }>;

function changeAnswer(answer: RenderedAnswer, change: AnswerChange): void {
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
