import * as v from 'valibot';
import { historyUpdate } from './history';
import { count, firstIssue, upTo, type DeepReadonly } from './schema-helpers';
import { attachedItem, change, edit, estimate, errorCard, queuedQuestion, selection, turn } from './views';

const formulaActions = ['copyLatex', 'copyMathml', 'insert'] as const;

/** All messages of the host. A webview shows only their content. */
const toWebview = v.variant('type', [
  /**
   * The conversation; `seq` starts the numbering of the changes that follow. The webview requests the
   * `remaining` turns before these; they follow in messages of type `earlierTurns`, and no changes before them.
   */
  v.object({
    type: v.literal('snapshot'),
    seq: count,
    turns: v.array(turn),
    remaining: v.exactOptional(count),
  }),
  /** The turns before those that a webview has of the snapshot numbered `seq`. `remaining` more follow. */
  v.object({ type: v.literal('earlierTurns'), seq: count, turns: v.array(turn), remaining: count }),
  /**
   * The webview was hidden and is visible again: the webview requests the changes that were not posted to it in the
   * meantime.
   */
  v.object({ type: v.literal('shown') }),
  /** The changes since the message numbered `seq - 1`; a webview that has missed that one reports `ready` again. */
  v.object({ type: v.literal('changes'), seq: count, changes: v.array(change) }),
  /** The selection that could be attached; absent if nothing is selected. */
  v.object({ type: v.literal('selection'), selection: v.exactOptional(selection) }),
  /** The draft, which may be written in another webview. Ignored by a webview whose question box has changed after `revision`. */
  v.object({ type: v.literal('draft'), text: v.string(), withSelection: v.boolean(), revision: count }),
  /**
   * All attachments besides the selection; `selection`: the number of its tokens, as a text. `currentFile` is not
   * attached but offered, where nothing is selected.
   */
  v.object({
    type: v.literal('attachments'),
    attachments: v.array(attachedItem),
    selection: v.exactOptional(v.string()),
    currentFile: v.exactOptional(attachedItem),
  }),
  /** The questions of the chat that wait for the end of the answer, oldest first. */
  v.object({ type: v.literal('queue'), questions: v.array(queuedQuestion) }),
  /** The response to the request with this id; `requests.ts` has the form of each result. */
  v.object({ type: v.literal('response'), requestId: count, result: v.unknown() }),
  v.object({ type: v.literal('requestFailed'), requestId: count }),
  /** Inserts a text into the question box, at the cursor. */
  v.object({ type: v.literal('insertText'), text: v.string() }),
  /** Puts the cursor into the question box, and `text` above what is written. */
  v.object({ type: v.literal('compose'), withSelection: v.boolean(), text: v.exactOptional(v.string()) }),
  /** The questions that were being edited when the webview was unloaded. */
  v.object({ type: v.literal('edits'), edits: v.array(edit) }),
  /** Quotes the selected text of the conversation in the question box. */
  v.object({ type: v.literal('quote') }),
  /** An error to resolve before anything can be sent; absent once it is resolved. */
  v.object({ type: v.literal('notice'), notice: v.exactOptional(errorCard) }),
  /** Reports that something cannot be saved; absent when everything is saved. */
  v.object({ type: v.literal('unsaved'), errorCard: v.exactOptional(errorCard) }),
  /** The size and the price of the request that Send would make. */
  v.object({ type: v.literal('estimate'), estimate }),
  /** An item of the context menu of the formula with this id was selected. */
  v.object({ type: v.literal('formula'), formula: upTo(100), action: v.picklist(formulaActions) }),
  v.object({ type: v.literal('history'), update: historyUpdate }),
]);

export type ToWebviewMessage = DeepReadonly<v.InferOutput<typeof toWebview>>;
export type FormulaAction = (typeof formulaActions)[number];

/** Posts a message to one webview, or to all of them. */
export type PostMessage = (message: ToWebviewMessage) => void;

/** A message of the host; undefined for anything else, since any frame may post to a window. */
export function checkToWebview(message: unknown): ToWebviewMessage | undefined {
  const result = v.safeParse(toWebview, message, firstIssue);
  return result.success ? result.output : undefined;
}
