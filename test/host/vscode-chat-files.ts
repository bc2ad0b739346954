import assert from 'node:assert/strict';
import { shownChoice } from '../../src/core/chat/answer';
import { currentAnswer, type Conversation, type Turn } from '../../src/core/chat/conversation';
import { chatOfBytes } from '../../src/host/history/import';

let ids = 0;
export const newId = (): string => `id-${++ids}`;
export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export function importChat(file: unknown): Promise<Conversation> {
  return chatOfBytes(encode(JSON.stringify(file)), newId);
}

export function sessionLog(...entries: readonly unknown[]): Uint8Array {
  return encode(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
}

/** A chat of VS Code with these requests. */
export function session(...requests: readonly object[]): object {
  return { version: 3, sessionId: 's', responderUsername: 'GitHub Copilot', requests };
}

/** A request with this answer. */
export function requestWith(response: unknown, fields: object = {}): object {
  return { requestId: 'r', message: { text: 'Why?', parts: [] }, response, ...fields };
}

export interface ImportedTurn {
  readonly question: string;
  readonly answer: string;
  readonly reasoning: string;
  readonly end: string;
}

export function contentOf(turn: Turn | undefined): ImportedTurn {
  assert.ok(turn);
  const answer = currentAnswer(turn);
  const { text, reasoning } = shownChoice(answer);
  return { question: turn.question.text, answer: text, reasoning, end: answer.status.kind };
}

export async function importTurn(...requests: readonly object[]): Promise<ImportedTurn> {
  return contentOf((await importChat(session(...requests))).turns[0]);
}

export async function answerOf(...parts: readonly unknown[]): Promise<string> {
  return (await importTurn(requestWith(parts))).answer;
}

export const uri = (path: string): object => ({ $mid: 1, scheme: 'file', path });
