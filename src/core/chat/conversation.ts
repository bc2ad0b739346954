import type { ChatError, ChatEvent, Outcome, Usage } from '../api';
import type { CodeContext } from '../prompt/context';

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

export interface Answer {
  readonly status: AnswerStatus;
  /** By the index of the choice. Asked for one answer, the service may still send none. */
  readonly choices: readonly Choice[];
  /** The model that answered, as it calls itself. */
  readonly model?: string;
  readonly usage?: Usage;
}

export interface Choice {
  readonly text: string;
  /** Thoughts, where a server shows them. */
  readonly reasoning: string;
  /** Why the model ended: `stop`, `length`, `content_filter` or a server's own word. */
  readonly finishReason?: string;
}

export type AnswerStatus =
  /** Times are milliseconds of the clock that `Session` was given. */
  | { readonly kind: 'waiting'; readonly since: number }
  | { readonly kind: 'thinking'; readonly since: number }
  | { readonly kind: 'answering'; readonly since: number }
  | EndedStatus;

type EndedStatus =
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  /** It broke; what had come is here, and is not the whole. */
  | { readonly kind: 'incomplete'; readonly error: ChatError }
  | { readonly kind: 'failed'; readonly error: ChatError };

export type ConversationEvent =
  | { readonly type: 'asked'; readonly turnId: string; readonly question: Question; readonly at: number }
  /** The last question is sent again. */
  | { readonly type: 'retried'; readonly at: number }
  /** The window was loaded anew: what was running then is broken off. */
  | { readonly type: 'restored' }
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

/** The choice that is shown: the first. */
export function shownChoice(answer: Answer): Choice {
  return answer.choices[0] ?? noChoice;
}

export function isRunning({ kind }: AnswerStatus): boolean {
  return kind === 'waiting' || kind === 'thinking' || kind === 'answering';
}

/** The next state. Events that do not fit the state leave it as it is. */
export function reduce(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'asked': {
      const turn: Turn = { id: event.turnId, question: event.question, answers: [newAnswer(event.at)] };
      return { ...conversation, turns: [...conversation.turns, turn] };
    }
    case 'retried':
      return withLastTurn(conversation, (turn) => ({
        ...turn,
        answers: [...turn.answers, newAnswer(event.at)],
      }));
    case 'restored':
      return withAnswer(conversation, (answer) => ended(answer, interrupted));
    case 'answer':
      return withAnswer(conversation, (answer) => answered(answer, event));
  }
}

const interrupted: Outcome = { kind: 'failed', error: { kind: 'interrupted' } };

const noChoice: Choice = { text: '', reasoning: '' };

function newAnswer(at: number): Answer {
  return { status: { kind: 'waiting', since: at }, choices: [] };
}

function withLastTurn(conversation: Conversation, change: (turn: Turn) => Turn): Conversation {
  const turn = lastTurn(conversation);
  return turn ? { ...conversation, turns: conversation.turns.with(-1, change(turn)) } : conversation;
}

/** Changes the answer that counts, while it is running. */
function withAnswer(conversation: Conversation, change: (answer: Answer) => Answer): Conversation {
  return withLastTurn(conversation, (turn) => {
    const [first, ...rest] = turn.answers;
    const last = rest.pop();
    const running = last ?? first;
    if (!isRunning(running.status)) return turn;
    return { ...turn, answers: last ? [first, ...rest, change(last)] : [change(first)] };
  });
}

function answered(answer: Answer, { event, at }: { readonly event: ChatEvent; readonly at: number }): Answer {
  switch (event.type) {
    case 'sent':
      return { ...answer, status: { kind: 'thinking', since: at } };
    case 'accepted':
      return answer;
    case 'identified':
      return answer.model === event.model ? answer : { ...answer, model: event.model };
    case 'text':
    case 'refusal':
      return withChoice(answering(answer, at), event.index, (choice) => ({
        ...choice,
        text: choice.text + event.text,
      }));
    case 'reasoning':
      return withChoice(answer, event.index, (choice) => ({
        ...choice,
        reasoning: choice.reasoning + event.text,
      }));
    case 'finished':
      return withChoice(answer, event.index, (choice) => ({ ...choice, finishReason: event.reason }));
    case 'usage':
      return { ...answer, usage: event.usage };
    case 'billed':
      return answer;
    case 'ended':
      return ended(answer, event.outcome);
  }
}

function answering(answer: Answer, at: number): Answer {
  return answer.status.kind === 'answering'
    ? answer
    : { ...answer, status: { kind: 'answering', since: at } };
}

function withChoice(answer: Answer, index: number, change: (choice: Choice) => Choice): Answer {
  const choices = [...answer.choices];
  while (choices.length <= index) choices.push(noChoice);
  choices[index] = change(choices[index] ?? noChoice);
  return { ...answer, choices };
}

function ended(answer: Answer, outcome: Outcome): Answer {
  return { ...answer, status: endedStatus(answer, outcome) };
}

function endedStatus(answer: Answer, outcome: Outcome): EndedStatus {
  switch (outcome.kind) {
    case 'complete':
      return { kind: 'done' };
    case 'stopped':
      return { kind: 'stopped' };
    case 'failed': {
      const kind = answer.choices.some((choice) => choice.text !== '') ? 'incomplete' : 'failed';
      return { kind, error: outcome.error };
    }
  }
}
