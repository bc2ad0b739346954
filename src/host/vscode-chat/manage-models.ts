import * as vscode from 'vscode';
import { openSettings } from '../settings';

/** Shows the commands for the service and its models. VS Code's model picker opens it. */
export async function manageModels(): Promise<void> {
  const items = [
    { label: vscode.l10n.t('Set API Key'), command: 'o1mini.setApiKey' },
    { label: vscode.l10n.t('Select Model'), command: 'o1mini.selectModel' },
    { label: vscode.l10n.t('Show Model Details'), command: 'o1mini.showModelDetails' },
    { label: vscode.l10n.t('Change Service Address'), setting: 'o1mini.baseUrl' },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Manage Language Models'),
    placeHolder: vscode.l10n.t('Select what to change'),
  });
  if (chosen?.setting !== undefined) await openSettings(chosen.setting);
  else if (chosen?.command !== undefined) await vscode.commands.executeCommand(chosen.command);
}
