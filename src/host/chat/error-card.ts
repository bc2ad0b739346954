import { l10n } from 'vscode';
import type { Action, Button, ErrorCard } from '../../protocol/messages';

/** The button of an action whose label and hint are always the same. */
export function button(
  action: Exclude<
    Action,
    'useReplacement' | 'useAddress' | 'retryShorter' | 'retryDoubled' | 'removeUnusableAttachments'
  >,
): Button {
  switch (action) {
    case 'setApiKey':
      return { action, label: l10n.t('Set API Key') };
    case 'openSettings':
      return { action, label: l10n.t('Open Settings') };
    case 'selectModel':
      return { action, label: l10n.t('Select Model') };
    case 'selectReasoningEffort':
      return { action, label: l10n.t('Select Reasoning Effort') };
    case 'selectVerbosity':
      return { action, label: l10n.t('Select Verbosity') };
    case 'retry':
      return { action, label: l10n.t('Retry') };
    case 'retrySaving':
      return { action, label: l10n.t('Retry') };
    case 'summarizeTurns':
      return {
        action,
        label: l10n.t('Summarize Earlier Turns'),
        hint: l10n.t(
          'Requests a summary that is sent in place of earlier questions and answers. You see the price before anything is sent.',
        ),
      };
    case 'reviewChanges':
      return { action, label: l10n.t('Review Changes') };
    case 'exportUnsaved':
      return { action, label: l10n.t('Export…') };
    case 'showLog':
      return { action, label: l10n.t('Show Log') };
    case 'continueAnswer':
      return {
        action,
        label: l10n.t('Continue'),
        hint: l10n.t(
          'Sends the chat with this answer again and asks the model to continue the answer. The request is billed.',
        ),
      };
  }
}

/** The name of an action in messages. Its button may say more, or may no longer exist. */
export function actionName(action: Action): string {
  switch (action) {
    case 'useReplacement':
      return l10n.t('Select Model');
    case 'useAddress':
      return l10n.t('Use Address');
    case 'retryShorter':
    case 'retryDoubled':
      return l10n.t('Retry');
    case 'removeUnusableAttachments':
      return l10n.t('Remove Attachments');
    default:
      return button(action).label;
  }
}

/** Actions whose button has the same label everywhere. */
export type PlainAction = Parameters<typeof button>[0];

export function errorCard(title: string, explanation: string, actions: readonly PlainAction[]): ErrorCard {
  return { title, explanation, buttons: actions.map(button) };
}

/** Adds a first button, which only this card has. */
export function withFirstButton(
  { action, label, hint }: { readonly action: Action; readonly label: string; readonly hint: string },
  { title, explanation, buttons }: ErrorCard,
): ErrorCard {
  return { title, explanation, buttons: [{ action, label, hint }, ...buttons] };
}

/** Adds a button that sets another address, if there is one to suggest. */
export function withAddress(address: string | undefined, card: ErrorCard): ErrorCard {
  if (address === undefined) return card;
  const offer = {
    action: 'useAddress',
    label: l10n.t('Use {0}', address),
    hint: l10n.t('Sets o1mini.baseUrl to {0} and sends the question again.', address),
  } as const;
  return withFirstButton(offer, card);
}

/** A server's message as the end of a sentence. Some servers send none. */
export function asEndOfSentence(message: string): string {
  const reason = message.trim().replace(/[.!?\u3002\uff01\uff1f]+$/, '');
  return /[\p{L}\p{N}]/u.test(reason) ? reason : l10n.t('no reason given');
}

/** The user closed the box that asks for the key: the question waits in the question box. */
export function describeMissingKey(origin: string): ErrorCard {
  return errorCard(
    l10n.t('No API key for {0}', origin),
    l10n.t('Your question is still in the question box. Set the API key, then send the question.'),
    ['setApiKey'],
  );
}
