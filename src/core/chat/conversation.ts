import type { ChatEvent, ModelNotFound } from '../api';
import { canContinue, isRunning, shownChoice, type Answer, type Terms } from './answer';
import { applyToAnswer, startContinuation, newAnswer } from './answer-reducer';
import { currentAnswer, type Question, type Turn, selectVersion, addVersion } from './turn';
export { currentAnswer, type Question, type Turn } from './turn';

/** The immutable state of a chat. `reduce` returns the next state, so that two states can be compared. */
export interface Conversation {
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
      readonly terms?: Terms;
    }
  /** A question was edited and sent again. The earlier version and the turns after it are kept. */
  | {
      readonly type: 'edited';
      readonly turnId: string;
      readonly newTurnId: string;
      readonly question: Question;
      readonly at: number;
      readonly terms?: Terms;
    }
  /** The user selected the previous or the next version of a question. */
  | { readonly type: 'versionSelected'; readonly turnId: string; readonly step: 1 | -1 }
  /** An empty title removes the title. */
  | { readonly type: 'renamed'; readonly title: string }
  | { readonly type: 'pinned'; readonly pinned: boolean }
  /** The last question is sent again, or `question` in its place. */
  | {
      readonly type: 'retried';
      readonly at: number;
      readonly terms?: Terms;
      readonly question?: Question;
    }
  /** The last answer is continued. */
  | { readonly type: 'continued'; readonly at: number; readonly terms: Terms }
  /** The chat was loaded again after a reload, which interrupts a running answer. */
  | { readonly type: 'restored'; readonly at: number }
  /** Another window has changed the chat. */
  | { readonly type: 'merged'; readonly conversation: Conversation }
  /** The user selected another of the alternative answers. */
  | { readonly type: 'chosen'; readonly turnId: string; readonly choice: number }
  /** The service named a replacement for a model that it no longer has. */
  | { readonly type: 'replacementFound'; readonly model: string }
  /** An event of the answer to the last question. */
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

/** Whether an answer is running. */
export function isAnswering(conversation: Conversation): boolean {
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
    case 'retried':
      return withLastTurn(conversation, (turn) => ({
        ...turn,
        question: event.question ?? turn.question,
        answers: [...turn.answers, newAnswer(event.at, event.terms)],
      }));
    case 'continued':
      return withLastAnswer(conversation, (answer) =>
        canContinue(answer) ? startContinuation(answer, event.at, event.terms) : answer,
      );
    case 'restored':
      return interruptAll(conversation, event.at);
    case 'merged':
      return isAnswering(conversation) ? conversation : event.conversation;
    case 'chosen':
      return selectChoice(conversation, event.turnId, event.choice);
    case 'replacementFound':
      return withLastAnswer(conversation, (answer) => setReplacement(answer, event.model));
    case 'answer':
      return changeRunningAnswer(conversation, (answer) => applyToAnswer(answer, event.event, event.at));
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
  const turns = conversation.turns.map(interrupt);
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

function withLastTurn(conversation: Conversation, change: (turn: Turn) => Turn): Conversation {
  const turn = lastTurn(conversation);
  return turn ? { ...conversation, turns: conversation.turns.with(-1, change(turn)) } : conversation;
}

/** Changes the current answer of the last turn. */
function withLastAnswer(conversation: Conversation, change: (answer: Answer) => Answer): Conversation {
  return withLastTurn(conversation, (turn) => withCurrent(turn, change));
}

function changeRunningAnswer(conversation: Conversation, change: (answer: Answer) => Answer): Conversation {
  return isAnswering(conversation) ? withLastAnswer(conversation, change) : conversation;
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
  return { ...conversation, turns: conversation.turns.with(at, chosen) };
}

function setReplacement(answer: Answer, model: string): Answer {
  const { status } = answer;
  if (status.kind !== 'failed' || status.error.kind !== 'model-not-found') return answer;
  return { ...answer, status: { kind: 'failed', error: { ...status.error, replacedBy: model } } };
}
