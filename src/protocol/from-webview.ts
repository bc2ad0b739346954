import * as v from 'valibot';
import { actions } from './actions';
import { historyRequest } from './history-requests';
import { MAX_PASTED_ATTACHMENT_LENGTH } from './paste-limit';
import { count, firstIssue, upTo, type DeepReadonly } from './schema-helpers';

/** Longest question or piece of code from a webview, in UTF-16 units. */
const MAX_TEXT_LENGTH = 16 * 1024 * 1024;
const MAX_WORD_LENGTH = 1000;
const MAX_URI_LENGTH = 8192;
const MAX_ERROR_LENGTH = 4000;
const MAX_DROPPED_FILES = 100;
/** Longest name of a file in an answer, in UTF-16 units. */
const MAX_NAME_LENGTH = 300;
/** Names that one message looks for. */
const MAX_NAMES = 100;

const text = upTo(MAX_TEXT_LENGTH);
const id = upTo(100);
const requestId = count;

const codeBlockActions = ['insert', 'replaceSelection', 'openInNewFile', 'compare', 'moreActions'] as const;

/** All messages of the webviews. Those with a `requestId` are requests, which the host answers (`requests.ts`). */
export const fromWebview = v.variant('type', [
  /**
   * The webview has loaded, or has missed a message: it needs a snapshot. `tab`: a name that the browser tab keeps when
   * it is reloaded; absent if it cannot keep one.
   */
  v.object({ type: v.literal('ready'), tab: v.exactOptional(id) }),
  /** The webview has painted the turns that it has, and needs those before them. */
  v.object({ type: v.literal('loadEarlierTurns') }),
  /** The user tried to drag a selection with hidden characters out of the webview. */
  v.object({ type: v.literal('dragRefused') }),
  /** The question box has changed; `revision` counts its changes from 1. */
  v.object({ type: v.literal('draft'), text, withSelection: v.boolean(), revision: count }),
  v.object({ type: v.literal('send'), requestId, text, withSelection: v.boolean() }),
  /** Sends a queued question that was not sent, removes one, or removes one whose text is in the question box now. */
  v.object({ type: v.picklist(['sendQueued', 'removeQueued', 'editQueued']), id }),
  /** The button Attach: opens a list of files, symbols and more. The suggestion to attach the selection: attaches it. */
  v.object({ type: v.picklist(['pickAttachments', 'attachSelection']) }),
  /** Asks for the previous questions. */
  v.object({ type: v.literal('promptHistory'), requestId }),
  /** Asks for completions of a word: what can be attached or, behind `/`, prompts. */
  v.object({
    type: v.literal('getCompletions'),
    requestId,
    prompts: v.boolean(),
    typed: upTo(MAX_WORD_LENGTH),
  }),
  /** Asks for the symbols of the workspace that complete a word, which take longer to find. */
  v.object({ type: v.literal('completeSymbols'), requestId, typed: upTo(MAX_WORD_LENGTH) }),
  /** Attaches a completion. */
  v.object({ type: v.literal('acceptCompletion'), item: id }),
  v.object({
    type: v.literal('drop'),
    uris: v.pipe(
      v.array(upTo(MAX_URI_LENGTH)),
      v.check((uris) => uris.length <= MAX_DROPPED_FILES),
    ),
  }),
  /** Attaches pasted code under this id; `language`: as the editor names it, empty if that is not known. */
  v.object({ type: v.literal('paste'), id, text: upTo(MAX_PASTED_ATTACHMENT_LENGTH), language: id }),
  v.object({ type: v.picklist(['removeAttachment', 'openAttachment', 'pasteAsText']), id }),
  /** Attaches the file in the editor, which was offered with this id. */
  v.object({ type: v.literal('attachCurrentFile'), id }),
  /** Sends an edited question as a new version, with the attachments that it had. */
  v.object({ type: v.literal('resendQuestion'), requestId, turnId: id, text }),
  /** The text of a question that is being edited; absent when the edit is over. */
  v.object({ type: v.literal('editDraft'), turnId: id, text: v.exactOptional(text) }),
  /** Shows the next or the previous version of a question. */
  v.object({ type: v.literal('selectVersion'), turnId: id, step: v.picklist([1, -1]) }),
  /** `turnId`: the ID of a turn, or of a summary. */
  v.object({ type: v.literal('copyAnswer'), turnId: id }),
  /** Edits a summary of earlier turns, sends it in their place or no longer, or hides one without a text. */
  v.object({
    type: v.literal('changeSummary'),
    summaryId: id,
    change: v.variant('kind', [
      v.object({ kind: v.literal('edited'), text }),
      v.object({ kind: v.picklist(['used', 'undone', 'dismissed']) }),
    ]),
  }),
  /** Reports whether text of an answer is selected. */
  v.object({ type: v.literal('quotable'), quotable: v.boolean() }),
  v.object({ type: v.literal('history'), request: historyRequest }),
  v.object({ type: v.picklist(['stop', ...actions]) }),
  /** Selects a choice of an answer, from 0. */
  v.object({ type: v.literal('selectChoice'), turnId: id, choice: count }),
  v.object({ type: v.literal('copy'), text }),
  /** An error in the webview, for the log. */
  v.object({ type: v.literal('logError'), text: upTo(MAX_ERROR_LENGTH) }),
  /** A link of an answer. It is opened once the user has seen its address and agreed. */
  v.object({ type: v.literal('openLink'), url: text }),
  /** Asks which of these names, such as `src/app.ts:10` or `Orbit.step`, are files or symbols of the workspace. */
  v.object({
    type: v.literal('findFiles'),
    requestId,
    names: v.pipe(
      v.array(upTo(MAX_NAME_LENGTH)),
      v.check((names) => names.length <= MAX_NAMES),
    ),
  }),
  /** Opens a file or a symbol that an answer names, at its line. */
  v.object({ type: v.literal('openFile'), name: upTo(MAX_NAME_LENGTH) }),
  /** An action of a code block of a turn; `language`: the first word of its info string, in lower case. */
  v.object({
    type: v.picklist(codeBlockActions),
    code: text,
    language: id,
    turnId: v.exactOptional(id),
  }),
]);

export type FromWebviewMessage = DeepReadonly<v.InferOutput<typeof fromWebview>>;
export type CodeBlockAction = (typeof codeBlockActions)[number];
/** Messages about attachments, and about what helps to write a question. */
export type QuestionBoxRequest = Extract<
  FromWebviewMessage,
  {
    type:
      | 'pickAttachments'
      | 'attachSelection'
      | 'attachCurrentFile'
      | 'getCompletions'
      | 'completeSymbols'
      | 'acceptCompletion'
      | 'drop'
      | 'paste'
      | 'removeAttachment'
      | 'openAttachment'
      | 'pasteAsText'
      | 'promptHistory';
  }
>;

/** The known fields of a message of a webview; undefined for anything else, since a hostile answer may post messages. */
export function checkFromWebview(message: unknown): FromWebviewMessage | undefined {
  const result = v.safeParse(fromWebview, message, firstIssue);
  return result.success ? result.output : undefined;
}
