import { l10n, type LogOutputChannel } from 'vscode';
import type { ChatError } from '../../../core/api';
import { lazy } from '../../../core/lazy';
import { sanitizeLines } from '../../../core/text/untrusted-text';
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

/** The description of an error as one text. It may contain untrusted text of the service. */
export async function errorText(error: ChatError, errors: ErrorDescriptions): Promise<string> {
  await errors.load();
  const { title, explanation } = errors.describe(error);
  return `${title}. ${explanation}`;
}

/** Longest text of an error outside of our own chat, in UTF-16 units. */
const MAX_SANITIZED_LENGTH = 1000;

/** The description of an error for VS Code's chat and for other extensions, with its links and icons broken. */
export async function sanitizedErrorText(error: ChatError, errors: ErrorDescriptions): Promise<string> {
  return sanitizeLines(await errorText(error, errors), MAX_SANITIZED_LENGTH);
}
