import * as vscode from 'vscode';
import { currentAnswer, lastAnswerText, lastTurn, type Question } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import { lastCodeBlock, type CodeBlock } from '../../core/text/fences/fence';
import { promptNamed, type BuiltInPrompt } from '../prompts';
import { onlyAttachedCodeOf } from '../editor/tracked-code/attached-code';
import type { CodeBlockActions } from '../editor/code-block-actions';
import { reportTo } from '../error-reporting';
import { readEndpoint } from '../models/service-endpoint';
import { showError, showInformation } from '../notifications';
import { formatUsd } from '../number-format';
import { unknownCostText } from '../chat/estimates/estimate-texts';
import { openSettings, readSettings } from '../settings';
import type { ApiKeyStore } from '../storage/api-key-store';
import type { Spending } from '../storage/spending';
import type { CommitMessageServices } from './commit-message';
import { askAboutSample } from './sample-question';
import {
  askAboutCode,
  composeAboutCode,
  type CommandTarget,
  type SelectionCommandServices,
} from './selection-commands';

/** Actions of the Command Palette for which no view has a button. */
export interface CommandActions {
  /** Asks about the selection or the function around the cursor, or about what a code action has chosen. */
  askAboutCode(prompt: BuiltInPrompt, target?: CommandTarget): Promise<void>;
  /** Explains the code, or the problems that a code action was chosen for. */
  explainCode(target?: CommandTarget): Promise<void>;
  /** Opens the question box with the selection or the function around the cursor attached, or with a notebook cell. */
  composeAboutCode(cell?: vscode.NotebookCell): Promise<void>;
  /** Asks about a sample that it opens, for users without code of their own. */
  askAboutSample(): Promise<void>;
  /** Compares the changes that the last answer proposes with their files. */
  reviewChanges(): Promise<void>;
  /** Inserts the last code block of the last answer at the cursor. */
  insertLastCode(): Promise<void>;
  /** Inserts it as a new cell of a notebook. */
  insertLastCodeAsCell(): Promise<void>;
  /** Writes one of its commands into the terminal. */
  sendLastCodeToTerminal(): Promise<void>;
  /**
   * Writes a commit message from the staged changes.
   *
   * @param source the source control whose button was pressed
   */
  writeCommitMessage(source: unknown): Promise<void>;
  /** Shows the cost of today and the daily budget. */
  showUsage(): Promise<void>;
  /** Shows the commands for the service and its models. */
  manageModels(): Promise<void>;
  /** Asks for the API key of the service in the settings. */
  setApiKey(): Promise<void>;
  deleteApiKey(): Promise<void>;
}

export interface CommandActionServices extends SelectionCommandServices, CommitMessageServices {
  readonly sessions: Sessions;
  readonly keys: ApiKeyStore;
  readonly spending: Spending;
  readonly restoreSecrets: (text: string) => string;
  readonly log: vscode.LogOutputChannel;
  readonly loadCodeBlockActions: () => Promise<Pick<CodeBlockActions, 'insert' | 'review' | 'showProposed'>>;
}

export function createCommandActions(services: CommandActionServices): CommandActions {
  const { sessions, keys, spending, restoreSecrets, loadCodeBlockActions } = services;

  async function withLastCode(use: (block: CodeBlock) => Promise<void>): Promise<void> {
    const block = lastCodeBlock(restoreSecrets(lastAnswerText(sessions.shown.conversation)));
    if (block) await use(block);
    else void showInformation(vscode.l10n.t('The last answer does not contain any code.'));
  }

  showProposedChanges(services);
  return {
    askAboutCode: (prompt, target) => askAboutCode(prompt, target, services),
    explainCode: (target) => askAboutCode(isAboutProblems(target) ? 'problem' : 'explain', target, services),
    composeAboutCode: (cell) => composeAboutCode(services, cell),
    askAboutSample: () => askAboutSample(services),
    async reviewChanges() {
      const { conversation } = sessions.shown;
      const question = lastTurn(conversation)?.question;
      const attachedCode = question && onlyAttachedCodeOf(question, restoreSecrets);
      const markdown = restoreSecrets(lastAnswerText(conversation));
      await (await loadCodeBlockActions()).review(markdown, attachedCode);
    },
    insertLastCode: () => withLastCode(async (block) => (await loadCodeBlockActions()).insert(block)),
    insertLastCodeAsCell: () =>
      withLastCode(async (block) => (await import('../editor/notebooks/insert-cell')).insertCell(block)),
    sendLastCodeToTerminal: () =>
      withLastCode(async (block) => (await import('../editor/send-to-terminal')).sendToTerminal(block)),
    async writeCommitMessage(source) {
      const commit = await import('./commit-message');
      await commit.writeCommitMessage(source, services);
    },
    async manageModels() {
      const picker = await import('../vscode-chat/manage-models');
      await picker.manageModels();
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

function isAboutProblems(target: CommandTarget | undefined): boolean {
  return target !== undefined && 'diagnostics' in target && target.diagnostics.length > 0;
}

/** Shows the change that the answer to Fix or Refactor proposes once it is complete, if its chat is still shown. */
function showProposedChanges({
  sessions,
  restoreSecrets,
  loadCodeBlockActions,
  log,
}: CommandActionServices): void {
  sessions.onChange((session, event) => {
    const turn = lastTurn(session.conversation);
    if (event?.type !== 'ended' || session !== sessions.shown || !turn) return;
    const attachedCode = onlyAttachedCodeOf(turn.question, restoreSecrets);
    if (!attachedCode || !asksForChange(turn.question) || currentAnswer(turn).status.kind !== 'done') return;
    const markdown = restoreSecrets(lastAnswerText(session.conversation));
    loadCodeBlockActions()
      .then((codeActions) => codeActions.showProposed(markdown, attachedCode))
      .catch(reportTo(log, vscode.l10n.t('Compare')));
  });
}

/** By its prompt, because the question may have been queued. */
function asksForChange({ text }: Question): boolean {
  const { prompts } = readSettings().settings;
  return (['fix', 'refactor'] as const).some((name) => promptNamed(name, prompts) === text);
}

async function showUsage(spending: Spending): Promise<void> {
  const { dailyBudget } = readSettings().settings;
  const [spent, unknown] = [formatUsd(await spending.usdToday()), await spending.unpricedRequestsToday()];
  const setBudget = vscode.l10n.t('Set Budget');
  const text =
    dailyBudget === null
      ? vscode.l10n.t("Today's cost in all windows on this computer is {0}. No daily budget is set.")
      : vscode.l10n.t("Today's cost in all windows on this computer is {0} of a daily budget of {1}.");
  const whole = unknown === 0 ? text : `${text} ${unknownCostText(unknown)}`;
  const choice = await showInformation(whole, [spent, formatUsd(dailyBudget ?? 0)], setBudget);
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
