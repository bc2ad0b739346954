import { field } from '../../json';
import { ChatFailure } from '../errors/chat-error';

/**
 * Largest answer in MB: twice as much as eight alternatives of 100,000 tokens. Parsing and keeping more would block
 * the extension host.
 */
const MAX_ANSWER_MB = 8;

/** The same in characters. */
export const MAX_ANSWER_LENGTH = MAX_ANSWER_MB * 1024 * 1024;

/** An error in a response with a success status. */
export class ReportedError extends Error {
  override readonly name = 'ReportedError';

  /**
   * @param body the parsed JSON of the error, or its text if it is not JSON
   * @param answerHasBegun whether a part of an answer stands before it
   */
  constructor(
    readonly body: unknown,
    readonly answerHasBegun: boolean,
  ) {
    super('reported');
  }
}

/** The code that finds the message in an error is loaded with the first one. Without it, there may be a code. */
export async function brokenOffBy({ body }: ReportedError): Promise<ChatFailure> {
  const loaded = await import('../errors/error-body').catch(() => undefined);
  return brokenOff(loaded?.messageOf(body) ?? codeOf(field(body, 'error')));
}

/** The finish reasons of complete answers, and of answers whose early end is explained to the user. */
const EXPECTED_REASONS: ReadonlySet<string> = new Set(['stop', 'tool_calls', 'length', 'content_filter']);

/** If a service ends an answer for any other reason, the answer is incomplete. */
export function throwIfBrokenOff(reasons: Iterable<string>): void {
  for (const reason of reasons) if (!EXPECTED_REASONS.has(reason)) throw brokenOff(reason);
}

/** The code of an error without a message. */
function codeOf(error: unknown): string {
  const code = field(error, 'code') ?? error;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : '';
}

/** The message is shortened after the key was redacted in it, because a part of a key is secret, too. */
function brokenOff(message: string): ChatFailure {
  return new ChatFailure({ kind: 'broken-off', message });
}

export function truncated(): ChatFailure {
  return new ChatFailure({ kind: 'truncated' });
}

export function tooLarge(): ChatFailure {
  return new ChatFailure({ kind: 'answer-too-large', megabytes: MAX_ANSWER_MB });
}

export function unreadable(detail: string): ChatFailure {
  return new ChatFailure({ kind: 'unreadable', detail });
}

export function notAnAnswer(body: string): ChatFailure {
  return new ChatFailure({ kind: 'not-an-answer', detail: body });
}
