import { l10n } from 'vscode';
import type { Action, Button } from '../../protocol/messages';

/** The button of an action, where neither its label nor its hint depends on anything. */
export function button(
  action: Exclude<
    Action,
    'useReplacement' | 'useAddress' | 'retryShorter' | 'retryDoubled' | 'unattachUnusable'
  >,
): Button {
  switch (action) {
    case 'setApiKey':
      return { action, label: l10n.t('Set API Key') };
    case 'openSettings':
      return { action, label: l10n.t('Open Settings') };
    case 'selectModel':
      return { action, label: l10n.t('Select Model') };
    case 'retry':
      return { action, label: l10n.t('Retry') };
    case 'retrySaving':
      return { action, label: l10n.t('Retry') };
    case 'exportUnsaved':
      return { action, label: l10n.t('Export…') };
    case 'showLog':
      return { action, label: l10n.t('Show Log') };
    case 'continueAnswer':
      return {
        action,
        label: l10n.t('Continue'),
        hint: l10n.t(
          'Sends the chat with this answer again and asks the model to continue it. The request is billed.',
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
    case 'unattachUnusable':
      return l10n.t('Remove Attachments');
    default:
      return button(action).label;
  }
}
