import type { PostMessage, ErrorCard } from '../../protocol/messages';
import type { ActiveEditor } from '../editor/active-editor';
import { summarizeSelection, type SelectionSummary } from '../editor/selection';

/** The state that every webview shows besides the conversation and the draft: posted at its start and on changes. */
export interface InitialState {
  postTo(post: PostMessage): void;
  selectionChanged(): void;
  /** Shows an error to resolve before anything can be sent; undefined once it is resolved. */
  setNotice(notice: ErrorCard | undefined): void;
  /** Shows that something cannot be saved; undefined when everything is saved. */
  setUnsaved(card: ErrorCard | undefined): void;
}

/** @param postAll posts to all webviews */
export function createInitialState(
  editor: Pick<ActiveEditor, 'current'>,
  postAll: PostMessage,
): InitialState {
  let notice: ErrorCard | undefined;
  let unsaved: ErrorCard | undefined;
  let posted: string | undefined;

  const locate = (): SelectionSummary | undefined => editor.current && summarizeSelection(editor.current);

  function postSelection(post: PostMessage): void {
    const selection = locate();
    post({ type: 'selection', ...(selection && { selection }) });
  }

  function postNotice(post: PostMessage): void {
    post({ type: 'notice', ...(notice && { notice }) });
  }

  function postUnsaved(post: PostMessage): void {
    post({ type: 'unsaved', ...(unsaved && { errorCard: unsaved }) });
  }

  return {
    postTo(post) {
      postSelection(post);
      postNotice(post);
      postUnsaved(post);
    },
    selectionChanged() {
      // Most cursor movements leave the state unchanged, because nothing is selected before or after.
      const selection = JSON.stringify(locate());
      if (selection === posted) return;
      posted = selection;
      postSelection(postAll);
    },
    setNotice(next) {
      notice = next;
      postNotice(postAll);
    },
    setUnsaved(next) {
      if (next === unsaved) return;
      unsaved = next;
      postUnsaved(postAll);
    },
  };
}
