import { remainingDraft } from '../../core/text/remaining-draft';
import { addPrompt } from '../../core/chat/prompt-history';
import type { Question } from '../../core/chat/conversation';
import { turnsToSend } from '../../core/chat/turns-to-send';
import type { Sessions } from '../../core/chat/sessions';
import { mergeSelectedValues } from '../../core/models/parameter-values';
import type { ChatAttachmentModel } from '../attachments/attachment-model';
import type { ActiveEditor } from '../editor/active-editor';
import { readSelection, showSelectionWarning } from '../editor/selection';
import type { Draft } from '../storage/drafts/draft';
import { withNextValues, type NextQuestionValues, type RequestDraft } from './request-draft';

/** The content of the question box when the user pressed Send. */
export interface BoxContent {
  readonly question: Question;
  /** The ids of its attachments, without the selection. */
  readonly attachmentIds: readonly string[];
}

/** The host's copy of the question box: its text, the selection and the other attachments. */
export interface QuestionBox {
  readonly withSelection: boolean;
  attachSelection(attached: boolean): void;
  /** The request that Send would make now, with attachments as they were last read. Its text may be empty. */
  draft(): Promise<RequestDraft>;
  /** Reads all attachments, to send them. Undefined if one cannot be read; the user is told which. */
  read(text: string, withSelection: boolean): Promise<BoxContent | undefined>;
  /** Removes what was sent. Text that was written since then stays. */
  clear(sent: BoxContent): void;
}

export interface QuestionBoxServices {
  readonly sessions: Sessions;
  readonly draft: Draft;
  readonly editor: ActiveEditor;
  readonly attachments: Pick<ChatAttachmentModel, 'read' | 'readAll' | 'remove' | 'editorChanged'>;
  readonly nextValues: NextQuestionValues;
  /** Called when the text or the selection was removed from the box. */
  readonly onDidClear: () => void;
}

export function createQuestionBox(services: QuestionBoxServices): QuestionBox {
  const { sessions, draft, editor, attachments, nextValues, onDidClear } = services;

  function attachSelection(attached: boolean): void {
    if (attached === draft.state.withSelection) return;
    draft.update({ withSelection: attached });
    attachments.editorChanged();
  }

  return {
    get withSelection() {
      return draft.state.withSelection;
    },
    attachSelection,
    async draft() {
      const selection = draft.state.withSelection ? readSelection(editor.current) : undefined;
      const selected = selection?.kind === 'code' ? selection.attachments : [];
      const others = await attachments.read();
      const { text } = draft.state;
      const { conversation } = sessions.shown;
      const { id: chatId, turns } = conversation;
      const question = withNextValues(questionOf(text, [...selected, ...others]), chatId, nextValues);
      return {
        chatId,
        history: turnsToSend(turns),
        question,
        ...mergeSelectedValues(question, conversation),
      };
    },
    async read(text, withSelection) {
      const selection = withSelection ? readSelection(editor.current) : undefined;
      if (selection && selection.kind !== 'code') {
        showSelectionWarning(selection.kind);
        return undefined;
      }
      const others = await attachments.readAll();
      if (!others) return undefined;
      const attached = [...(selection?.attachments ?? []), ...others.values()];
      return { question: questionOf(text, attached), attachmentIds: [...others.keys()] };
    },
    clear({ question: { text }, attachmentIds }) {
      draft.update({ asked: addPrompt(draft.state.asked, text) });
      attachments.remove(attachmentIds);
      // The stored draft is changed too: a webview that was loaded again in the meantime would otherwise show the
      // text as not sent.
      const rest = remainingDraft(draft.state.text, text);
      if (rest === draft.state.text) return;
      draft.update({ text: rest });
      attachSelection(false);
      onDidClear();
    },
  };
}

function questionOf(text: string, attachments: NonNullable<Question['attachments']>): Question {
  return attachments.length > 0 ? { text, attachments } : { text };
}
