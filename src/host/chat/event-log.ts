import type { LogOutputChannel } from 'vscode';
import type { ChatError, ChatEvent, ChatRequest } from '../../core/api';
import { redactQuotedPrompt } from '../../core/privacy/quoted-prompt-redaction';

/** The path depends on the API, which the client chooses. */
export function logRequest({ endpoint, parameters, messages }: ChatRequest, log: LogOutputChannel): void {
  const { model, api } = parameters;
  log.info(`POST ${endpoint.origin}/…: ${model}, ${messages.length} messages, API: ${api}`);
}

/**
 * Writes the events of a request to the log, without text of the question or the answer. The client has redacted the key.
 *
 * @param sentTexts all texts that were sent with the question: a server may quote them
 */
export function logEvent(
  log: LogOutputChannel,
  event: ChatEvent,
  sentTexts: () => readonly string[] = () => [],
): void {
  // The text of a server must not look like another line of the log.
  const inLine = (text: string): string => redactQuotedPrompt(text, sentTexts()).replace(/\p{Cc}+/gu, ' ');
  switch (event.type) {
    case 'accepted':
      return log.info(
        `Response ${event.status}, request ID ${inLine(event.requestIds.join(', ')) || 'unknown'}`,
      );
    case 'corrected':
      return log.warn(
        `Rejected: ${inLine(event.because)}. Sending again with the correction ${event.correction}, which is remembered`,
      );
    case 'valueRejected': {
      const { parameter, value, because } = event;
      return log.warn(`Rejected: ${inLine(because)}. The model does not accept ${value} for ${parameter}`);
    }
    case 'limitLowered':
      return log.warn(
        `Rejected: ${inLine(event.because)}. Sending again with the limit lowered to ${event.limit} tokens`,
      );
    case 'limitIgnored':
      return log.warn(
        `The service ignored ${event.parameter}. ${event.next === undefined ? 'It has no other name' : `The limit is sent as ${event.next} from now on`}`,
      );
    case 'retrying': {
      const { attempt, maxAttempts, delayMs, error } = event;
      const failure = describe(error, inLine);
      return log.warn(`Failed: ${failure}. Retry ${attempt} of ${maxAttempts} in ${Math.round(delayMs)} ms`);
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

/** Fields of an error that do not come from the server. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'kind',
  'reason',
  'phase',
  'problem',
  'model',
  'url',
  'alternative',
  'needs',
]);

function describe(error: ChatError, inLine: (text: string) => string): string {
  return JSON.stringify(withoutAnswer(error), quotable(inLine));
}

/** A replacer for `JSON.stringify` that makes texts from the server safe to log. */
function quotable(inLine: (text: string) => string): (name: string, value: unknown) => unknown {
  return (name, value) => (typeof value === 'string' && !OWN_FIELDS.has(name) ? inLine(value) : value);
}

/**
 * Removes parts of an error that may contain text of the answer: a response that could not be read, unless it is a
 * web page, and JSON in a message.
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
