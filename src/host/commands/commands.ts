import * as vscode from 'vscode';
import type { FormulaAction } from '../../protocol/messages';
import { reportFailure } from '../error-reporting';
import type { Services } from '../services';
import type { CommandActions } from './command-actions';

export interface CommandOptions {
  /** Loads the code of the chat and builds its services when something first needs them. */
  readonly services: () => Promise<Services>;
  readonly log: vscode.LogOutputChannel;
  /** Its manifest has the titles of the commands. */
  readonly context: { readonly extension: Pick<vscode.Extension<unknown>, 'packageJSON'> };
}

/** Registers every command of the manifest. */
export function registerCommands({ services, log, context }: CommandOptions): vscode.Disposable {
  const actions = async (): Promise<CommandActions> => (await services()).loadCommandActions();
  const comparisons = async () => (await (await services()).loadCodeActions()).comparisons;
  const handlers: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    openChat: async () => (await services()).compose({ withSelection: false }),
    openChatInEditor: async () => (await (await services()).loadChatEditorTab()).open(),
    newChat: async () => (await services()).newChat(),
    showHistory: async () => (await services()).showHistory(),
    exportChat: async () => (await (await services()).loadHistory()).exportShown(),
    importChat: async () => (await (await services()).loadHistory()).importFiles(),
    ask: async () => (await services()).compose({ withSelection: true }),
    explain: async () => (await actions()).explainSelection(),
    insertAtCursor: async () => (await actions()).insertLastCode(),
    quoteSelection: async () => (await services()).webviews.quoting.quote(),
    stop: async () => (await services()).sessions.shown.stop(),
    regenerate: async () => (await services()).chatService.regenerate(),
    continueAnswer: async () => (await services()).chatService.continueAnswer(),
    selectModel: async () => (await services()).modelSelection.select(),
    previewRequest: async () => (await (await services()).loadPreview()).open(),
    copyAsCurl: async () => (await (await services()).loadPreview()).copyAsCurl(),
    showUsage: async () => (await actions()).showUsage(),
    setApiKey: async () => (await actions()).setApiKey(),
    deleteApiKey: async () => (await actions()).deleteApiKey(),
    showLog: () => log.show(),
    acceptComparison: async (uri) => (await comparisons()).accept(uriOf(uri)),
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

/** The title of a command as the palette shows it, without the dots of those that ask for more. */
function titleOf(command: string, manifest: unknown): string | undefined {
  const { contributes } = manifest as { contributes: { commands: { command: string; title: string }[] } };
  return contributes.commands.find((each) => each.command === command)?.title.replace(/…$/, '');
}

/** A button in the title of an editor passes the URI of its document; the palette passes nothing. */
function uriOf(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : undefined;
}

/** @param context the `data-vscode-context` of the formula on which the context menu was opened */
function actOnFormula({ webviews }: Services, context: unknown, action: FormulaAction): void {
  if (typeof context !== 'object' || context === null || !('formula' in context)) return;
  const { formula } = context;
  if (typeof formula === 'string') webviews.postAll({ type: 'formula', formula, action });
}
