import type { Attachment } from '../prompt/attachment';
import { endOfMarkdown } from '../text/fences/fence';
import type { Answer, AnswerStatus } from './answer';
import type { Conversation } from './conversation';
import type { Turn } from './turn';

/** The parts of a chat of another program that can be imported. */
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
  /** In ms since 1970; 0 if unknown. */
  readonly askedAt: number;
  readonly end: 'done' | 'stopped' | { readonly error: string };
  /** A description of content that could not be imported; empty if there is none. */
  readonly unsupportedContent: string;
}

/** Converts the chat to a conversation. The model, tokens and price of its answers are unknown. */
export function toConversation(chat: ImportedChat, newId: () => string): Conversation {
  const turns = chat.exchanges.map((exchange) => toTurn(exchange, newId()));
  return { id: newId(), ...(chat.title !== undefined && { title: chat.title }), turns };
}

function toTurn(exchange: ImportedExchange, id: string): Turn {
  const { question, attachments, askedAt, answer, unsupportedContent, reasoning } = exchange;
  const text = unsupportedContent === '' ? answer : withNote(answer, unsupportedContent);
  const choice = { text, refusal: '', reasoning, ...(exchange.end === 'done' && { finishReason: 'stop' }) };
  const importedAnswer: Answer = { status: statusOf(exchange), choices: [choice], chosen: 0, runs: [] };
  return {
    id,
    askedAt,
    question: { text: question, ...(attachments.length > 0 && { attachments }) },
    answers: [importedAnswer],
  };
}

function statusOf({ end, answer }: ImportedExchange): AnswerStatus {
  if (typeof end === 'string') return { kind: end };
  const error = { kind: 'broken-off', message: end.error } as const;
  return { kind: answer === '' ? 'failed' : 'incomplete', error };
}

/** Adds a note after the text. An open fence is closed first. */
function withNote(text: string, note: string): string {
  const end = endOfMarkdown(text);
  const whole = end.kind === 'code' ? `${text}\n${end.opened.fence}` : text;
  return `${whole}${whole === '' ? '' : '\n\n'}*${note}*`;
}
