import type { ChatEvent, ModelNotFound } from '../api';
import type { SelectedValues, EnumParameter } from '../models/parameter-values';
import { canContinue, isRunning, shownChoice, type Answer, type RequestTerms } from './answer';
import { applyToAnswer, startContinuation, newAnswer } from './answer-reducer';
import { withoutFailedAddress } from './failed-addresses';
import {
  addSummary,
  applySummaryChange,
  applyToSummary,
  runningSummary,
  undoSummariesOf,
  type SummaryEvent,
} from './turns-summary-reducer';
import { currentAnswer, type Question, type Turn, selectVersion, addVersion } from './turn';
export { currentAnswer, type Question, type Turn } from './turn';

/**
 * The immutable state of a chat, with the values that were selected for it. `reduce` returns the next state, so that two
 * states can be compared.
 */
export interface Conversation extends SelectedValues {
  readonly id: string;
  /** The title that the user has set. */
  readonly title?: string;
  /** Set if the chat is pinned to the top of the list of chats. */
  readonly pinned?: true;
  /** The visible turns: of a question with several versions, only the selected one. */
  readonly turns: readonly Turn[];
}

export type ConversationEvent =
  /** `terms` are absent if nothing could be sent. */
  | {
      readonly type: 'asked';
      readonly turnId: string;
      readonly question: Question;
      readonly at: number;
      readonly terms?: RequestTerms;
    }
  /** A question was edited and sent again. The earlier version and the turns after it are kept. */
  | {
      readonly type: 'edited';
      readonly turnId: string;
      readonly newTurnId: string;
      readonly question: Question;
      readonly at: number;
      readonly terms?: RequestTerms;
    }
  /** The user selected the previous or the next version of a question. */
  | { readonly type: 'versionSelected'; readonly turnId: string; readonly step: 1 | -1 }
  /** An empty title removes the title. */
  | { readonly type: 'renamed'; readonly title: string }
  | { readonly type: 'pinned'; readonly pinned: boolean }
  /** A value was selected for the chat. Without a value, that of the setting applies. */
  | { readonly type: 'valueSelected'; readonly parameter: EnumParameter; readonly value?: string }
  /** The last question is sent again, or `question` in its place. */
  | {
      readonly type: 'retried';
      readonly at: number;
      readonly terms?: RequestTerms;
      readonly question?: Question;
    }
  /** The last answer is continued. */
  | { readonly type: 'continued'; readonly at: number; readonly terms: RequestTerms }
  /** The chat was loaded again after a reload, which interrupts a running answer. */
  | { readonly type: 'restored'; readonly at: number }
  /** Another window has changed the chat. */
  | { readonly type: 'merged'; readonly conversation: Conversation }
  /** The user selected another of the alternative answers. */
  | { readonly type: 'chosen'; readonly turnId: string; readonly choice: number }
  /** The lists of the service have a replacement for a model that it no longer has. */
  | {
      readonly type: 'replacementFound';
      readonly model: string;
      readonly replacement?: ModelNotFound['replacement'];
    }
  | SummaryEvent
  /** An event of the answer to the last question, or of the summary that is being written. */
  | { readonly type: 'answer'; readonly event: ChatEvent; readonly at: number };

export function emptyConversation(id: string): Conversation {
  return { id, turns: [] };
}

export function lastTurn(conversation: Conversation): Turn | undefined {
  return conversation.turns.at(-1);
}

/** The current answer of the last turn. */
export function lastAnswer(conversation: Conversation): Answer | undefined {
  const turn = lastTurn(conversation);
  return turn && currentAnswer(turn);
}

/** The error of the last answer, if it failed because the service does not have its model. */
export function missingModel(conversation: Conversation): ModelNotFound | undefined {
  const status = lastAnswer(conversation)?.status;
  return status?.kind === 'failed' && status.error.kind === 'model-not-found' ? status.error : undefined;
}

/** The text of the last answer so far; empty if there is none. */
export function lastAnswerText(conversation: Conversation): string {
  const answer = lastAnswer(conversation);
  return answer ? shownChoice(answer).text : '';
}

/** Whether an answer, or a summary, is running. */
export function isAnswering(conversation: Conversation): boolean {
  return isLastAnswerRunning(conversation) || runningSummary(conversation.turns) !== undefined;
}

function isLastAnswerRunning(conversation: Conversation): boolean {
  const answer = lastAnswer(conversation);
  return answer !== undefined && isRunning(answer.status);
}

/** Returns the next state. Events that do not apply to the state return it unchanged. */
export function reduce(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'asked':
      return { ...conversation, turns: [...conversation.turns, newTurn(event.turnId, event)] };
    case 'edited':
      return changeTurnsWhenIdle(conversation, (turns) =>
        addVersion(turns, event.turnId, newTurn(event.newTurnId, event)),
      );
    case 'versionSelected':
      return changeTurnsWhenIdle(conversation, (turns) => selectVersion(turns, event.turnId, event.step));
    case 'renamed':
      return rename(conversation, event.title);
    case 'pinned':
      return setPinned(conversation, event.pinned);
    case 'valueSelected':
      return selectValue(conversation, event);
    case 'retried':
      return withLastTurn(undoSummariesOfLast(conversation), (turn) => ({
        ...turn,
        question: event.question ?? turn.question,
        answers: [...turn.answers, newAnswer(event.at, event.terms)],
      }));
    case 'continued':
      return continueLastAnswer(conversation, event);
    case 'restored':
      return interruptAll(conversation, event.at);
    case 'merged':
      return isAnswering(conversation) ? conversation : event.conversation;
    case 'chosen':
      return selectChoice(conversation, event.turnId, event.choice);
    case 'replacementFound':
      return withLastAnswer(conversation, (answer) => setReplacement(answer, event));
    case 'summaryRequested':
      return changeTurnsWhenIdle(conversation, (turns) => addSummary(turns, event));
    case 'summaryChanged':
      return changeTurnsWhenIdle(conversation, (turns) => applySummaryChange(turns, event));
    case 'answer':
      return applyToRunning(conversation, event.event, event.at);
  }
}

