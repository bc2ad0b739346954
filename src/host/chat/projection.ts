import { l10n } from 'vscode';
import {
  currentAnswer,
  shownChoice,
  type Answer,
  type AnswerStatus,
  type Conversation,
  type Turn,
} from '../../core/chat/conversation';
import { contextLabel } from '../../core/prompt/context';
import type { AnswerView, Change, StatusView, TurnView } from '../../protocol/messages';
import { describeError } from './problems';

/** @param now the time of the clock that the conversation's times are of */
export function viewTurn(turn: Turn, now: number): TurnView {
  const { id, question, answers } = turn;
  const { text, context } = question;
  const earlier = answers.slice(0, -1).map((answer) => shownChoice(answer).text);
  return {
    id,
    question: text,
    ...(context && {
      context: { label: contextLabel(context), language: context.language, code: context.code },
    }),
    answer: viewAnswer(currentAnswer(turn), now),
    earlier: earlier.filter((text) => text !== ''),
  };
}

/**
 * What the panel must be told to get from one state to the next. States are immutable and texts only
 * grow, so what is the same object, or of the same length, is not looked into.
 */
export function changesBetween(before: Conversation, after: Conversation, now: number): Change[] {
  return after.turns.flatMap((turn, index) => {
    const old = before.turns[index];
    if (old === turn) return [];
    if (old?.answers.length !== turn.answers.length)
      return [{ type: 'turnPut', turn: viewTurn(turn, now) } as const];
    return answerChanges(turn.id, currentAnswer(old), currentAnswer(turn), now);
  });
}

function answerChanges(turnId: string, before: Answer, after: Answer, now: number): Change[] {
  const [old, choice] = [shownChoice(before), shownChoice(after)];
  const changes: Change[] = [];
  const reasoning = choice.reasoning.slice(old.reasoning.length);
  const text = choice.text.slice(old.text.length);
  if (reasoning) changes.push({ type: 'reasoningAdded', turnId, text: reasoning });
  if (text) changes.push({ type: 'textAdded', turnId, text });
  if (after.usage && after.usage !== before.usage)
    changes.push({ type: 'usageChanged', turnId, usage: after.usage });
  if (after.status !== before.status)
    changes.push({ type: 'statusChanged', turnId, status: viewStatus(after, now) });
  return changes;
}

function viewAnswer(answer: Answer, now: number): AnswerView {
  const { text, reasoning } = shownChoice(answer);
  return { status: viewStatus(answer, now), text, reasoning, ...(answer.usage && { usage: answer.usage }) };
}

function viewStatus(answer: Answer, now: number): StatusView {
  const status: AnswerStatus = answer.status;
  switch (status.kind) {
    case 'waiting':
    case 'thinking':
    case 'answering':
      return { kind: 'running', phase: status.kind, elapsed: now - status.since };
    case 'stopped':
      return { kind: 'stopped' };
    case 'incomplete':
    case 'failed':
      return { kind: status.kind, problem: describeError(status.error) };
    case 'done': {
      const remark = remarkOn(answer);
      return { kind: 'done', ...(remark !== undefined && { remark }) };
    }
  }
}

/** An answer may end as the protocol wants and still not be what the user expects. */
function remarkOn(answer: Answer): string | undefined {
  const { text, finishReason } = shownChoice(answer);
  const spent = answer.usage?.completionTokens;
  if (finishReason === 'length' && text === '') {
    return spent === undefined
      ? l10n.t('All tokens went into thinking. Raise o1mini.maxCompletionTokens and ask again.')
      : l10n.t('All {0} tokens went into thinking. Raise o1mini.maxCompletionTokens and ask again.', spent);
  }
  if (finishReason === 'length') return l10n.t('Cut off at the token limit, o1mini.maxCompletionTokens.');
  if (finishReason === 'content_filter') return l10n.t('Cut off by the content filter of the service.');
  return text === '' ? l10n.t('The model gave an empty answer.') : undefined;
}
