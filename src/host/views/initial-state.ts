import type * as vscode from 'vscode';
import type { Problem, SelectionView, ToWebviewMessage } from '../../protocol/messages';
import type { ActiveEditor } from '../editor/active-editor';
import { locateSelection } from '../editor/selection';

type Post = (message: ToWebviewMessage) => void;

/** What every page is told beside conversation and draft: at its start, and when it changes. */
export interface Greeting {
  /** A page is there and knows nothing. */
  greet(post: Post): void;
  selectionChanged(): void;
  /** Something needs the user before anything can be sent; undefined when it is settled. */
  setNotice(notice: Problem | undefined): void;
  /** Something that cannot be saved; undefined when all is saved. */
  setUnsaved(problem: Problem | undefined): void;
}

/** @param postAll says something to all pages */
export function createGreeting(editor: ActiveEditor, postAll: Post): Greeting {
  let notice: Problem | undefined;
  let unsaved: Problem | undefined;
  let posted: string | undefined;

  function postSelection(post: Post): void {
    const selection = editor.current && viewSelection(editor.current);
    post({ type: 'selection', ...(selection && { selection }) });
  }

  function postNotice(post: Post): void {
    post({ type: 'notice', ...(notice && { notice }) });
  }

  function postUnsaved(post: Post): void {
    post({ type: 'unsaved', ...(unsaved && { problem: unsaved }) });
  }

  return {
    greet(post) {
      postSelection(post);
      postNotice(post);
      postUnsaved(post);
    },
    selectionChanged() {
      // Most movements of the caret select nothing, before and after.
      const selection = JSON.stringify(editor.current && viewSelection(editor.current));
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

function viewSelection(editor: vscode.TextEditor): SelectionView | undefined {
  return locateSelection(editor);
}
