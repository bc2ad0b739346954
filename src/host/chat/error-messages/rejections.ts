import { l10n } from 'vscode';
import type { ChatError } from '../../../core/api';
import type { ErrorCard } from '../../../protocol/messages';
import { limitsAndPriceLabel, replacementReason } from '../../models/model-labels';
import { formatCount } from '../../number-format';
import { errorCard, withAddress, withFirstButton, asEndOfSentence } from '../error-card';

export type Rejected = Extract<ChatError, { status: number; message: string }>;
type ErrorOf<Kind extends Rejected['kind']> = Extract<Rejected, { kind: Kind }>;

/** The service answered with an error instead of an answer. */
export function describeRejection(error: Rejected): ErrorCard {
  const message = asEndOfSentence(error.message);
  switch (error.kind) {
    case 'unauthorized':
      return errorCard(
        l10n.t('The service refused the API key'),
        l10n.t(
          'The service returned: {0}. Check that the API key is enabled in your account, or set another key.',
          message,
        ),
        ['setApiKey', 'retry', 'showLog'],
      );
    case 'no-credit':
      return errorCard(
        l10n.t('Insufficient credit'),
        l10n.t(
          'The service returned: {0}. The API key is valid and is kept. Add credit or verify your account, then retry.',
          message,
        ),
        ['retry', 'setApiKey', 'showLog'],
      );
    case 'forbidden':
      return describeForbidden(error, message);
    case 'model-not-found':
      return describeMissingModel(error, message);
    case 'wrong-address':
      return describeWrongAddress(error, message);
    case 'rate-limited':
      return errorCard(
        l10n.t('Rate limit reached'),
        l10n.t('The service returned: {0}. {1}, then retry.', message, describeWait(error.retryAfter)),
        ['retry', 'showLog'],
      );
    case 'too-large':
      return describeTooLarge(error, message);
    case 'context-too-long':
      return describeTooLong(error, message);
    case 'bad-request':
      return errorCard(
        l10n.t('The service rejected the question'),
        describeBadRequest(error.status, message),
        ['openSettings', 'retry', 'showLog'],
      );
    case 'server':
      return errorCard(
        l10n.t('The service reported an error'),
        l10n.t('The service returned {0}. Try again later.', withStatus(error.status, message)),
        ['retry', 'showLog'],
      );
  }
}

/** Other statuses than 400 and 422 are about the connection, the address or the headers. */
function describeBadRequest(status: number, message: string): string {
  return status === 400 || status === 422
    ? l10n.t(
        'The service returned {0}: {1}. This model may not support one of your settings.',
        status,
        message,
      )
    : l10n.t(
        'The service or a proxy returned {0}: {1}. Check your network, o1mini.baseUrl, and o1mini.headers.',
        status,
        message,
      );
}

/** If an error is reported with a successful HTTP status, the status is omitted, and so it is if the message begins with it. */
function withStatus(status: number, message: string): string {
  if (message.startsWith(`${status} `)) return message;
  return status < 400 ? l10n.t('an error: {0}', message) : `${status}: ${message}`;
}

function describeForbidden({ reason, status }: ErrorOf<'forbidden'>, message: string): ErrorCard {
  const buttons = ['retry', 'openSettings', 'showLog'] as const;
  switch (reason) {
    case 'region':
      return errorCard(
        l10n.t('The service is not available in your region'),
        l10n.t('The service returned: {0}. The API key is kept.', message),
        buttons,
      );
    case 'blocked':
      return errorCard(
        l10n.t('The request was blocked'),
        l10n.t(
          'The request was answered with: {0}. A proxy, a firewall, or a sign-in page may have answered instead of the service. Check your network and o1mini.baseUrl.',
          message,
        ),
        buttons,
      );
    case 'content':
      return errorCard(
        l10n.t('The content filter of the service rejected the question'),
        l10n.t(
          'The service returned: {0}. Rephrase the question, remove attachments, or select another model.',
          message,
        ),
        ['selectModel', 'retry', 'showLog'],
      );
    case 'permission':
      return errorCard(
        l10n.t('The service denied access'),
        l10n.t(
          'The service returned {0}: {1}. The API key is kept. Check the permissions of the key, or select another model.',
          status,
          message,
        ),
        ['selectModel', 'setApiKey', 'retry', 'showLog'],
      );
  }
}

