import type * as vscode from 'vscode';
import { withAsked } from '../../core/chat/former';
import type { Question } from '../../core/chat/turn';
import type { Attachment } from '../../core/prompt/attachment';
import type { FromWebviewMessage, ToWebviewMessage } from '../../protocol/messages';
import type { ActiveEditor } from '../editor/active-editor';
import { readSelection, sayWhyNothing } from '../editor/selection';
import type { Draft } from '../storage/draft-store';
import type { Edits } from './question-edits';
import { notSent } from './not-sent';
import type { Reply } from './request';
import type { ShelfDoor } from './shelf-door';

type Send = Extract<FromWebviewMessage, { type: 'send' }>;
type Edit = Extract<FromWebviewMessage, { type: 'edit' }>;
type Outcome = Extract<ToWebviewMessage, { type: 'taken' | 'kept' }>['type'];

/** Takes the questions of the panel, and says what became of each. */
export interface Submission {
  send(message: Send, reply: Reply): Promise<void>;
  edit(message: Edit, reply: Reply): Promise<void>;
}

export interface SubmissionServices {
  readonly asker: {
    ask(question: Question): Promise<Outcome>;
    edit(turnId: string, text: string): Promise<Outcome>;
  };
  readonly editor: ActiveEditor;
  readonly draft: Draft;
  readonly edits: Edits;
  readonly shelf: ShelfDoor;
  readonly log: vscode.LogOutputChannel;
  /** The question box has changed; told whether the selection would go with it. */
  readonly onDraft: (withSelection: boolean) => void;
}

export function createSubmission(services: SubmissionServices): Submission {
  const { asker, editor, draft, edits, shelf, log, onDraft } = services;

  async function settle(question: string, asking: Promise<Outcome>, reply: Reply): Promise<Outcome> {
    const outcome = await asking.catch((error: unknown) => notSent(error, log));
    reply({ type: outcome, question });
    return outcome;
  }

  async function ask({ text, withSelection }: Send): Promise<Outcome> {
    if (text.trim() === '') return 'kept';
    const selection = withSelection ? readSelection(editor.current) : undefined;
    if (selection && selection.kind !== 'code') {
      sayWhyNothing(selection.kind);
      return 'kept';
    }
    // Read at this moment, whatever was there when it was attached.
    const opened = shelf.inUse ? await shelf.open() : undefined;
    const shelved = opened ? await opened.take() : new Map<string, Attachment>();
    if (!shelved) return 'kept';
    const attachments = [...(selection?.attachments ?? []), ...shelved.values()];
    const outcome = await asker.ask(attachments.length > 0 ? { text, attachments } : { text });
    if (outcome === 'taken') {
      draft.keep({ asked: withAsked(draft.kept.asked, text) });
      opened?.remove(shelved.keys());
    }
    return outcome;
  }

  return {
    async send(message, reply) {
      const { question, text } = message;
      const outcome = await settle(question, ask(message), reply);
      // The page may have been loaded anew since, and would take the draft for unsent.
      if (outcome !== 'taken' || draft.kept.text !== text) return;
      draft.keep({ text: '' });
      onDraft(false);
    },
    async edit({ question, turnId, text }, reply) {
      const asking = text.trim() === '' ? Promise.resolve('kept' as const) : asker.edit(turnId, text);
      if ((await settle(question, asking, reply)) === 'taken') edits.set(turnId, undefined);
    },
  };
}
