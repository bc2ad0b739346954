import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fences/fence';
import { canInsertCell, insertCell, type AskedCell } from './notebooks/insert-cell';
import { sendToTerminal } from './send-to-terminal';

/** Lets the user select one of the actions on a code block for which it has no button. */
export async function selectCodeBlockAction(block: CodeBlock, asked: AskedCell | undefined): Promise<void> {
  const terminal = {
    label: vscode.l10n.t('Send to Terminal'),
    iconPath: new vscode.ThemeIcon('terminal'),
    detail: vscode.l10n.t('Commands run only after you press Enter.'),
    run: () => sendToTerminal(block),
  };
  const cell = {
    label: vscode.l10n.t('Insert as New Cell Below'),
    iconPath: new vscode.ThemeIcon('notebook'),
    run: () => insertCell(block, asked),
  };
  const items = canInsertCell(asked) ? [cell, terminal] : [terminal];
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Code Block Actions') });
  await chosen?.run();
}
