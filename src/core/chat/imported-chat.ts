import type { Attachment } from '../prompt/attachment';
import { endOfMarkdown } from '../text/fence';
import type { Answer, AnswerStatus } from './answer';
import type { Conversation } from './conversation';
import type { Turn } from './turn';

/** A chat that another program wrote, as far as it has something that we know. */
export interface ImportedChat {
  readonly title?: string;
  readonly exchanges: readonly ImportedExchange[];
}

export interface ImportedExchange {
  readonly question: string;
  readonly attachments: readonly Attachment[];
  /** Markdown. */
  readonly answer: string;
  readonly reasoning: string;
  /** 0 where it is not known. */
  readonly askedAt: number;
  readonly end: 'done' | 'stopped' | { readonly error: string };
  /** In words, what it had that we have no place for; empty where that is nothing. */
  readonly unsupportedContent: string;
}

/** The chat as one of ours. Of its answers no model, tokens or price are known. */
export function toConversation(chat: ImportedChat, newId: () => string): Conversation {
  const turns = chat.exchanges.map((exchange) => toTurn(exchange, newId()));
  return { id: newId(), ...(chat.title !== undefined && { title: chat.title }), turns };
}

function toTurn(exchange: ImportedExchange, id: string): Turn {
  const { question, attachments, askedAt, answer, unsupportedContent: leftOut, reasoning } = exchange;
  const text = leftOut === '' ? answer : withNote(answer, leftOut);
  const choice = { text, refusal: '', reasoning, ...(exchange.end === 'done' && { finishReason: 'stop' }) };
  const adoptedAnswer: Answer = { status: statusOf(exchange), choices: [choice], chosen: 0, runs: [] };
  return {
    id,
    askedAt,
    question: { text: question, ...(attachments.length > 0 && { attachments }) },
    answers: [adoptedAnswer],
  };
}

function statusOf({ end, answer }: ImportedExchange): AnswerStatus {
  if (typeof end === 'string') return { kind: end };
  const error = { kind: 'broken-off', message: end.error } as const;
  return { kind: answer === '' ? 'failed' : 'incomplete', error };
}

/** Behind the text, and not in a fence that it leaves open. */
function withNote(text: string, note: string): string {
  const end = endOfMarkdown(text);
  const whole = end.kind === 'code' ? `${text}\n${end.opened.fence}` : text;
  return `${whole}${whole === '' ? '' : '\n\n'}*${note}*`;
}
