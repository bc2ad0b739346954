import type { ChatError } from '../../../core/api';
import { canContinue, isRunning, shownChoice, type Answer, type Choice } from '../../../core/chat/answer';
import { currentAnswer, type Conversation, type Turn } from '../../../core/chat/conversation';
import { shownVersion } from '../../../core/chat/turn';
import type { SecretPlaceholders } from '../../../core/privacy/secret-placeholders';
import type {
  AnswerView,
  Change,
  ErrorCard,
  StatusView,
  SummaryView,
  TurnView,
} from '../../../protocol/messages';
import { button } from '../../chat/error-card';
import { viewResponseDetails } from './response-details';
import { noticeFor, stoppedNotice } from './answer-notices';
import { shownSummary, viewSummary } from './turns-summary-view';

/** Everything besides the conversation that a view depends on. */
export interface ViewContext {
  /** The current time of the clock that the conversation uses, in ms. */
  readonly now: number;
  /** The typical thinking time of the model of an answer, as a text. */
  readonly typicalThinkingTime: (answer: Answer) => string | undefined;
  /** The placeholders of the chat, which are shown as the secrets that they replace. */
  readonly placeholders: SecretPlaceholders;
  readonly describeError: (error: ChatError) => ErrorCard;
  /** Whether earlier turns can be summarized to make room. */
  readonly canSummarize: boolean;
}

export function viewTurn(turn: Turn, context: ViewContext): TurnView {
  const { id, question, answers } = turn;
  const { restore } = context.placeholders;
  const { text, attachments = [] } = question;
  const version = shownVersion(turn);
  const summary = summaryOf(turn, context);
  const earlier = answers.slice(0, -1).map((answer) => restore(shownChoice(answer).text));
  return {
    id,
    question: restore(text),
    attachments: attachments.map(({ label, language, content }) => ({
      label: restore(label),
      language,
      content: restore(content),
    })),
    ...(version.total > 1 && { version }),
    answer: viewAnswer(currentAnswer(turn), context),
    earlier: earlier.filter((text) => text !== ''),
    ...(summary && { summary }),
  };
}

function summaryOf(turn: Turn, context: ViewContext): SummaryView | undefined {
  return viewSummary(turn, (answer) => viewAnswer(answer, context), context.placeholders.restore);
}

/**
 * The changes that update a webview from one state to the next. States are immutable and texts only grow, except for
 * texts that turn out to be reasoning, so equal objects and texts of equal length need not be compared.
 */
export function changesBetween(before: Conversation, after: Conversation, context: ViewContext): Change[] {
  const common = commonTurns(before, after);
  const cut = common < before.turns.length ? [{ type: 'turnsRemoved', length: common } as const] : [];
  const changed = after.turns.flatMap((turn, index) => {
    const old = index < common ? before.turns[index] : undefined;
    if (old === turn) return [];
    if (
      !old ||
      old.answers.length !== turn.answers.length ||
      !sameVersion(old, turn) ||
      isContinued(old, turn, context)
    )
      return [{ type: 'turnUpdated', turn: viewTurn(turn, context) } as const];
    const [oldAnswer, answer] = [currentAnswer(old), currentAnswer(turn)];
    if (isReclassified(oldAnswer, answer) || isReplaced(oldAnswer, answer))
      return [{ type: 'turnUpdated', turn: viewTurn(turn, context) } as const];
    return [...answerChanges(turn.id, oldAnswer, answer, context), ...summaryChanges(old, turn, context)];
  });
  return [...cut, ...changed];
}

/** While a summary grows, it changes as an answer does; any other change shows it again. */
function summaryChanges(old: Turn, turn: Turn, context: ViewContext): Change[] {
  if (old.summaries === turn.summaries) return [];
  const [before, after] = [shownSummary(old), shownSummary(turn)];
  if (before === after) return [];
  const grows =
    before?.id === after?.id &&
    before !== undefined &&
    after !== undefined &&
    isRunning(after.answer.status) &&
    !isReclassified(before.answer, after.answer);
  if (grows) return answerChanges(after.id, before.answer, after.answer, context);
  const summary = summaryOf(turn, context);
  return [{ type: 'summaryUpdated', turnId: turn.id, ...(summary && { summary }) }];
}

/** True if an ended answer is continued: the shown end of its text may now become a placeholder of a secret. */
function isContinued(before: Turn, after: Turn, { placeholders }: ViewContext): boolean {
  const [old, now] = [currentAnswer(before).status, currentAnswer(after).status];
  return !placeholders.isEmpty && !isRunning(old) && isRunning(now);
}

/** The number of turns at the beginning of both that have the same IDs. */
function commonTurns(before: Conversation, after: Conversation): number {
  const other = after.turns.findIndex(({ id }, index) => before.turns[index]?.id !== id);
  return other < 0 ? after.turns.length : other;
}

/** A question that was edited and whose earlier version was selected again has one version more. */
function sameVersion(before: Turn, after: Turn): boolean {
  const [old, now] = [shownVersion(before), shownVersion(after)];
  return old.number === now.number && old.total === now.total;
}

/** True if a shown text was reclassified as reasoning: it is shorter now, or begins differently. */
function isReclassified(before: Answer, after: Answer): boolean {
  return before.choices.some(({ text, reasoning }, index) => {
    const now = after.choices[index];
    if (!now || now === before.choices[index] || text === '') return false;
    return (
      now.text.length < text.length || (now.reasoning.length > reasoning.length && !now.text.startsWith(text))
    );
  });
}

