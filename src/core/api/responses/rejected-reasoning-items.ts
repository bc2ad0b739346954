import { isInvalidValue } from '../corrections/correction-rules';
import type { ChatError, ErrorHints } from '../errors/chat-error';
import { isRejectedRequest, messageBeginning } from '../errors/rejected-request';

/** The parts of a request that an error about items of reasoning can be about. */
interface SentItems {
  readonly include?: readonly string[];
  readonly input: readonly object[];
}

/** The kinds of errors that the content of a request can cause. */
const KINDS: ReadonlySet<ChatError['kind']> = new Set([
  'bad-request',
  'wrong-address',
  'model-not-found',
  'too-large',
  'server',
]);

const ITEM_MESSAGE =
  /\bencrypted[_ ]content\b|\bitem\b.{0,80}\bnot found\b|\brequired following item\b|\bitems? of type ['"`]?reasoning\b/is;

/** Matches `include` as the name of the parameter, and not as a verb. */
const INCLUDE_MESSAGE =
  /['"`]include['"`]|^include\b|\b(?:parameter|argument|field|property)s?\b[^.]{0,40}\binclude\b/i;

/**
 * Whether a service rejects reasoning items in the request, or the request for encrypted reasoning: because it does
 * not support them, or because it can no longer decrypt them. `possibly` if the error does not name the reason.
 */
export function rejectsReasoningItems(
  error: ChatError,
  { param }: ErrorHints,
  { include, input }: SentItems,
): 'certainly' | 'possibly' | 'no' {
  if (include === undefined || !KINDS.has(error.kind) || !('message' in error)) return 'no';
  const message = messageBeginning(error);
  const isNamed = ITEM_MESSAGE.test(message) || INCLUDE_MESSAGE.test(message);
  if (/^include\b/.test(param ?? '') || isNamed) return 'certainly';
  if (!input.some((item) => 'encrypted_content' in item)) return 'no';
  if (/^input\b.\d/.test(param ?? '') || /\binput(?:\[|\.)\d/.test(message)) return 'certainly';
  if (error.kind === 'too-large') return 'certainly';
  return isRejectedRequest(error) && !isInvalidValue(error) ? 'possibly' : 'no';
}
