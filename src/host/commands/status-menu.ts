import * as vscode from 'vscode';
import { sanitizeLine } from '../../core/text/untrusted-text';
import { describeUsage } from '../chat/estimates/usage-text';
import type { ModelMetadataService } from '../models/model-metadata';
import { readEndpoint } from '../models/service-endpoint';
import { openSettings, readSettings } from '../settings';
import type { Spending } from '../storage/spending';

interface StatusMenuServices {
  readonly spending: Spending;
  readonly models: Pick<ModelMetadataService, 'getSourcedMetadata'>;
}

interface MenuItem extends vscode.QuickPickItem {
  readonly run: () => unknown;
}

/** The menu of the status bar item. */
export async function showStatusMenu(services: StatusMenuServices): Promise<void> {
  const placeHolder = vscode.l10n.t('o1-mini Chat');
  const chosen = await vscode.window.showQuickPick(await menuItems(services), { placeHolder });
  await chosen?.run();
}

function command(id: string): () => unknown {
  return () => vscode.commands.executeCommand(id);
}

async function menuItems({ spending, models }: StatusMenuServices): Promise<readonly MenuItem[]> {
  const { settings } = readSettings();
  const endpoint = readEndpoint(settings);
  const efforts =
    typeof endpoint === 'string' ? [] : models.getSourcedMetadata(settings, endpoint).reasoningEffort?.value;
  const effort: MenuItem = {
    label: `$(lightbulb) ${vscode.l10n.t('Select Reasoning Effort')}`,
    run: command('o1mini.selectReasoningEffort'),
  };
  return [
    { label: `$(comment-discussion) ${vscode.l10n.t('Open Chat')}`, run: command('o1mini.openChat') },
    {
      label: `$(sparkle) ${vscode.l10n.t('Select Model')}`,
      description: sanitizeLine(settings.model),
      run: command('o1mini.selectModel'),
    },
    // A model without efforts has none to select.
    ...(efforts?.length === 0 ? [] : [effort]),
    {
      label: `$(graph) ${vscode.l10n.t('Show Usage')}`,
      description: await describeUsage(spending),
      run: command('o1mini.showUsage'),
    },
    {
      label: `$(settings-gear) ${vscode.l10n.t('Open Settings')}`,
      run: () => openSettings('o1mini'),
    },
    { label: `$(output) ${vscode.l10n.t('Show Log')}`, run: command('o1mini.showLog') },
  ];
}
