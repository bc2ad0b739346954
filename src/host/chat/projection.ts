import type { ChatError } from '../../core/api';
import { canContinue, shownChoice, type Answer, type Choice } from '../../core/chat/answer';
import { currentAnswer, type Conversation, type Turn } from '../../core/chat/conversation';
import { versionOf } from '../../core/chat/versions';
import type { AnswerView, Change, Problem, StatusView, TurnView } from '../../protocol/messages';
import { button } from './buttons';
import { viewNotes } from './notes';
import { describeError } from './problems';
import { remarkOn, remarkOnStopped } from './remarks';

/** What a view depends on besides the conversation. */
export interface Circumstances {
  /** The time of the clock that the conversation's times are of. */
  readonly now: number;
  /** How long the model of an answer thinks mostly, in words. */
  readonly usual: (answer: Answer) => string | undefined;
}

export function viewTurn(turn: Turn, seen: Circumstances): TurnView {
  const { id, question, answers } = turn;
  const { text, attachments = [] } = question;
  const version = versionOf(turn);
  const earlier = answers.slice(0, -1).map((answer) => shownChoice(answer).text);
  return {
    id,
    question: text,
    attachments: attachments.map(({ label, language, content }) => ({ label, language, content })),
    ...(version.of > 1 && { version }),
    answer: viewAnswer(currentAnswer(turn), seen),
    earlier: earlier.filter((text) => text !== ''),
  };
}

/**
 * What the panel must be told to get from one state to the next. States are immutable, and texts only grow, but for
 * those that turn out to be thought; so what is the same object, or of the same length, is not looked into.
 */
export function changesBetween(before: Conversation, after: Conversation, seen: Circumstances): Change[] {
  const common = commonTurns(before, after);
  const cut = common < before.turns.length ? [{ type: 'turnsCut', length: common } as const] : [];
  const changed = after.turns.flatMap((turn, index) => {
    const old = index < common ? before.turns[index] : undefined;
    if (old === turn) return [];
    if (!old || old.answers.length !== turn.answers.length || !sameVersion(old, turn))
      return [{ type: 'turnPut', turn: viewTurn(turn, seen) } as const];
    const [oldAnswer, answer] = [currentAnswer(old), currentAnswer(turn)];
    if (isRecalled(oldAnswer, answer)) return [{ type: 'turnPut', turn: viewTurn(turn, seen) } as const];
    return answerChanges(turn.id, oldAnswer, answer, seen);
  });
  return [...cut, ...changed];
}

/** How many turns both begin with, whatever has become of them. */
function commonTurns(before: Conversation, after: Conversation): number {
  const other = after.turns.findIndex(({ id }, index) => before.turns[index]?.id !== id);
  return other < 0 ? after.turns.length : other;
}

/** A question that was edited and turned back since is the same one, and has a version more. */
function sameVersion(before: Turn, after: Turn): boolean {
  const [old, now] = [versionOf(before), versionOf(after)];
  return old.number === now.number && old.of === now.of;
}

/** Whether a text turned out to be thought: it is shorter, or longer with another beginning. */
function isRecalled(before: Answer, after: Answer): boolean {
  return before.choices.some(({ text, reasoning }, index) => {
    const now = after.choices[index];
    if (!now || now === before.choices[index] || text === '') return false;
    return (
      now.text.length < text.length || (now.reasoning.length > reasoning.length && !now.text.startsWith(text))
    );
  });
}

function answerChanges(turnId: string, before: Answer, after: Answer, seen: Circumstances): Change[] {
  const changes = after.choices.flatMap((choice, index) =>
    before.choices[index] === choice ? [] : choiceChanges(turnId, index, before.choices[index], choice),
  );
  const rechosen = after.chosen !== before.chosen;
  if (rechosen) changes.push({ type: 'choiceChanged', turnId, chosen: after.chosen });
  // Why it ended, and what can be done about it, is each alternative's own.
  if (rechosen || after.runs !== before.runs)
    changes.push({ type: 'notesChanged', turnId, notes: viewNotes(after) });
  if (rechosen || after.status !== before.status)
    changes.push({ type: 'statusChanged', turnId, status: viewStatus(after, seen) });
  return changes;
}

function choiceChanges(turnId: string, choice: number, before: Choice | undefined, after: Choice): Change[] {
  const added = (field: 'text' | 'reasoning' | 'refusal'): string =>
    after[field].slice(before?.[field].length ?? 0);
  const news = [
    { type: 'reasoningAdded', text: added('reasoning') },
    { type: 'textAdded', text: added('text') },
    { type: 'refusalAdded', text: added('refusal') },
  ] as const;
  const changes = news.flatMap(({ type, text }) => (text === '' ? [] : [{ type, turnId, choice, text }]));
  // An alternative is one though it ends without a word.
  if (!before && changes.length === 0) return [{ type: 'textAdded', turnId, choice, text: '' }];
  return changes;
}

function viewAnswer(answer: Answer, seen: Circumstances): AnswerView {
  const choices = answer.choices.map(({ text, refusal, reasoning }) => ({ text, refusal, reasoning }));
  return { status: viewStatus(answer, seen), choices, chosen: answer.chosen, notes: viewNotes(answer) };
}

function viewStatus(answer: Answer, { now, usual }: Circumstances): StatusView {
  const { status } = answer;
  switch (status.kind) {
    case 'waiting':
    case 'answering':
      return { kind: 'running', phase: status.kind, elapsed: Math.max(0, now - status.since) };
    case 'thinking': {
      const words = usual(answer);
      const elapsed = Math.max(0, now - status.since);
      return { kind: 'running', phase: 'thinking', elapsed, ...(words !== undefined && { usual: words }) };
    }
    case 'retrying': {
      const { attempt, of, error } = status;
      const left = Math.max(0, status.until - now);
      const retry = { left, attempt, of, because: describeError(error).title };
      return { kind: 'running', phase: 'waiting', elapsed: Math.max(0, now - status.since), retry };
    }
    case 'stopped':
      return { kind: 'stopped', remark: remarkOnStopped(answer) };
    case 'incomplete':
    case 'failed':
      return { kind: status.kind, problem: describeFailure(answer, status.error) };
    case 'done': {
      const remark = remarkOn(answer);
      return { kind: 'done', ...(remark !== undefined && { remark }) };
    }
  }
}

/** What broke off can be gone on with, instead of being asked for and billed anew. */
function describeFailure(answer: Answer, error: ChatError): Problem {
  const problem = describeError(error);
  if (!canContinue(answer)) return problem;
  return { ...problem, buttons: [button('continueAnswer'), ...problem.buttons] };
}