/** True if another window has continued the answer too, and its text has replaced the shown one. */
function isReplaced(before: Answer, after: Answer): boolean {
  if (isRunning(before.status) || isRunning(after.status)) return false;
  return before.choices.some((choice, index) => {
    const now = after.choices[index];
    if (now === choice) return false;
    return !now || textFields.some((field) => !now[field].startsWith(choice[field]));
  });
}

const textFields = ['text', 'refusal', 'reasoning'] as const;

function answerChanges(turnId: string, before: Answer, after: Answer, context: ViewContext): Change[] {
  const shownBefore = shownPart(before, context);
  const shownAfter = shownPart(after, context);
  // The end of a text that was held back is shown when the answer ends, although the text has not changed.
  const same = isRunning(before.status) === isRunning(after.status) || context.placeholders.isEmpty;
  const changes = after.choices.flatMap((choice, index) => {
    const old = before.choices[index];
    if (old === choice && same) return [];
    return choiceChanges(turnId, index, old, (field) => {
      const from = old ? shownBefore(old[field]) : 0;
      return context.placeholders.restore(choice[field], from, shownAfter(choice[field]));
    });
  });
  const rechosen = after.chosen !== before.chosen;
  if (rechosen) changes.push({ type: 'choiceChanged', turnId, chosen: after.chosen });
  // Each choice has its own finish reason and notice.
  if (rechosen || after.runs !== before.runs)
    changes.push({ type: 'detailsChanged', turnId, details: viewResponseDetails(after) });
  if (rechosen || after.status !== before.status)
    changes.push({ type: 'statusChanged', turnId, status: viewStatus(after, context) });
  return changes;
}

/** The length of a text that is shown. While the answer grows, its end may become a placeholder and is held back. */
function shownPart({ status }: Answer, { placeholders }: ViewContext): (text: string) => number {
  return (text) => (isRunning(status) ? placeholders.settledLength(text) : text.length);
}

function choiceChanges(
  turnId: string,
  choice: number,
  before: Choice | undefined,
  added: (field: 'text' | 'reasoning' | 'refusal') => string,
): Change[] {
  const additions = [
    { type: 'reasoningAdded', text: added('reasoning') },
    { type: 'textAdded', text: added('text') },
    { type: 'refusalAdded', text: added('refusal') },
  ] as const;
  const changes = additions.flatMap(({ type, text }) =>
    text === '' ? [] : [{ type, turnId, choice, text }],
  );
  // A choice without text must be created too.
  if (!before && changes.length === 0) return [{ type: 'textAdded', turnId, choice, text: '' }];
  return changes;
}

function viewAnswer(answer: Answer, context: ViewContext): AnswerView {
  const shown = shownPart(answer, context);
  const restore = (text: string): string => context.placeholders.restore(text, 0, shown(text));
  const choices = answer.choices.map(({ text, refusal, reasoning }) => ({
    text: restore(text),
    refusal: restore(refusal),
    reasoning: restore(reasoning),
  }));
  return {
    status: viewStatus(answer, context),
    choices,
    chosen: answer.chosen,
    details: viewResponseDetails(answer),
  };
}

function viewStatus(answer: Answer, context: ViewContext): StatusView {
  const { status } = answer;
  const { now, typicalThinkingTime, describeError } = context;
  switch (status.kind) {
    case 'waiting':
    case 'answering':
      return { kind: 'running', phase: status.kind, elapsed: Math.max(0, now - status.since) };
    case 'thinking': {
      const typical = typicalThinkingTime(answer);
      const elapsed = Math.max(0, now - status.since);
      return {
        kind: 'running',
        phase: 'thinking',
        elapsed,
        ...(typical !== undefined && { typicalThinkingTime: typical }),
      };
    }
    case 'retrying': {
      const { attempt, of: maxAttempts, error } = status;
      const remaining = Math.max(0, status.until - now);
      const retry = { remaining, attempt, maxAttempts, reason: describeError(error).title };
      return { kind: 'running', phase: 'waiting', elapsed: Math.max(0, now - status.since), retry };
    }
    case 'stopped':
      return { kind: 'stopped', notice: stoppedNotice(answer) };
    case 'incomplete':
    case 'failed':
      return { kind: status.kind, errorCard: describeFailure(answer, status.error, context) };
    case 'done': {
      const notice = noticeFor(answer);
      if (notice && isCutOff(answer)) return { kind: 'cutOff', notice };
      return { kind: 'done', ...(notice !== undefined && { notice }) };
    }
  }
}

/** True if the service ended the answer before the model did. */
function isCutOff(answer: Answer): boolean {
  const { finishReason } = shownChoice(answer);
  return finishReason === 'length' || finishReason === 'content_filter';
}

/** An incomplete answer can be continued instead of being requested and billed again. */
function describeFailure(answer: Answer, error: ChatError, context: ViewContext): ErrorCard {
  const card = context.describeError(error);
  if (canContinue(answer)) return { ...card, buttons: [button('continueAnswer'), ...card.buttons] };
  if (error.kind !== 'context-too-long' || !context.canSummarize) return card;
  const [first, ...others] = card.buttons;
  return { ...card, buttons: [...(first ? [first] : []), button('summarizeTurns'), ...others] };
}
