import { l10n } from 'vscode';
import type { ChatError, EndpointProblem, ModelNotFound } from '../../core/api';
import type { Action, Button, Problem } from '../../protocol/messages';
import { button } from './buttons';

type Refused = Extract<ChatError, { status: number }>;
type Break = Extract<ChatError, { kind: 'truncated' | 'broken-off' | 'unreadable' | 'interrupted' }>;
type NetworkError = Extract<ChatError, { kind: 'network' }>;
type TimeoutError = Extract<ChatError, { kind: 'timeout' }>;

/** An error in the user's words: what happened, what it means, and the buttons that help. */
export function describeError(error: ChatError): Problem {
  switch (error.kind) {
    case 'unauthorized':
    case 'no-credit':
    case 'model-not-found':
    case 'wrong-address':
    case 'rate-limited':
    case 'bad-request':
    case 'server':
      return describeRefusal(error);
    case 'network':
      return describeNetwork(error);
    case 'timeout':
      return describeTimeout(error);
    case 'redirected':
      return problem(
        l10n.t('The service wanted the question sent elsewhere'),
        l10n.t(
          'It pointed to {0}. Your key and question belong to the address you set, so nothing was sent there. If you trust it, set o1mini.baseUrl.',
          error.to || l10n.t('another address'),
        ),
        ['openSettings', 'retry', 'showLog'],
      );
    case 'truncated':
    case 'broken-off':
    case 'unreadable':
    case 'interrupted':
      return describeBreak(error);
    case 'not-an-answer':
      return problem(
        l10n.t('This server does not speak the chat protocol'),
        l10n.t('It sent something that is no part of an answer. Check o1mini.baseUrl in the settings.'),
        ['openSettings', 'retry', 'showLog'],
      );
    case 'bad-address':
      return problem(l10n.t('o1mini.baseUrl cannot be used'), describeAddress(error.problem), [
        'openSettings',
        'retry',
      ]);
  }
}

type PlainAction = Exclude<Action, 'useReplacement' | 'retryDoubled' | 'unattachUnusable'>;

function problem(title: string, explanation: string, actions: readonly PlainAction[]): Problem {
  return { title, explanation, buttons: actions.map(button) };
}

/** What had come of the answer is kept; only asking again gets all of it. */
function describeBreak(error: Break): Problem {
  switch (error.kind) {
    case 'truncated':
      return problem(
        l10n.t('The answer broke off'),
        l10n.t('The connection ended before the model had finished. Retrying asks, and is billed, again.'),
        ['retry', 'showLog'],
      );
    case 'broken-off':
      return problem(
        l10n.t('The service broke off the answer'),
        l10n.t('It said: {0}. Retrying asks, and is billed, again.', quoted(error.message)),
        ['retry', 'showLog'],
      );
    case 'unreadable':
      return problem(
        l10n.t('Part of the answer cannot be read'),
        l10n.t(
          'The service sent something in the middle of it that is no JSON. Retrying asks, and is billed, again.',
        ),
        ['retry', 'showLog'],
      );
    case 'interrupted':
      return problem(
        l10n.t('The window was closed or reloaded'),
        l10n.t('The answer ended there. Retrying asks, and is billed, again.'),
        ['retry'],
      );
  }
}

function describeRefusal(error: Refused): Problem {
  const { status } = error;
  const message = quoted(error.message);
  switch (error.kind) {
    case 'unauthorized':
      return problem(
        l10n.t('The service refused the API key'),
        l10n.t('It answered: {0}. Check that the key is enabled in your account, or set another.', message),
        ['setApiKey', 'retry', 'showLog'],
      );
    case 'no-credit':
      return problem(
        l10n.t('The account has no credit for this'),
        l10n.t(
          'It answered: {0}. The key itself is good and is kept: top up or verify the account, then retry.',
          message,
        ),
        ['retry', 'setApiKey', 'showLog'],
      );
    case 'model-not-found':
      return describeRetirement(error, message);
    case 'wrong-address':
      return problem(
        l10n.t('There is no chat service at this address'),
        l10n.t('It answered {0}: {1}. Check o1mini.baseUrl in the settings.', status, message),
        ['openSettings', 'retry', 'showLog'],
      );
    case 'rate-limited':
      return problem(
        l10n.t('Too many questions in a short time'),
        l10n.t('It answered: {0}. {1}, then retry.', message, describeWait(error.retryAfter)),
        ['retry', 'showLog'],
      );
    case 'bad-request':
      return problem(
        l10n.t('The service did not accept the question'),
        l10n.t('It answered {0}: {1}. A setting may not fit this model.', status, message),
        ['openSettings', 'retry', 'showLog'],
      );
    case 'server':
      return problem(
        l10n.t('The service has a problem'),
        l10n.t('It answered {0}: {1}. This is not your doing; retry later.', status, message),
        ['retry', 'showLog'],
      );
  }
}