/** The last event of an answer whose window was closed. */
export const interruptedEvent: ChatEvent = {
  type: 'ended',
  outcome: { kind: 'failed', error: { kind: 'interrupted' } },
};

/** Several answers can be running if several windows have sent questions in one chat. */
function interruptAll(conversation: Conversation, at: number): Conversation {
  const interrupt = (turn: Turn): Turn =>
    isRunning(currentAnswer(turn).status)
      ? withCurrent(turn, (answer) => applyToAnswer(answer, interruptedEvent, at))
      : turn;
  const turns = applyToSummary(conversation.turns.map(interrupt), interruptedEvent, at);
  return turns.some((turn, index) => turn !== conversation.turns[index])
    ? { ...conversation, turns }
    : conversation;
}

function newTurn(
  id: string,
  { question, at, terms }: Extract<ConversationEvent, { type: 'asked' | 'edited' }>,
): Turn {
  return { id, askedAt: at, question, answers: [newAnswer(at, terms)] };
}

/** Does nothing while an answer is running, because a running answer must stay visible. */
function changeTurnsWhenIdle(
  conversation: Conversation,
  change: (turns: readonly Turn[]) => readonly Turn[],
): Conversation {
  const { turns } = conversation;
  const changed = isAnswering(conversation) ? turns : change(turns);
  return changed === turns ? conversation : { ...conversation, turns: changed };
}

function rename({ title: before, ...rest }: Conversation, title: string): Conversation {
  return title === '' ? rest : { ...rest, title };
}

function setPinned({ pinned: before, ...rest }: Conversation, wanted: boolean): Conversation {
  return wanted ? { ...rest, pinned: true } : rest;
}

function selectValue(
  conversation: Conversation,
  { parameter, value }: Extract<ConversationEvent, { type: 'valueSelected' }>,
): Conversation {
  const { [parameter]: before, ...rest } = conversation;
  return value === undefined ? rest : { ...rest, [parameter]: value };
}

function withLastTurn(conversation: Conversation, change: (turn: Turn) => Turn): Conversation {
  const turn = lastTurn(conversation);
  return turn ? { ...conversation, turns: conversation.turns.with(-1, change(turn)) } : conversation;
}

/** Changes the current answer of the last turn. */
function withLastAnswer(conversation: Conversation, change: (answer: Answer) => Answer): Conversation {
  return withLastTurn(conversation, (turn) => withCurrent(turn, change));
}

function continueLastAnswer(
  conversation: Conversation,
  { at, terms }: Extract<ConversationEvent, { type: 'continued' }>,
): Conversation {
  const last = lastAnswer(conversation);
  if (!last || !canContinue(last)) return conversation;
  return withLastAnswer(undoSummariesOfLast(conversation), (answer) => startContinuation(answer, at, terms));
}

function applyToRunning(conversation: Conversation, event: ChatEvent, at: number): Conversation {
  if (isLastAnswerRunning(conversation))
    return withLastTurn(conversation, (turn) =>
      withCurrent(turn, (answer) => applyToAnswer(answer, withoutFailedAddress(event, turn.answers), at)),
    );
  const turns = applyToSummary(conversation.turns, event, at);
  return turns === conversation.turns ? conversation : { ...conversation, turns };
}

function undoSummariesOfLast(conversation: Conversation): Conversation {
  const turn = lastTurn(conversation);
  return turn ? { ...conversation, turns: undoSummariesOf(conversation.turns, turn.id) } : conversation;
}

function withCurrent(turn: Turn, change: (answer: Answer) => Answer): Turn {
  const [first, ...rest] = turn.answers;
  const last = rest.pop();
  return { ...turn, answers: last ? [first, ...rest, change(last)] : [change(first)] };
}

function selectChoice(conversation: Conversation, turnId: string, choice: number): Conversation {
  const at = conversation.turns.findIndex(({ id }) => id === turnId);
  const turn = conversation.turns[at];
  const answer = turn && currentAnswer(turn);
  if (!turn || !answer?.choices[choice] || isRunning(answer.status)) return conversation;
  const chosen = withCurrent(turn, () => ({ ...answer, chosen: choice }));
  const turns = conversation.turns.with(at, chosen);
  return { ...conversation, turns: choice === answer.chosen ? turns : undoSummariesOf(turns, turnId) };
}

function setReplacement(
  answer: Answer,
  { model, replacement }: Extract<ConversationEvent, { type: 'replacementFound' }>,
): Answer {
  const { status } = answer;
  if (status.kind !== 'failed' || status.error.kind !== 'model-not-found') return answer;
  const error = { ...status.error, replacedBy: model, ...(replacement && { replacement }) };
  return { ...answer, status: { kind: 'failed', error } };
}
