import * as vscode from 'vscode';
import { formatUsd } from '../number-format';
import { showInformation } from '../notifications';
import { openSettings, readSettings } from '../settings';
import type { Spending } from '../storage/spending';

/** Says what today has cost, and what is left of the budget. */
export async function showUsage(spending: Spending): Promise<void> {
  const { dailyBudget } = readSettings().settings;
  const spent = formatUsd(await spending.today());
  const set = vscode.l10n.t('Set Budget');
  const words =
    dailyBudget === null
      ? vscode.l10n.t('o1-mini has cost {0} today, in all windows on this machine. There is no daily budget.')
      : vscode.l10n.t(
          'o1-mini has cost {0} today, in all windows on this machine, of a daily budget of {1}.',
        );
  if ((await showInformation(words, [spent, formatUsd(dailyBudget ?? 0)], set)) === set) {
    await openSettings('o1mini.dailyBudget');
  }
}
