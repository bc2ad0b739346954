import * as vscode from 'vscode';
import type { FromWebviewMessage } from '../../protocol/messages';
import { errorMessage, showError } from '../notifications';
import type { ActiveEditor } from './active-editor';
import type { Comparisons } from './comparisons';

/** What the buttons of a code block do. */
export interface CodeActions {
  run(request: CodeRequest): void;
  readonly comparisons: () => Promise<Comparisons>;
  dispose(): void;
}

type CodeRequest = Extract<FromWebviewMessage, { readonly code: string }>;

export function createCodeActions(editor: ActiveEditor, log: vscode.LogOutputChannel): CodeActions {
  let comparisons: Promise<Comparisons> | undefined;

  const compare = (): Promise<Comparisons> =>
    (comparisons ??= import('../features').then(({ createComparisons }) => createComparisons()));

  async function act(request: CodeRequest): Promise<void> {
    const features = await import('../features');
    switch (request.type) {
      case 'insert':
        return features.insertAtCursor(editor.current, request);
      case 'replaceSelection':
        return features.replaceSelection(editor.current, request);
      case 'openInNewFile':
        return features.openInNewFile(request);
      case 'compare':
        return (await compare()).open(editor.current, request);
    }
  }

  return {
    run(request) {
      act(request).catch((error: unknown) => {
        log.error(`Could not apply the code: ${String(error)}`);
        void showError(vscode.l10n.t('Could not apply the code: {0}'), [errorMessage(error)]);
      });
    },
    comparisons: compare,
    dispose: () => void comparisons?.then((created) => created.dispose()),
  };
}
