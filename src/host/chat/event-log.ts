import type { LogOutputChannel } from 'vscode';
import type { ChatError, ChatEvent } from '../../core/api';

/** Writes what happened on the wire to the log, without a word of the question, the answer or the key. */
export function logEvent(log: LogOutputChannel, event: ChatEvent): void {
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
      return log.warn(`Failed: ${wordsOf(error)}. Retry ${attempt} of ${of} in ${Math.round(wait)} ms`);
    }
    case 'finished':
      return log.info(`Choice ${event.index} finished: ${inLine(event.reason)}`);
    case 'usage':
      return log.debug(`Usage: ${JSON.stringify(event.usage)}`);
    case 'billed':
      return log.info(`Billed: ${event.usd} USD`);
    case 'ended':
      if (event.outcome.kind === 'failed') log.error(`Failed: ${wordsOf(event.outcome.error)}`);
      else log.info(`Ended: ${event.outcome.kind}`);
      return;
    default:
  }
}

/** A server's words must not look like a line of ours. */
function inLine(words: string): string {
  return words.replace(/\p{Cc}+/gu, ' ');
}

/**
 * What came in place of an answer, or within one, may hold words of it, as may JSON in place of a message: only
 * of a page we know that it does not.
 */
function wordsOf(error: ChatError): string {
  switch (error.kind) {
    case 'unreadable':
    case 'not-an-answer':
      return JSON.stringify(isPage(error.detail) ? error : { ...error, detail: '…' });
    case 'broken-off':
      return JSON.stringify({ ...error, message: error.message.replace(/\{.*/s, '…') });
    default:
      return JSON.stringify(error);
  }
}

function isPage(detail: string): boolean {
  return /^\s*<(?:!doctype|html|head|title)\b/i.test(detail);
}
