import type { LogOutputChannel } from 'vscode';
import type { ChatEvent } from '../../core/api';

/** Writes what happened on the wire to the log, without a word of the question, the answer or the key. */
export function logEvent(log: LogOutputChannel, event: ChatEvent): void {
  switch (event.type) {
    case 'accepted':
      log.info(`Answered with ${event.status}, request ${event.requestId ?? 'without id'}`);
      return;
    case 'finished':
      log.info(`Choice ${event.index} finished: ${event.reason}`);
      return;
    case 'usage':
      log.info(`Usage: ${JSON.stringify(event.usage)}`);
      return;
    case 'ended':
      if (event.outcome.kind === 'failed') log.error(`Failed: ${JSON.stringify(event.outcome.error)}`);
      else log.info(`Ended: ${event.outcome.kind}`);
      return;
    default:
  }
}
