import * as vscode from 'vscode';
import { isOpen } from './open-tabs';

/** The scheme of the preview of a request. The manifest also contains it. */
export const REQUEST_SCHEME = 'o1mini-request';
/** The scheme of a document with a proposed change applied. The manifest also contains it. */
export const COMPARISON_SCHEME = 'o1mini-compare';
/** The scheme of an attachment that is not a file. */
export const ATTACHMENT_SCHEME = 'o1mini-attached';

/** The text editor that the user used last, also while a webview of the chat has the focus or covers it. */
export interface ActiveEditor {
  /** Undefined if no editor is open, or several are open and none was used yet. */
  readonly current: vscode.TextEditor | undefined;
  /** Fires when another editor, or another selection in the editor, becomes the current one. */
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

/** Number of editors that are remembered. The last used one is usually still open. */
const MAX_TRACKED_EDITORS = 20;

export function trackActiveEditor(): ActiveEditor {
  /** The last used editor first. VS Code creates a new editor object each time a document is shown again. */
  let used: readonly vscode.TextEditor[] = [];
  const changed = new vscode.EventEmitter<void>();

  function remember(editor: vscode.TextEditor | undefined): void {
    // VS Code reports undefined when the focus moves to a view. The editor is still open.
    if (!editor || !isDocument(editor)) return;
    used = [editor, ...used.filter((other) => !isSameEditor(other, editor))].slice(0, MAX_TRACKED_EDITORS);
  }

  remember(vscode.window.activeTextEditor);
  const listeners = [
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      remember(editor);
      changed.fire();
    }),
    vscode.window.onDidChangeTextEditorSelection(() => changed.fire()),
    vscode.window.onDidChangeVisibleTextEditors(() => changed.fire()),
  ];
  return {
    get current() {
      const visible = vscode.window.visibleTextEditors.filter(isDocument);
      const last = used.find(isOpen);
      if (last) return visible.find((editor) => isSameEditor(editor, last)) ?? last;
      // After a reload, no editor was used yet. If several are open, any of them could be meant.
      return visible.length === 1 ? visible[0] : undefined;
    },
    onDidChange: changed.event,
    dispose: () => void vscode.Disposable.from(changed, ...listeners).dispose(),
  };
}

function isSameEditor(one: vscode.TextEditor, other: vscode.TextEditor): boolean {
  return one.document === other.document && one.viewColumn === other.viewColumn;
}

/**
 * For VS Code, the Output view, input boxes and the documents of this extension are text editors too, but users do
 * not expect the chat to use them.
 */
function isDocument({ document }: vscode.TextEditor): boolean {
  return !isOwnDocument(document.uri);
}

export function isOwnDocument({ scheme }: vscode.Uri): boolean {
  return ['output', 'vscode-scm', 'comment', REQUEST_SCHEME, COMPARISON_SCHEME, ATTACHMENT_SCHEME].includes(
    scheme,
  );
}
