import * as vscode from 'vscode';
import type { Session } from '../../core/chat/session';
import type { Action, FromWebviewMessage, ToWebviewMessage } from '../../protocol/messages';
import type { ActiveEditor } from '../editor/active-editor';
import { insertAtCursor } from '../editor/insert';
import { readSelection, sayWhyNothing } from '../editor/selection';
import type { ModelChoice } from '../models/model-choice';
import { openSettings } from '../settings';
import type { Draft } from '../storage/draft';
import type { Asker } from './asker';

export interface ReceiverServices {
  readonly session: Session;
  readonly asker: Asker;
  readonly modelChoice: ModelChoice;
  readonly editor: ActiveEditor;
  readonly draft: Draft;
  readonly log: vscode.LogOutputChannel;
  readonly post: (message: ToWebviewMessage) => void;
  /** The question box has changed; told whether the selection would go with it. */
  readonly onDraft: (withSelection: boolean) => void;
}

/** What the panel asks for, once it is there. */
export type PanelRequest = Exclude<FromWebviewMessage, { type: 'ready' }>;
type Send = Extract<FromWebviewMessage, { type: 'send' }>;

/** Does what the panel asks for. */
export function createReceiver({
  session,
  asker,
  modelChoice,
  editor,
  draft,
  log,
  post,
  onDraft,
}: ReceiverServices): (request: PanelRequest) => void {
  async function send({ question, text, withSelection }: Send): Promise<void> {
    const outcome = await ask(text, withSelection).catch(notSent);
    // The page may have been loaded anew since, and would take the draft for unsent.
    if (outcome === 'taken' && draft.text === text) draft.text = '';
    post({ type: outcome, question });
  }

  async function ask(text: string, withSelection: boolean): Promise<'taken' | 'kept'> {
    if (text.trim() === '') return 'kept';
    if (!withSelection) return asker.ask({ text });
    const selection = readSelection(editor.current);
    if (selection.kind === 'code') return asker.ask({ text, context: selection.context });
    sayWhyNothing(selection.kind);
    return 'kept';
  }

  /** VS Code's own storage can fail; the question must not wait for it forever. */
  function notSent(error: unknown): 'kept' {
    log.error(`The question was not sent: ${String(error)}`);
    void vscode.window.showErrorMessage(vscode.l10n.t('The question was not sent: {0}', String(error)));
    return 'kept';
  }

  const actions: Readonly<Record<Action, () => unknown>> = {
    retry: () => asker.retry(),
    retryDoubled: () => asker.retryDoubled(),
    continueAnswer: () => asker.continueAnswer(),
    selectModel: () => modelChoice.select(),
    useReplacement: () => modelChoice.useReplacement(),
    setApiKey: () => vscode.commands.executeCommand('o1mini.setApiKey'),
    openSettings: () => openSettings('o1mini'),
    showLog: () => log.show(),
  };

  return (request) => {
    switch (request.type) {
      case 'draft':
        draft.text = request.text;
        return onDraft(request.withSelection);
      case 'send':
        return void send(request);
      case 'stop':
        return void session.stop();
      case 'choose':
        return session.choose(request.turnId, request.choice);
      case 'copy':
        return void vscode.env.clipboard.writeText(request.text);
      case 'insert':
        return void insertAtCursor(editor.current, request);
      default:
        void Promise.resolve(actions[request.type]()).catch(notSent);
    }
  };
}
