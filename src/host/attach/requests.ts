import { formerQuestions } from '../../core/chat/former';
import type { Turn } from '../../core/chat/turn';
import type { Clock } from '../../core/clock';
import type { AttachRequest, ToWebviewMessage } from '../../protocol/messages';
import type { ActiveEditor } from '../editor/active-editor';
import { readSelection, sayWhyNothing } from '../editor/selection';
import type { Draft } from '../storage/draft';
import { createCompletion } from './completion';
import { droppedFiles } from './drop';
import { pickAttachments } from './menu';
import { createOpener } from './open';
import { pastedCode } from './paste';
import type { Reference } from './reference';

/** Does what a page asks of what goes with the question. */
export interface Requests {
  /** @param reply says something to the page that asks */
  receive(request: AttachRequest, reply: Post): void;
  dispose(): void;
}

type Post = (message: ToWebviewMessage) => void;

/** What goes with the question. */
export interface ReferenceList {
  add(references: readonly Reference[]): void;
  remove(ids: Iterable<string>): void;
  find(id: string): Reference | undefined;
}

export interface RequestServices {
  readonly draft: Draft;
  readonly editor: ActiveEditor;
  readonly clock: Clock;
  readonly turns: () => readonly Turn[];
}

export function createRequests(
  { draft, editor, clock, turns }: RequestServices,
  list: ReferenceList,
): Requests {
  const opener = createOpener();
  const completion = createCompletion(clock);

  function pin(): void {
    const selection = readSelection(editor.current);
    if (selection.kind === 'code') {
      list.add([{ kind: 'kept', id: crypto.randomUUID(), attachment: selection.attachment }]);
    } else sayWhyNothing(selection.kind);
  }

  function pasteAsText(id: string, reply: Post): void {
    const reference = list.find(id);
    if (reference?.kind !== 'kept') return;
    list.remove([id]);
    reply({ type: 'insertText', text: reference.attachment.content });
  }

  function open(id: string): void {
    const reference = list.find(id);
    if (reference) void opener.open(reference);
  }

  function paste(id: string, text: string, language: string): void {
    list.add([{ kind: 'kept', id, attachment: pastedCode(text, language) }]);
  }

  return {
    receive(request, reply): void {
      switch (request.type) {
        case 'attach':
          return void pickAttachments(editor).then((chosen) => list.add(chosen));
        case 'pin':
          return pin();
        case 'complete':
          return void completion.complete(request, reply);
        case 'accept':
          return list.add(completion.accepted(request.item));
        case 'drop':
          return void droppedFiles(request.uris).then((files) => list.add(files));
        case 'paste':
          return paste(request.id, request.text, request.language);
        case 'unattach':
          return list.remove([request.id]);
        case 'openAttached':
          return open(request.id);
        case 'pasteAsText':
          return pasteAsText(request.id, reply);
        case 'recall':
          reply({ type: 'recalled', questions: formerQuestions(turns(), draft.kept.asked) });
          return;
      }
    },
    dispose() {
      opener.dispose();
      completion.dispose();
    },
  };
}
