import * as vscode from 'vscode';

/** The scheme of a request's preview, which the manifest names too. */
export const requestScheme = 'o1mini-request';
/** The scheme of a document as it would be, which the manifest names too. */
export const comparisonScheme = 'o1mini-compare';
/** The scheme of what is attached and is no file. */
export const attachedScheme = 'o1mini-attached';

/** The text editor the user was in last, also while the panel has the focus. */
export interface ActiveEditor {
  /** Undefined where no text editor is open. */
  readonly current: vscode.TextEditor | undefined;
  /** Another editor, or another selection in it. */
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

export function trackActiveEditor(): ActiveEditor {
  let last = vscode.window.activeTextEditor;
  const changed = new vscode.EventEmitter<void>();
  const listeners = [
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      // Undefined when the focus leaves for something else than text: the editor is still there.
      if (editor && isDocument(editor)) last = editor;
      changed.fire();
    }),
    vscode.window.onDidChangeTextEditorSelection(() => changed.fire()),
    vscode.window.onDidChangeVisibleTextEditors(() => changed.fire()),
  ];
  return {
    get current() {
      const visible = vscode.window.visibleTextEditors.filter(isDocument);
      return visible.find((editor) => editor === last) ?? visible[0];
    },
    onDidChange: changed.event,
    dispose: () => void vscode.Disposable.from(changed, ...listeners).dispose(),
  };
}

/** The output panel and what we show ourselves are editors of text too, but not ones that anybody means. */
function isDocument({ document }: vscode.TextEditor): boolean {
  return !isOurs(document.uri);
}

export function isOurs({ scheme }: vscode.Uri): boolean {
  return ['output', requestScheme, comparisonScheme, attachedScheme].includes(scheme);
}
