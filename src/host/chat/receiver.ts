import * as vscode from 'vscode';
import type { Session } from '../../core/chat/session';
import type { FromWebviewMessage, ToWebviewMessage } from '../../protocol/messages';
import type { ActiveEditor } from '../editor/active-editor';
import { insertAtCursor } from '../editor/insert';
import { readSelection, sayWhyNothing } from '../editor/selection';
import { openSettings } from '../settings';
import type { Draft } from '../storage/draft';
import type { Asker } from './asker';

export interface ReceiverServices {
  readonly session: Session;
  readonly asker: Asker;
  readonly editor: ActiveEditor;
  readonly draft: Draft;
  readonly log: vscode.LogOutputChannel;
  readonly post: (message: ToWebviewMessage) => void;
}

type Request = Exclude<FromWebviewMessage, { type: 'ready' }>;
type Send = Extract<FromWebviewMessage, { type: 'send' }>;

/** Does what the panel asks for. */
export function createReceiver({
  session,
  asker,
  editor,
  draft,
  log,
  post,
}: ReceiverServices): (request: Request) => void {
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

  return (request) => {
    switch (request.type) {
      case 'draft':
        draft.text = request.text;
        return;
      case 'send':
        return void send(request);
      case 'stop':
        return void session.stop();
      case 'retry':
        return void asker.retry().catch(notSent);
      case 'copy':
        return void vscode.env.clipboard.writeText(request.text);
      case 'insert':
        return void insertAtCursor(editor.current, request);
      case 'setApiKey':
        return void vscode.commands.executeCommand('o1mini.setApiKey');
      case 'openSettings':
        return void openSettings('o1mini');
      case 'showLog':
        log.show();
    }
  };
}
