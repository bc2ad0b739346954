import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fences/fence';
import { terminalCommands, type TerminalLanguage } from '../../core/text/terminal-commands';
import { sanitizeLine } from '../../core/text/untrusted-text';
import { languageNamed } from '../../protocol/languages';
import { showInformation, showWarning } from '../notifications';
import { confirmBlock } from './confirm-hidden-characters';

/**
 * Writes a command of code into the terminal, without running it. Of several commands, the user selects one, because a
 * terminal runs a line as soon as the next one follows.
 */
export async function sendToTerminal(wanted: CodeBlock): Promise<void> {
  // eslint-disable-next-line no-restricted-syntax -- This is the trust in the workspace, not in a text.
  if (!vscode.workspace.isTrusted) return refuseUntrusted();
  const block = await confirmBlock(wanted, 'terminal');
  if (!block) return;
  const commands = terminalCommands(block.code, terminalLanguage(block.language));
  if (commands.length === 0) {
    void showInformation(vscode.l10n.t('The code does not contain a command.'));
    return;
  }
  const command = await selectCommand(commands);
  if (command === undefined) return;
  const terminal = usableTerminal() ?? vscode.window.createTerminal();
  terminal.show();
  terminal.sendText(command, false);
}

async function refuseUntrusted(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const text = vscode.l10n.t('Code can be sent to the terminal only in trusted workspaces.');
  if ((await showWarning(text, [], manage)) === manage)
    await vscode.commands.executeCommand('workbench.trust.manage');
}

async function selectCommand(commands: readonly string[]): Promise<string | undefined> {
  const [only, ...others] = commands;
  if (others.length === 0) return only;
  const items = commands.map((command) => ({ label: sanitizeLine(command), command }));
  const title = vscode.l10n.t('Send to Terminal');
  const placeHolder = vscode.l10n.t(
    'Select a command. The command runs only after you press Enter in the terminal.',
  );
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.command;
}

/** The terminal that was used last, if its process has not ended. */
function usableTerminal(): vscode.Terminal | undefined {
  const { activeTerminal } = vscode.window;
  return activeTerminal?.exitStatus === undefined ? activeTerminal : undefined;
}

function terminalLanguage(word: string): TerminalLanguage {
  switch (languageNamed(word)?.id) {
    case 'shellscript':
      return 'shell';
    case 'powershell':
      return 'powershell';
    case 'bat':
      return 'batch';
    default:
      return 'other';
  }
}
