import * as vscode from 'vscode';
import type { FromWebviewMessage, ToWebviewMessage } from '../../protocol/messages';
import type { ActiveEditor } from '../editor/active-editor';
import { readSelection, sayWhyNothing } from '../editor/selection';
import type { Draft } from '../storage/draft';
import type { Asker } from './asker';
import type { Edits } from './edits';
import type { Reply } from './request';

type Send = Extract<FromWebviewMessage, { type: 'send' }>;
type Edit = Extract<FromWebviewMessage, { type: 'edit' }>;
type Outcome = Extract<ToWebviewMessage, { type: 'taken' | 'kept' }>['type'];

/** Takes the questions of the panel, and says what became of each. */
export interface Submission {
  send(message: Send, reply: Reply): Promise<void>;
  edit(message: Edit, reply: Reply): Promise<void>;
}

export interface SubmissionServices {
  readonly asker: Asker;
  readonly editor: ActiveEditor;
  readonly draft: Draft;
  readonly edits: Edits;
  readonly log: vscode.LogOutputChannel;
  /** The question box has changed; told whether the selection would go with it. */
  readonly onDraft: (withSelection: boolean) => void;
}

export function createSubmission(services: SubmissionServices): Submission {
  const { asker, editor, draft, edits, log, onDraft } = services;

  async function settle(question: string, asking: Promise<Outcome>, reply: Reply): Promise<Outcome> {
    const outcome = await asking.catch((error: unknown) => notSent(error, log));
    reply({ type: outcome, question });
    return outcome;
  }

  async function ask({ text, withSelection }: Send): Promise<Outcome> {
    if (text.trim() === '') return 'kept';
    if (!withSelection) return asker.ask({ text });
    const selection = readSelection(editor.current);
    if (selection.kind === 'code') return asker.ask({ text, attachments: [selection.attachment] });
    sayWhyNothing(selection.kind);
    return 'kept';
  }

  return {
    async send(message, reply) {
      const { question, text } = message;
      const outcome = await settle(question, ask(message), reply);
      // The page may have been loaded anew since, and would take the draft for unsent.
      if (outcome !== 'taken' || draft.text !== text) return;
      draft.text = '';
      onDraft(false);
    },
    async edit({ question, turnId, text }, reply) {
      const asking = text.trim() === '' ? Promise.resolve('kept' as const) : asker.edit(turnId, text);
      if ((await settle(question, asking, reply)) === 'taken') edits.set(turnId, undefined);
    },
  };
}

/** VS Code's own storage can fail; the question must not wait for it forever. */
export function notSent(error: unknown, log: vscode.LogOutputChannel): 'kept' {
  log.error(`The question was not sent: ${String(error)}`);
  void vscode.window.showErrorMessage(vscode.l10n.t('The question was not sent: {0}', String(error)));
  return 'kept';
}
