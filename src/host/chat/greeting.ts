import type * as vscode from 'vscode';
import type { Problem, SelectionView, ToWebviewMessage } from '../../protocol/messages';
import type { ActiveEditor } from '../editor/active-editor';
import { locateSelection } from '../editor/selection';
import type { Draft } from '../storage/draft';
import type { Broadcast } from './broadcast';
import type { Meter } from './meter';

/** What a page must be told before it can be used: at its start, and when it changes. */
export interface Greeting {
  /** A page is there and knows nothing. */
  greet(): void;
  selectionChanged(): void;
  /** Something needs the user before anything can be sent; undefined when it is settled. */
  setNotice(notice: Problem | undefined): void;
}

export interface GreetingServices {
  readonly draft: Draft;
  readonly broadcast: Broadcast;
  readonly editor: ActiveEditor;
  readonly meter: Meter;
  readonly post: (message: ToWebviewMessage) => void;
}

export function createGreeting({ draft, broadcast, editor, meter, post }: GreetingServices): Greeting {
  let notice: Problem | undefined;

  function postSelection(): void {
    const selection = editor.current && viewSelection(editor.current);
    post({ type: 'selection', ...(selection && { selection }) });
  }

  function postNotice(): void {
    post({ type: 'notice', ...(notice && { notice }) });
  }

  return {
    greet() {
      post({ type: 'draft', text: draft.text });
      broadcast.snapshot();
      postSelection();
      postNotice();
      meter.changed();
    },
    selectionChanged() {
      postSelection();
      meter.changed();
    },
    setNotice(next) {
      notice = next;
      postNotice();
    },
  };
}

function viewSelection(editor: vscode.TextEditor): SelectionView | undefined {
  const place = locateSelection(editor);
  if (!place) return undefined;
  const [first, last] = place.lines;
  return { label: place.label, lineCount: last - first + 1 };
}
