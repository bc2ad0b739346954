import type { LogOutputChannel } from 'vscode';
import type { ChatError, ChatEvent } from '../../core/api';
import { withoutQuestion } from '../../core/privacy/question-redaction';

/**
 * Writes what happened on the wire to the log, without a word of the question, the answer or the key.
 *
 * @param sentTexts all texts that were sent with the question: a server may quote them
 */
export function logEvent(
  log: LogOutputChannel,
  event: ChatEvent,
  sentTexts: () => readonly string[] = () => [],
): void {
  // A server's words must not look like a line of ours.
  const inLine = (words: string): string => withoutQuestion(words, sentTexts()).replace(/\p{Cc}+/gu, ' ');
  switch (event.type) {
    case 'accepted':
      return log.info(
        `Answered with ${event.status}, request ${inLine(event.requestIds.join(', ')) || 'without id'}`,
      );
    case 'corrected':
      return log.warn(
        `Refused: ${inLine(event.because)}. Sent again, and from now on here: ${event.correction}`,
      );
    case 'retrying': {
      const { attempt, of, wait, error } = event;
      const failure = describe(error, inLine);
      return log.warn(`Failed: ${failure}. Retry ${attempt} of ${of} in ${Math.round(wait)} ms`);
    }
    case 'finished':
      return log.info(`Choice ${event.index} finished: ${inLine(event.reason)}`);
    case 'usage':
      return log.debug(`Usage: ${JSON.stringify(event.usage, quotable(inLine))}`);
    case 'billed':
      return log.info(`Billed: ${event.usd} USD`);
    case 'ended':
      if (event.outcome.kind === 'failed') log.error(`Failed: ${describe(event.outcome.error, inLine)}`);
      else log.info(`Ended: ${event.outcome.kind}`);
      return;
    default:
  }
}

/** Fields of an error that a server has no say in. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'kind',
  'reason',
  'phase',
  'problem',
  'model',
  'url',
  'alternative',
]);

function describe(error: ChatError, inLine: (words: string) => string): string {
  return JSON.stringify(withoutAnswer(error), quotable(inLine));
}

/** For `JSON.stringify`: the texts that a server filled, as they can be logged. */
function quotable(inLine: (words: string) => string): (name: string, value: unknown) => unknown {
  return (name, value) => (typeof value === 'string' && !OWN_FIELDS.has(name) ? inLine(value) : value);
}

/**
 * What came in place of an answer, or within one, may hold words of it, as may JSON in place of a message: only
 * of a page we know that it does not.
 */
function withoutAnswer(error: ChatError): ChatError {
  switch (error.kind) {
    case 'unreadable':
    case 'not-an-answer':
      return isPage(error.detail) ? error : { ...error, detail: '…' };
    case 'broken-off':
      return { ...error, message: error.message.replace(/\{.*/s, '…') };
    default:
      return error;
  }
}

function isPage(detail: string): boolean {
  return /^\s*<(?:!doctype|html|head|title)\b/i.test(detail);
}
