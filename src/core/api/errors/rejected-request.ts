import type { ChatError } from './chat-error';

export type RejectedRequest = Extract<ChatError, { kind: 'bad-request' }>;
export type ServerError = Extract<ChatError, { kind: 'server' }>;

/**
 * Length of the beginning of a message that is searched, in characters, which limits the time that the patterns take.
 */
const MAX_MESSAGE_LENGTH = 1000;

/** The part of a message that patterns are applied to. */
export function messageBeginning({ message }: { readonly message: string }): string {
  return message.slice(0, MAX_MESSAGE_LENGTH);
}

/** Whether the service rejected the content of the request. */
export function isRejectedRequest(error: ChatError): error is RejectedRequest {
  return error.kind === 'bad-request' && (error.status === 400 || error.status === 422);
}

/**
 * Words with which a service rejects a part of a request. Messages about unknown errors or an unexpected end do not
 * contain them.
 */
const REJECTING_WORDS =
  /\bunsupported\b|\bnot (?:be )?(?:supported|permitted|allowed|recognized|enabled)\b|\bn[o']t support\b|\bsupports?\b|\bmust\b|\bshould be\b|\bat most\b|\bmaximum\b/i;

/** Words of a chat template that rejects the role of a message. llama.cpp sends them with status 500. */
const TEMPLATE_WORDS = /\b(?:system|developer) role\b.{0,20}\bnot supported\b|\broles must alternate\b/i;

/**
 * Whether a server error is in fact the rejection of a request: an error that was sent with a success status and
 * names no other status, or an error of a chat template.
 */
export function isRejectedInWords(error: ChatError): error is ServerError {
  if (error.kind !== 'server') return false;
  const message = messageBeginning(error);
  return error.status < 300
    ? REJECTING_WORDS.test(message)
    : error.status === 500 && TEMPLATE_WORDS.test(message);
}
