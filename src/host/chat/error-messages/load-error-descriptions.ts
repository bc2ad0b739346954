import { l10n, type LogOutputChannel } from 'vscode';
import type { ChatError } from '../../../core/api';
import { lazy } from '../../../core/lazy';
import type { ErrorCard } from '../../../protocol/messages';
import { logTo } from '../../error-reporting';
import { errorCard } from '../error-card';

/** Describes errors to the user. The code for that is loaded with the first error. */
export interface ErrorDescriptions {
  /** True once the code is loaded. Until then, `describe` returns only the kind of the error. */
  readonly loaded: boolean;
  /** Resolves when the code is loaded, or cannot be loaded. */
  load(): Promise<void>;
  describe(error: ChatError): ErrorCard;
}

export function createErrorDescriptions(log: LogOutputChannel): ErrorDescriptions {
  let describeError: ((error: ChatError) => ErrorCard) | undefined;
  const load = lazy(async () => {
    ({ describeError } = await import('./describe-error'));
  });
  return {
    get loaded() {
      return describeError !== undefined;
    },
    load: () => load().catch(logTo(log, 'Loading the descriptions of errors')),
    describe: (error) =>
      describeError?.(error) ?? errorCard(l10n.t('The request failed'), error.kind, ['retry', 'showLog']),
  };
}
