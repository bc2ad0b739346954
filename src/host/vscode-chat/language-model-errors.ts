import { CancellationError, l10n, LanguageModelError } from 'vscode';
import type { ChatError } from '../../core/api';
import { formatMessage } from '../../core/text/untrusted-text';
import type { LanguageModelRequestOutcome } from '../chat/language-model-requests';
import { sanitizedErrorText, type ErrorDescriptions } from '../chat/error-messages/load-error-descriptions';

/** The error for an extension whose request did not lead to a complete answer. */
export async function errorOf(
  outcome: Exclude<LanguageModelRequestOutcome, { kind: 'complete' }>,
  errors: ErrorDescriptions,
): Promise<Error> {
  switch (outcome.kind) {
    case 'stopped':
      return new CancellationError();
    case 'declined':
      return LanguageModelError.NoPermissions(l10n.t('The request was declined. Nothing was sent.'));
    case 'no-key':
      return LanguageModelError.NoPermissions(
        formatMessage(
          l10n.t('There is no API key for {0}. Use the command "o1-mini: Set API Key" to set one.'),
          [outcome.origin],
        ),
      );
    case 'failed': {
      const message = await sanitizedErrorText(outcome.error, errors);
      const create = factoryOf(outcome.error);
      return create ? create(message) : new LanguageModelError(message);
    }
  }
}

/** Undefined for a failure that VS Code has no code for. */
function factoryOf(error: ChatError): ((message: string) => LanguageModelError) | undefined {
  switch (error.kind) {
    case 'model-not-found':
      return (message) => LanguageModelError.NotFound(message);
    case 'rate-limited':
    case 'no-credit':
      return (message) => LanguageModelError.Blocked(message);
    case 'unauthorized':
      return (message) => LanguageModelError.NoPermissions(message);
    case 'forbidden':
      return error.reason === 'content'
        ? (message) => LanguageModelError.Blocked(message)
        : (message) => LanguageModelError.NoPermissions(message);
    default:
      return undefined;
  }
}
