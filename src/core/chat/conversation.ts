import type { ChatEvent } from '../api';
import type { CodeContext } from '../prompt/context';
import { canContinue, isRunning, shownChoice, type Answer, type Terms } from './answer';
import { answered, continued, newAnswer } from './answering';

/** A chat. All of it is readonly: `reduce` makes the next one, so that two can be compared. */
export interface Conversation {
  readonly id: string;
  readonly turns: readonly Turn[];
}

export interface Turn {
  readonly id: string;
  readonly question: Question;
  /** One for each time the question was sent; the last is the one that counts, earlier ones are kept. */
  readonly answers: readonly [Answer, ...Answer[]];
}

export interface Question {
  readonly text: string;
  readonly context?: CodeContext;
}

export type ConversationEvent =
  /** `terms` are absent where nothing could be sent. */
  | {
      readonly type: 'asked';
      readonly turnId: string;
      readonly question: Question;
      readonly at: number;
      readonly terms?: Terms;
    }
  /** The last question is sent again. */
  | { readonly type: 'retried'; readonly at: number; readonly terms?: Terms }
  /** The model goes on with the last answer. */
  | { readonly type: 'continued'; readonly at: number; readonly terms: Terms }
  /** The window was loaded anew: what was running then is broken off. */
  | { readonly type: 'restored'; readonly at: number }
  /** The user prefers another of the alternatives. */
  | { readonly type: 'chosen'; readonly turnId: string; readonly choice: number }
  /** The service names a model that takes the place of the one it no longer has. */
  | { readonly type: 'replacementFound'; readonly model: string }
  /** Something of the answer to the last question arrived. */
  | { readonly type: 'answer'; readonly event: ChatEvent; readonly at: number };

export function emptyConversation(id: string): Conversation {
  return { id, turns: [] };
}

export function lastTurn(conversation: Conversation): Turn | undefined {
  return conversation.turns.at(-1);
}

/** The answer that counts. */
export function currentAnswer(turn: Turn): Answer {
  return turn.answers.at(-1) ?? turn.answers[0];
}

/** What the last question was answered with, as far as it has come; empty without one. */
export function lastAnswerText(conversation: Conversation): string {
  const turn = lastTurn(conversation);
  return turn ? shownChoice(currentAnswer(turn)).text : '';
}

/** The next state. Events that do not fit the state leave it as it is. */
export function reduce(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'asked': {
      const { turnId: id, question, at, terms } = event;
      const turn: Turn = { id, question, answers: [newAnswer(at, terms)] };
      return { ...conversation, turns: [...conversation.turns, turn] };
    }
    case 'retried':
      return withLastTurn(conversation, (turn) => ({
        ...turn,
        answers: [...turn.answers, newAnswer(event.at, event.terms)],
      }));
    case 'continued':
      return withLastAnswer(conversation, (answer) =>
        canContinue(answer) ? continued(answer, event.at, event.terms) : answer,
      );
    case 'restored':
      return whileRunning(conversation, (answer) => answered(answer, interrupted, event.at));
    case 'chosen':
      return choose(conversation, event.turnId, event.choice);
    case 'replacementFound':
      return withLastAnswer(conversation, (answer) => replaceable(answer, event.model));
    case 'answer':
      return whileRunning(conversation, (answer) => answered(answer, event.event, event.at));
  }
}

const interrupted: ChatEvent = {
  type: 'ended',
  outcome: { kind: 'failed', error: { kind: 'interrupted' } },
};

function withLastTurn(conversation: Conversation, change: (turn: Turn) => Turn): Conversation {
  const turn = lastTurn(conversation);
  return turn ? { ...conversation, turns: conversation.turns.with(-1, change(turn)) } : conversation;
}

/** Changes the answer that counts of the last turn. */
function withLastAnswer(conversation: Conversation, change: (answer: Answer) => Answer): Conversation {
  return withLastTurn(conversation, (turn) => withCurrent(turn, change));
}

function whileRunning(conversation: Conversation, change: (answer: Answer) => Answer): Conversation {
  const turn = lastTurn(conversation);
  if (!turn || !isRunning(currentAnswer(turn).status)) return conversation;
  return withLastAnswer(conversation, change);
}

function withCurrent(turn: Turn, change: (answer: Answer) => Answer): Turn {
  const [first, ...rest] = turn.answers;
  const last = rest.pop();
  return { ...turn, answers: last ? [first, ...rest, change(last)] : [change(first)] };
}

function choose(conversation: Conversation, turnId: string, choice: number): Conversation {
  const at = conversation.turns.findIndex(({ id }) => id === turnId);
  const turn = conversation.turns[at];
  const answer = turn && currentAnswer(turn);
  if (!turn || !answer?.choices[choice] || isRunning(answer.status)) return conversation;
  const chosen = withCurrent(turn, () => ({ ...answer, chosen: choice }));
  return { ...conversation, turns: conversation.turns.with(at, chosen) };
}

function replaceable(answer: Answer, model: string): Answer {
  const { status } = answer;
  if (status.kind !== 'failed' || status.error.kind !== 'model-not-found') return answer;
  return { ...answer, status: { kind: 'failed', error: { ...status.error, replacedBy: model } } };
}