/** How long the service wants to be left alone, as far as it says. */
function describeWait(seconds: number | undefined): string {
  if (seconds === undefined) return l10n.t('Wait a moment');
  if (seconds < 120) return l10n.t('Wait {0} s, as it asks', seconds);
  if (seconds < 7200) return l10n.t('Wait {0} minutes, as it asks', Math.round(seconds / 60));
  return l10n.t('Wait {0} hours, as it asks', Math.round(seconds / 3600));
}

/** A retired model must not strand its users: where the service names another, that is one click away. */
function describeRetirement({ model, replacedBy }: ModelNotFound, message: string): Problem {
  const others = ['selectModel', 'openSettings', 'showLog'] as const;
  if (replacedBy === undefined) {
    return problem(
      l10n.t('The model {0} is not offered here', model),
      l10n.t(
        'It answered: {0}. Your question is kept: choose another model, and it is asked again.',
        message,
      ),
      others,
    );
  }
  const use: Button = {
    action: 'useReplacement',
    label: l10n.t('Use {0}', replacedBy),
    hint: l10n.t('Sets o1mini.model to {0} and asks again. Its price may differ.', replacedBy),
  };
  return {
    title: l10n.t('The model {0} is retired here', model),
    explanation: l10n.t('The service names {0} in its place. Your question is kept.', replacedBy),
    buttons: [use, ...others.map(button)],
  };
}

/** Asked for a key, the user would rather not: the question waits in the box. */
export function describeMissingKey(origin: string): Problem {
  return {
    title: l10n.t('No API key for {0}', origin),
    explanation: l10n.t('Your question is still in the box. Set the key, then send it.'),
    buttons: [button('setApiKey')],
  };
}

function describeNetwork({ reason, detail }: NetworkError): Problem {
  const explanations: Record<NetworkError['reason'], string> = {
    dns: l10n.t('Its name was not found ({0}). Check your network and o1mini.baseUrl.', detail),
    refused: l10n.t(
      'Nothing listens at that address ({0}). Check o1mini.baseUrl, or start the server.',
      detail,
    ),
    reset: l10n.t('The connection was cut ({0}). Retrying asks, and may be billed, again.', detail),
    tls: l10n.t(
      'Its certificate or encryption was not accepted ({0}). A proxy may need its certificate installed.',
      detail,
    ),
    unreachable: l10n.t('The network failed ({0}). Check your network, proxy and o1mini.baseUrl.', detail),
  };
  return {
    title: reason === 'reset' ? l10n.t('The connection broke') : l10n.t('The service cannot be reached'),
    explanation: explanations[reason],
    buttons: (['retry', 'openSettings', 'showLog'] as const).map(button),
  };
}

function describeTimeout({ phase, seconds }: TimeoutError): Problem {
  const titles: Record<TimeoutError['phase'], string> = {
    connect: l10n.t('No connection within {0} s', seconds),
    'first-byte': l10n.t('No word of an answer within {0} s', seconds),
    idle: l10n.t('The answer stopped coming for {0} s', seconds),
  };
  return {
    title: titles[phase],
    explanation: l10n.t('The limit is a setting, o1mini.timeout. Retrying asks, and may be billed, again.'),
    buttons: (['retry', 'openSettings', 'showLog'] as const).map(button),
  };
}

function describeAddress(problem: EndpointProblem): string {
  switch (problem) {
    case 'no-url':
      return l10n.t('It is no URL. It should look like https://api.aimlapi.com. Nothing was sent.');
    case 'no-http':
      return l10n.t('It must begin with https://. Nothing was sent.');
    case 'credentials':
      return l10n.t('It holds a user name or password. Use o1-mini: Set API Key instead. Nothing was sent.');
    case 'insecure':
      return l10n.t('Plain http would send your key and code in the open. Use https://. Nothing was sent.');
  }
}

/** The server's words for a sentence of ours, which ends after them; some servers have none. */
function quoted(message: string): string {
  const words = message.trim().replace(/[.!?]+$/, '');
  return /[\p{L}\p{N}]/u.test(words) ? words : l10n.t('no reason given');
}
