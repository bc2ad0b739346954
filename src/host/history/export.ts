import * as vscode from 'vscode';
import type { Conversation } from '../../core/chat/conversation';
import { chatMarkdown, withoutLocalData, type ExportLabels } from '../../core/chat/export';
import { chatTitle } from '../../core/chat/chat-list-entry';
import { showInformation, whenPressed } from '../notifications';
import { serializeChat } from '../storage/chats/chat-format';
import { describingWriteErrors } from './write-errors';

/**
 * Lets the user choose the file and the format of an exported chat: Markdown for reading, or JSON with everything.
 *
 * @param homeFolder where a window without a folder suggests to save it; absent in a browser
 */
export async function exportChat(conversation: Conversation, homeFolder: string | undefined): Promise<void> {
  const name = `${fileName(chatTitle(conversation))}.md`;
  const folder =
    vscode.workspace.workspaceFolders?.[0]?.uri ??
    (homeFolder === undefined ? undefined : vscode.Uri.file(homeFolder));
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Chat'),
    defaultUri: folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(name),
    filters: { Markdown: ['md'], JSON: ['json'] },
  });
  if (!target) return;
  const text = target.path.toLowerCase().endsWith('.json')
    ? serializeChat(withoutLocalData(conversation))
    : chatMarkdown(conversation, exportLabels());
  await describingWriteErrors(target.fsPath, () =>
    vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text)),
  );
  offerToOpen(target);
}

function offerToOpen(file: vscode.Uri): void {
  const open = vscode.l10n.t('Open');
  const name = file.path.split('/').at(-1) ?? '';
  const exported = showInformation(vscode.l10n.t('The chat was exported to {0}.'), [name], open);
  whenPressed(exported, open, () => vscode.window.showTextDocument(file));
}

/** Names of devices, which Windows does not allow as file names, with or without an extension. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d) *(?:\.|$)/i;

/** The title as a file name that is valid on every system. */
function fileName(title: string): string {
  const name = title
    .replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 60)
    .toWellFormed()
    .replace(/^[. ]+|[. ]+$/g, '');
  return name === '' || DEVICE_NAME.test(name) ? `chat ${name}`.trim() : name;
}

function exportLabels(): ExportLabels {
  return {
    untitled: vscode.l10n.t('Untitled Chat'),
    you: vscode.l10n.t('You'),
    model: vscode.l10n.t('Answer'),
    reasoning: vscode.l10n.t('Reasoning'),
    refused: vscode.l10n.t('The model declined to answer.'),
    stopped: vscode.l10n.t('The answer was stopped before it was complete.'),
    incomplete: vscode.l10n.t('Incomplete: the answer was interrupted.'),
    failed: vscode.l10n.t('No answer: the request failed.'),
    date(time) {
      const date = new Date(time);
      // The time is 0 if it is not known. A file may contain any number.
      return time <= 0 || Number.isNaN(date.valueOf())
        ? ''
        : date.toLocaleString(vscode.env.language, { dateStyle: 'long', timeStyle: 'short' });
    },
    version: (number, total) =>
      vscode.l10n.t(
        'Version {0} of {1} of this question. The other versions are not included in this file.',
        number,
        total,
      ),
    answers: (count) =>
      vscode.l10n.t('The last of {0} answers. The other answers are not included in this file.', count),
    choice: (number, total) =>
      vscode.l10n.t(
        'Alternative {0} of {1}. The other alternatives are not included in this file.',
        number,
        total,
      ),
    summary: (turns) =>
      turns === 1
        ? vscode.l10n.t('Summary of the question above, which is sent in its place')
        : vscode.l10n.t('Summary of the {0} questions above, which is sent in their place', turns),
  };
}
