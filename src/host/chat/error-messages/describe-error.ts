import { l10n } from 'vscode';
import type { ChatError } from '../../../core/api';
import type { ErrorCard } from '../../../protocol/messages';
import {
  describeAddress,
  describeNetwork,
  describeProxy,
  describeRedirect,
  describeTimeout,
  describeUnexpectedAddress,
  describeWrongScheme,
} from './connections';
import { errorCard, asEndOfSentence } from '../error-card';
import { describeRejection } from './rejections';

/** Describes an error to the user: what happened, what it means, and the buttons that help. */
export function describeError(error: ChatError): ErrorCard {
  switch (error.kind) {
    case 'unauthorized':
    case 'no-credit':
    case 'forbidden':
    case 'model-not-found':
    case 'wrong-address':
    case 'rate-limited':
    case 'too-large':
    case 'context-too-long':
    case 'bad-request':
    case 'server':
      return describeRejection(error);
    case 'network':
      return describeNetwork(error);
    case 'proxy':
      return describeProxy(error);
    case 'timeout':
      return describeTimeout(error);
    case 'unexpected-address':
      return describeUnexpectedAddress(error);
    case 'bad-address':
      return describeAddress(error.problem);
    case 'redirected':
      return describeRedirect(error);
    case 'wrong-scheme':
      return describeWrongScheme(error);
    case 'not-an-answer':
      return errorCard(
        l10n.t('This server does not look like an OpenAI-compatible API'),
        l10n.t('The response of the server is not a chat answer. Check o1mini.baseUrl in the settings.'),
        ['openSettings', 'retry', 'showLog'],
      );
    case 'truncated':
    case 'broken-off':
    case 'unreadable':
    case 'answer-too-large':
    case 'interrupted':
      return describeStreamError(error);
  }
}

type StreamError = Extract<
  ChatError,
  { kind: 'truncated' | 'broken-off' | 'unreadable' | 'answer-too-large' | 'interrupted' }
>;

/** The part of the answer that arrived is kept. Only another request returns all of it. */
function describeStreamError(error: StreamError): ErrorCard {
  switch (error.kind) {
    case 'truncated':
      return errorCard(
        l10n.t('The answer was interrupted'),
        l10n.t(
          'The connection ended before the model finished. Retrying sends the question again and is billed again.',
        ),
        ['retry', 'showLog'],
      );
    case 'broken-off':
      return errorCard(
        l10n.t('The service interrupted the answer'),
        l10n.t(
          'The service reported: {0}. Retrying sends the question again and is billed again.',
          asEndOfSentence(error.message),
        ),
        ['retry', 'showLog'],
      );
    case 'unreadable':
      return errorCard(
        l10n.t('Part of the answer could not be read'),
        l10n.t(
          'The service sent invalid JSON in the middle of the answer. Retrying sends the question again and is billed again.',
        ),
        ['retry', 'showLog'],
      );
    case 'answer-too-large':
      return errorCard(
        l10n.t('The answer is too large'),
        l10n.t(
          'The answer is larger than {0} MB. The rest was not read. Retrying sends the question again and is billed again.',
          error.megabytes,
        ),
        ['retry', 'showLog'],
      );
    case 'interrupted':
      return errorCard(
        l10n.t('The window was closed or reloaded'),
        l10n.t('The answer ended at this point. Retrying sends the question again and is billed again.'),
        ['retry'],
      );
  }
}
