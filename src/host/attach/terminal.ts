import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment';

/** What is selected in the terminal that was used last. VS Code tells it by the clipboard only, which is put back. */
export async function readTerminalSelection(): Promise<Attachment | undefined> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  try {
    await clipboard.writeText('');
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    const content = await clipboard.readText();
    if (content === '') return undefined;
    const name = vscode.window.activeTerminal?.name ?? '';
    const label = name === '' ? vscode.l10n.t('Terminal') : vscode.l10n.t('Terminal {0}', name);
    return { kind: 'terminal', label, language: '', content };
  } finally {
    await clipboard.writeText(before);
  }
}
