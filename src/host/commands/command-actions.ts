import * as vscode from 'vscode';
import { lastAnswerText, type Question } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import { lastCodeBlock } from '../../core/text/fence';
import type { ActiveEditor } from '../editor/active-editor';
import type { CodeActions } from '../editor/code-actions';
import { readSelection, showSelectionWarning } from '../editor/selection';
import { readEndpoint } from '../models/service-endpoint';
import { showError, showInformation } from '../notifications';
import { formatUsd } from '../number-format';
import { openSettings, readSettings } from '../settings';
import type { ApiKeyStore } from '../storage/api-key-store';
import type { Spending } from '../storage/spending';

/** Actions of the Command Palette for which no view has a button. */
export interface CommandActions {
  /** Asks for an explanation of the selection. */
  explainSelection(): Promise<void>;
  /** Inserts the last code block of the last answer at the cursor. */
  insertLastCode(): Promise<void>;
  /** Shows the cost of today and the daily budget. */
  showUsage(): Promise<void>;
  /** Asks for the API key of the service in the settings. */
  setApiKey(): Promise<void>;
  deleteApiKey(): Promise<void>;
}

export interface CommandActionServices {
  readonly sessions: Sessions;
  readonly editor: Pick<ActiveEditor, 'current'>;
  readonly keys: ApiKeyStore;
  readonly spending: Spending;
  readonly restoreSecrets: (text: string) => string;
  readonly loadCodeActions: () => Promise<Pick<CodeActions, 'insert'>>;
  readonly ask: (question: Question) => Promise<void>;
}

export function createCommandActions(services: CommandActionServices): CommandActions {
  const { sessions, editor, keys, spending, restoreSecrets, loadCodeActions, ask } = services;
  return {
    async explainSelection() {
      const selection = readSelection(editor.current);
      if (selection.kind !== 'code') showSelectionWarning(selection.kind);
      else await ask({ text: vscode.l10n.t('Explain this code.'), attachments: selection.attachments });
    },
    async insertLastCode() {
      const block = lastCodeBlock(restoreSecrets(lastAnswerText(sessions.shown.conversation)));
      if (block) await (await loadCodeActions()).insert(block);
      else void showInformation(vscode.l10n.t('The last answer does not contain any code.'));
    },
    showUsage: () => showUsage(spending),
    async setApiKey() {
      const origin = await originInSettings();
      if (origin !== undefined) await keys.ask(origin);
    },
    async deleteApiKey() {
      const origin = await originInSettings();
      if (origin !== undefined) await keys.delete(origin);
    },
  };
}

async function showUsage(spending: Spending): Promise<void> {
  const { dailyBudget } = readSettings().settings;
  const spent = formatUsd(await spending.today());
  const setBudget = vscode.l10n.t('Set Budget');
  const text =
    dailyBudget === null
      ? vscode.l10n.t("Today's cost in all windows on this computer is {0}. No daily budget is set.")
      : vscode.l10n.t("Today's cost in all windows on this computer is {0} of a daily budget of {1}.");
  const choice = await showInformation(text, [spent, formatUsd(dailyBudget ?? 0)], setBudget);
  if (choice === setBudget) await openSettings('o1mini.dailyBudget');
}

/** The origin of `o1mini.baseUrl`; undefined after the user was told that the setting is not a valid address. */
async function originInSettings(): Promise<string | undefined> {
  const endpoint = readEndpoint(readSettings().settings);
  if (typeof endpoint !== 'string') return endpoint.origin;
  const open = vscode.l10n.t('Open Settings');
  const text = vscode.l10n.t('API keys are stored per address, but o1mini.baseUrl is not a valid address.');
  if ((await showError(text, [], open)) === open) await openSettings('o1mini.baseUrl');
  return undefined;
}
