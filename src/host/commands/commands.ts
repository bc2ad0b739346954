import * as vscode from 'vscode';
import type { FormulaAction } from '../../protocol/messages';
import { reportFailure } from '../error-reporting';
import type { Services } from '../services';
import type { CommandActions } from './command-actions';
import type { CodeGenerator } from './generate-at-cursor';
import type { CodeActionTarget, CommandTarget } from './selection-commands';

export interface CommandOptions {
  /** Loads the code of the chat and builds its services when something first needs them. */
  readonly services: () => Promise<Services>;
  readonly log: vscode.LogOutputChannel;
  /** Its manifest has the titles of the commands and the walkthrough. */
  readonly context: { readonly extension: Pick<vscode.Extension<unknown>, 'id' | 'packageJSON'> };
}

/** Registers every command of the manifest. */
export function registerCommands({ services, log, context }: CommandOptions): vscode.Disposable {
  const actions = async (): Promise<CommandActions> => (await services()).loadCommandActions();
  const generator = async (): Promise<CodeGenerator> => (await services()).loadCodeGenerator();
  const vsCodeChat = async () => (await services()).loadVsCodeChat();
  const comparisons = async () => (await (await services()).loadCodeBlockActions()).comparisons;
  const handlers: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    openChat: async () => (await services()).compose({ withSelection: false }),
    openChatInEditor: async () => (await (await services()).loadChatEditorTab()).open(),
    getStarted: () =>
      vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${context.extension.id}#getStarted`,
        false,
      ),
    askAboutSample: async () => (await actions()).askAboutSample(),
    newChat: async () => (await services()).newChat(),
    showHistory: async () => (await services()).showHistory(),
    exportChat: async () => (await (await services()).loadHistory()).exportShown(),
    importChat: async () => (await (await services()).loadHistory()).importFiles(),
    ask: async (target) => (await actions()).composeAboutCode(cellOf(target)),
    explain: async (target) => (await actions()).explainCode(targetOf(target)),
    fix: async (target) => (await actions()).askAboutCode('fix', targetOf(target)),
    refactor: async (target) => (await actions()).askAboutCode('refactor', targetOf(target)),
    generateTests: async (target) => (await actions()).askAboutCode('tests', targetOf(target)),
    document: async (target) => (await actions()).askAboutCode('document', targetOf(target)),
    review: async (target) => (await actions()).askAboutCode('review', targetOf(target)),
    generateAtCursor: async (target) => (await generator()).generate(cellOf(target)),
    acceptGenerated: async (uri) => (await generator()).accept(uriOf(uri)),
    discardGenerated: async (uri) => (await generator()).discard(uriOf(uri)),
    compareGenerated: async (uri) => (await generator()).compare(uriOf(uri)),
    insertAtCursor: async () => (await actions()).insertLastCode(),
    insertCell: async () => (await actions()).insertLastCodeAsCell(),
    sendToTerminal: async () => (await actions()).sendLastCodeToTerminal(),
    quoteSelection: async () => (await services()).webviews.quoting.quote(),
    stop: async () => (await services()).sessions.shown.stop(),
    regenerate: async () => (await services()).chatService.regenerate(),
    continueAnswer: async () => (await services()).chatService.continueAnswer(),
    summarizeTurns: async () => (await services()).summarizeTurns(),
    selectModel: async () => (await services()).modelSelection.select(),
    showModelDetails: async () => (await services()).modelSelection.showDetails(),
    forgetModelDetails: async () => (await services()).modelSelection.forgetLearned(),
    selectVerbosity: async () => (await services()).selectParameterValue('verbosity'),
    selectReasoningEffort: async () => (await services()).selectParameterValue('reasoningEffort'),
    continueInChat: async (answer) => (await (await vsCodeChat()).loadParticipant()).continueInChat(answer),
    manageExtensionAccess: async () => (await (await vsCodeChat()).loadExtensionApi()).access.manage(),
    manageModels: async () => (await actions()).manageModels(),
    previewRequest: async () => (await (await services()).loadPreview()).open(),
    copyAsCurl: async () => (await (await services()).loadPreview()).copyAsCurl(),
    commitMessage: async (source) => (await actions()).writeCommitMessage(source),
    showMenu: async () => (await services()).showMenu(),
    showUsage: async () => (await actions()).showUsage(),
    setApiKey: async () => (await actions()).setApiKey(),
    deleteApiKey: async () => (await actions()).deleteApiKey(),
    selectService: async (id) => (await services()).selectService(id),
    showLog: () => log.show(),
    reviewChanges: async () => (await actions()).reviewChanges(),
    acceptComparison: async (uri) => (await comparisons()).accept(uriOf(uri)),
    acceptSelectedChanges: async (uri) => (await comparisons()).acceptSelected(uriOf(uri)),
    discardComparison: async (uri) => (await comparisons()).discard(uriOf(uri)),
    copyFormulaAsLatex: async (context) => actOnFormula(await services(), context, 'copyLatex'),
    copyFormulaAsMathml: async (context) => actOnFormula(await services(), context, 'copyMathml'),
    insertFormula: async (context) => actOnFormula(await services(), context, 'insert'),
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([name, handler]) => {
      const command = `o1mini.${name}`;
      return vscode.commands.registerCommand(command, async (argument: unknown) => {
        try {
          return await handler(argument);
        } catch (error) {
          reportFailure(titleOf(command, context.extension.packageJSON) ?? command, error, log);
          return undefined;
        }
      });
    }),
  );
}

/** The title of a command in the palette, without the ellipsis of commands that ask for more input. */
function titleOf(command: string, manifest: unknown): string | undefined {
  const { contributes } = manifest as { contributes: { commands: { command: string; title: string }[] } };
  return contributes.commands.find((each) => each.command === command)?.title.replace(/…$/, '');
}

/** A button in the title of an editor passes the URI of its document; the palette passes nothing. */
function uriOf(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : undefined;
}

/**
 * Code actions of this extension pass a target, and the toolbar of a notebook cell passes the cell. The context menu of an
 * editor passes the URI of its document.
 */
function targetOf(argument: unknown): CommandTarget | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const cell = cellOf(argument);
  if (cell) return cell;
  if (!('diagnostics' in argument)) return undefined;
  const target = argument as CodeActionTarget;
  return vscode.workspace.textDocuments.includes(target.document) ? target : undefined;
}

function cellOf(argument: unknown): vscode.NotebookCell | undefined {
  const cells = vscode.workspace.notebookDocuments.flatMap((notebook) => notebook.getCells());
  return cells.find((cell) => cell === argument);
}

/** @param context the `data-vscode-context` of the formula on which the context menu was opened */
function actOnFormula({ webviews }: Services, context: unknown, action: FormulaAction): void {
  if (typeof context !== 'object' || context === null || !('formula' in context)) return;
  const { formula } = context;
  if (typeof formula === 'string') webviews.postAll({ type: 'formula', formula, action });
}
