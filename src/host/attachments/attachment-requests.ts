import * as vscode from 'vscode';
import { promptHistory } from '../../core/chat/prompt-history';
import type { Turn } from '../../core/chat/turn';
import type { Clock } from '../../core/clock';
import type { QuestionBoxRequest, PostMessage } from '../../protocol/messages';
import { respond } from '../../protocol/responses';
import type { ActiveEditor } from '../editor/active-editor';
import { readSelection, showSelectionWarning } from '../editor/selection';
import { reportTo } from '../error-reporting';
import type { Draft } from '../storage/drafts/draft';
import { createQuestionCompletions } from './question-completions';
import { pickAttachments } from './attachment-picker';
import type { AttachmentResolver } from './attachment-resolver';
import { createAttachmentViewer } from './attachment-viewer';
import { droppedFiles, pastedCode } from './drop-and-paste';
import { snapshotOf, type AttachmentEntry } from './attachment-entry';

/** Handles the requests of a webview about attachments, completion, and earlier questions. */
export interface AttachmentRequests {
  /** @param reply posts to the webview that asks */
  receive(request: QuestionBoxRequest, reply: PostMessage): void;
  dispose(): void;
}

/** The attachments of the question. */
export interface AttachmentEntries {
  add(entries: readonly AttachmentEntry[]): void;
  remove(ids: Iterable<string>): void;
  find(id: string): AttachmentEntry | undefined;
  /** Finds the current file, which is offered but not attached. */
  findOffered(id: string): AttachmentEntry | undefined;
}

export interface AttachmentRequestServices {
  readonly draft: Draft;
  readonly editor: ActiveEditor;
  readonly clock: Clock;
  readonly turns: () => readonly Turn[];
  readonly resolve: AttachmentResolver;
  readonly log: vscode.LogOutputChannel;
}

export function createAttachmentRequests(
  { draft, editor, clock, turns, resolve, log }: AttachmentRequestServices,
  list: AttachmentEntries,
): AttachmentRequests {
  const viewer = createAttachmentViewer(resolve);
  const completion = createQuestionCompletions(clock);
  const report =
    ({ type }: QuestionBoxRequest) =>
    (error: unknown): void =>
      log.error(`${type} failed: ${String(error)}`);

  function attachSelection(): void {
    const selection = readSelection(editor.current);
    if (selection.kind === 'code') {
      list.add(selection.attachments.map(snapshotOf));
    } else showSelectionWarning(selection.kind);
  }

  function add(choosing: Promise<readonly AttachmentEntry[]>): void {
    choosing.then((chosen) => list.add(chosen)).catch(reportTo(log, vscode.l10n.t('Add Context')));
  }

  function pasteAsText(id: string, reply: PostMessage): void {
    const entry = list.find(id);
    if (entry?.kind !== 'snapshot') return;
    list.remove([id]);
    reply({ type: 'insertText', text: entry.attachment.content });
  }

  function open(id: string): void {
    const entry = list.find(id);
    if (entry) viewer.open(entry).catch(reportTo(log, vscode.l10n.t('Open')));
  }

  /** Attaches nothing if the file is no longer offered because the user has switched to another file. */
  function attachCurrentFile(id: string): void {
    const entry = list.findOffered(id);
    if (entry) list.add([entry]);
  }

  function paste(id: string, text: string, language: string): void {
    list.add([{ kind: 'snapshot', id, attachment: pastedCode(text, language) }]);
  }

  return {
    receive(request, reply): void {
      switch (request.type) {
        case 'pickAttachments':
          return add(pickAttachments(editor, resolve));
        case 'attachSelection':
          return attachSelection();
        case 'attachCurrentFile':
          return attachCurrentFile(request.id);
        case 'getCompletions':
          return respond(request, completion.complete(request), reply, report(request));
        case 'completeSymbols':
          return respond(request, completion.completeSymbols(request), reply, report(request));
        case 'acceptCompletion':
          return list.add(completion.accepted(request.item));
        case 'drop':
          return add(droppedFiles(request.uris));
        case 'paste':
          return paste(request.id, request.text, request.language);
        case 'removeAttachment':
          return list.remove([request.id]);
        case 'openAttachment':
          return open(request.id);
        case 'pasteAsText':
          return pasteAsText(request.id, reply);
        case 'promptHistory':
          return respond(
            request,
            Promise.resolve(promptHistory(turns(), draft.state.asked)),
            reply,
            report(request),
          );
      }
    },
    dispose() {
      viewer.dispose();
      completion.dispose();
    },
  };
}
