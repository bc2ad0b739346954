import * as vscode from 'vscode';
import { describeFileError, fileErrorKind } from '../../core/file-folder';
import type { ErrorCard } from '../../protocol/messages';
import type { Storage } from '../storage/open-storage';
import { button } from '../chat/error-card';

/** Describes what cannot be saved and why; undefined if everything is saved. */
export function describeUnsaved({ chats, drafts, chatFolder }: Storage): ErrorCard | undefined {
  const { unsaved } = chats;
  const failure = unsaved.failure ?? drafts.failure;
  if (failure === undefined) return undefined;
  return {
    title: titleOf(unsaved.chats.length),
    explanation: `${reasonOf(failure, chatFolder.path)} ${vscode.l10n.t(
      'The text is kept in memory until this window closes and is saved as soon as possible.',
    )}`,
    buttons: [button('retrySaving'), button('exportUnsaved'), button('showLog')],
  };
}

function titleOf(chats: number): string {
  if (chats === 0) return vscode.l10n.t('Your draft is not saved');
  return chats === 1
    ? vscode.l10n.t('This chat is not saved')
    : vscode.l10n.t('{0} chats are not saved', chats);
}

function reasonOf(failure: unknown, path: string): string {
  switch (fileErrorKind(failure)) {
    case 'full':
      return vscode.l10n.t('The disk is full. Free some space, or export the chat to another disk.');
    case 'read-only':
      return vscode.l10n.t('VS Code has no permission to write to {0}.', path);
    default:
      return vscode.l10n.t('Writing to {0} failed: {1}.', path, describeFileError(failure));
  }
}
