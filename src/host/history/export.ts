import * as vscode from 'vscode';
import type { Conversation } from '../../core/chat/conversation';
import { chatMarkdown, withoutSources, type ExportWords } from '../../core/chat/export';
import { chatTitle } from '../../core/chat/title';
import { serializeChat } from '../storage/chat-format';

/** Lets the user choose where, and in which of the formats, a chat is saved: to be read, or with all there is. */
export async function exportChat(conversation: Conversation): Promise<void> {
  const name = `${fileName(chatTitle(conversation))}.md`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Chat'),
    defaultUri: folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(name),
    filters: { Markdown: ['md'], JSON: ['json'] },
  });
  if (!target) return;
  const text = target.path.toLowerCase().endsWith('.json')
    ? serializeChat(withoutSources(conversation))
    : chatMarkdown(conversation, exportWords());
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = vscode.l10n.t('Open');
  const said = vscode.l10n.t('The chat was exported to {0}.', target.path.split('/').at(-1) ?? '');
  void vscode.window.showInformationMessage(said, open).then(async (choice) => {
    if (choice === open) await vscode.window.showTextDocument(target);
  });
}

/** A title as every system lets a file be called. */
function fileName(title: string): string {
  const name = title
    .replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 60)
    .replace(/^[. ]+|[. ]+$/g, '');
  return name === '' ? 'chat' : name;
}

function exportWords(): ExportWords {
  const { t } = vscode.l10n;
  return {
    untitled: t('Untitled Chat'),
    you: t('You'),
    model: t('Answer'),
    thoughts: t('Thoughts'),
    refused: t('The model would not answer.'),
    stopped: t('Stopped before its end.'),
    incomplete: t('Incomplete: the answer broke off.'),
    failed: t('There is no answer: the request failed.'),
    date: (time) =>
      time === 0
        ? ''
        : new Date(time).toLocaleString(vscode.env.language, { dateStyle: 'long', timeStyle: 'short' }),
    version: (number, of) =>
      t('Version {0} of {1} of this question. The others are not in this file.', number, of),
    answers: (count) => t('The last of {0} answers. The others are not in this file.', count),
    choice: (number, of) => t('Alternative {0} of {1}. The others are not in this file.', number, of),
  };
}
