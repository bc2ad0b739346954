import * as vscode from 'vscode';
import type { FormulaAction } from '../../protocol/messages';
import type { Chat } from '../services';
import type { ActiveEditor } from '../editor/active-editor';
import type { CodeActions } from '../editor/code-actions';
import { reportFailure } from '../error-reporting';
import type { KeyStore } from '../storage/keys';

export interface CommandServices {
  /** Loads it where it is not yet there. */
  readonly chat: () => Promise<Chat>;
  readonly keys: KeyStore;
  readonly editor: ActiveEditor;
  readonly codeActions: CodeActions;
  readonly log: vscode.LogOutputChannel;
  /** Of this extension, with the titles of its commands. */
  readonly manifest: unknown;
}

/** Every command of the manifest and what it does. */
export function registerCommands({
  chat,
  keys,
  editor,
  codeActions,
  log,
  manifest,
}: CommandServices): vscode.Disposable {
  const handlers: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    openChat: async () => (await chat()).compose({ withSelection: false }),
    openChatInEditor: async () => (await (await chat()).tab()).open(),
    newChat: async () => (await chat()).history.newChat(),
    showHistory: async () => (await chat()).history.show(),
    exportChat: async () => (await chat()).history.exportShown(),
    importChat: async () => (await chat()).history.importChats(),
    ask: async () => (await chat()).compose({ withSelection: true }),
    explain: async () => (await import('../features')).explainSelection(await chat(), editor),
    insertAtCursor: async () => (await import('../features')).insertLastCode(await chat(), editor),
    quoteSelection: async () => (await chat()).quoting.quote(),
    stop: async () => (await chat()).sessions.shown.stop(),
    regenerate: async () => (await chat()).asker.retry(),
    continueAnswer: async () => (await chat()).asker.continueAnswer(),
    selectModel: async () => (await chat()).modelChoice.select(),
    previewRequest: async () => (await (await chat()).preview()).open(),
    copyAsCurl: async () => (await (await chat()).preview()).copyAsCurl(),
    showUsage: async () => (await import('../features')).showUsage((await chat()).spending),
    setApiKey: async () => (await import('../features')).setApiKey(keys),
    deleteApiKey: async () => (await import('../features')).deleteApiKey(keys),
    showLog: () => log.show(),
    acceptComparison: async (shown) => (await codeActions.comparisons()).accept(addressIn(shown)),
    discardComparison: async (shown) => (await codeActions.comparisons()).discard(addressIn(shown)),
    copyFormulaAsLatex: async (place) => actOnFormula(await chat(), place, 'copyLatex'),
    copyFormulaAsMathml: async (place) => actOnFormula(await chat(), place, 'copyMathml'),
    insertFormula: async (place) => actOnFormula(await chat(), place, 'insert'),
  };
  const titles = titlesOf(manifest);
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([name, handler]) => {
      const command = `o1mini.${name}`;
      return vscode.commands.registerCommand(command, async (argument: unknown) => {
        try {
          return await handler(argument);
        } catch (error) {
          reportFailure(titles.get(command) ?? command, error, log);
          return undefined;
        }
      });
    }),
  );
}

/** The titles of the commands as the palette shows them, without the dots of those that ask for more, by command. */
function titlesOf(manifest: unknown): ReadonlyMap<string, string> {
  const { contributes } = manifest as { contributes: { commands: { command: string; title: string }[] } };
  return new Map(contributes.commands.map(({ command, title }) => [command, title.replace(/…$/, '')]));
}

/** What a button in the title of an editor hands over. */
function addressIn(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : undefined;
}

/** @param place what the panel says of the place that its context menu was opened on */
function actOnFormula({ postAll }: Chat, place: unknown, action: FormulaAction): void {
  if (typeof place !== 'object' || place === null || !('formula' in place)) return;
  if (typeof place.formula === 'string') postAll({ type: 'formula', formula: place.formula, action });
}