/** A sentence that tells how long to wait, if the service has reported it. */
function describeWait(seconds: number | undefined): string {
  if (seconds === undefined) return l10n.t('Wait a moment');
  if (seconds < 120) return l10n.t('Wait {0} s, as requested by the service', seconds);
  if (seconds < 7200)
    return l10n.t('Wait {0} minutes, as requested by the service', Math.round(seconds / 60));
  return l10n.t('Wait {0} hours, as requested by the service', Math.round(seconds / 3600));
}

/** If the lists of the service have a replacement, a button selects it. */
function describeMissingModel(error: ErrorOf<'model-not-found'>, message: string): ErrorCard {
  const { model, replacedBy, replacement } = error;
  const others = ['selectModel', 'openSettings', 'showLog'] as const;
  const unavailable = l10n.t('The model {0} is not available from this service', model);
  if (replacedBy === undefined) {
    return errorCard(
      unavailable,
      l10n.t(
        'The service returned: {0}. Your question is kept. Select another model to send the question again.',
        message,
      ),
      others,
    );
  }
  const reason = replacement?.reason ?? 'named';
  const limitsAndPrice = replacement ? limitsAndPriceLabel(replacement) : '';
  return withFirstButton(
    {
      action: 'useReplacement',
      label: l10n.t('Use {0}', replacedBy),
      hint: l10n.t(
        'Sets o1mini.model to {0} and sends the question again. The price may differ.',
        replacedBy,
      ),
    },
    errorCard(
      reason === 'named' ? l10n.t('{0} has been retired by this service', model) : unavailable,
      [
        l10n.t('{0} Your question is kept.', replacementReason(replacedBy, reason)),
        ...(limitsAndPrice === '' ? [] : [`${replacedBy}: ${limitsAndPrice}.`]),
      ].join(' '),
      others,
    ),
  );
}

function describeWrongAddress(error: ErrorOf<'wrong-address'>, message: string): ErrorCard {
  const { status, url, alternative, needs } = error;
  if (needs !== undefined) return describeWrongApi(status, message);
  const buttons = ['openSettings', 'retry', 'showLog'] as const;
  const title = l10n.t('No chat service at this address');
  if (url === undefined) {
    const explanation = l10n.t(
      'The service returned {0}: {1}. Check o1mini.baseUrl in the settings.',
      status,
      message,
    );
    return errorCard(title, explanation, buttons);
  }
  const explanation =
    status < 300
      ? l10n.t(
          '{0} returned a web page: {1}. The address may be that of a website, or a proxy or a sign-in page may have answered. Check o1mini.baseUrl in the settings.',
          url,
          message,
        )
      : l10n.t('{0} returned {1}: {2}. Check o1mini.baseUrl in the settings.', url, status, message);
  return withAddress(alternative, errorCard(title, explanation, buttons));
}

function describeWrongApi(status: number, message: string): ErrorCard {
  return errorCard(
    l10n.t('The model requires another API'),
    l10n.t(
      'The service returned {0}: {1}. Set o1mini.api to auto, or select another model.',
      status,
      message,
    ),
    ['openSettings', 'selectModel', 'retry', 'showLog'],
  );
}

function describeTooLarge({ status }: ErrorOf<'too-large'>, message: string): ErrorCard {
  return errorCard(
    l10n.t('The request is too large'),
    l10n.t(
      'The service or a proxy returned {0}: {1}. Remove attachments, or start a new chat.',
      status,
      message,
    ),
    ['retry', 'showLog'],
  );
}

function describeTooLong({ limit, tokens }: ErrorOf<'context-too-long'>, message: string): ErrorCard {
  const title = l10n.t('The chat is too long for this model');
  const buttons = ['selectModel', 'retry', 'showLog'] as const;
  if (limit === undefined) {
    return errorCard(
      title,
      l10n.t('The service returned: {0}. Remove attachments, or start a new chat.', message),
      buttons,
    );
  }
  const explanation =
    tokens === undefined
      ? l10n.t(
          'The context window of the model is {0} tokens. The service returned: {1}.',
          formatCount(limit),
          message,
        )
      : l10n.t(
          'The request has {0} tokens, {1} more than the context window of {2} tokens.',
          formatCount(tokens),
          formatCount(tokens - limit),
          formatCount(limit),
        );
  const offer = {
    action: 'retryShorter',
    label: l10n.t('Leave Out and Retry'),
    hint: l10n.t('Shows what would be left out before the question is sent again.'),
  } as const;
  return withFirstButton(offer, errorCard(title, explanation, buttons));
}
