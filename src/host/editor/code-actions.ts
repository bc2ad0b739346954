import { lazy } from '../../core/lazy';
import * as vscode from 'vscode';
import type { FromWebviewMessage } from '../../protocol/messages';
import { errorMessage, showError, showWarning } from '../notifications';
import type { ActiveEditor } from './active-editor';
import type { Comparisons } from './comparisons';

/** What the buttons of a code block do. */
export interface CodeActions {
  run(request: CodeRequest): void;
  copy(text: string): void;
  /** Copies an answer as Markdown; one without text leaves the clipboard as it is. */
  copyAnswer(markdown: string): void;
  /** Tells the user that hidden characters were not dragged out of the panel. */
  refuseDrag(): void;
  readonly comparisons: () => Promise<Comparisons>;
  dispose(): void;
}

type CodeRequest = Extract<FromWebviewMessage, { readonly code: string }>;

export function createCodeActions(editor: ActiveEditor, log: vscode.LogOutputChannel): CodeActions {
  let created: Comparisons | undefined;
  const compare = lazy(async () => {
    const { createComparisons } = await import('../features');
    created = createComparisons();
    return created;
  });

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

  async function copy(text: string): Promise<void> {
    const features = await import('../features');
    await features.copyText(text);
  }

  async function copyAnswer(markdown: string): Promise<void> {
    if (markdown === '') return;
    const features = await import('../features');
    await features.copyAnswer(markdown);
  }

  function report(error: unknown): void {
    log.error(`Could not apply the code: ${String(error)}`);
    void showError(vscode.l10n.t('Could not apply the code: {0}'), [errorMessage(error)]);
  }

  return {
    run: (request) => void act(request).catch(report),
    copy: (text) => void copy(text).catch(report),
    copyAnswer: (markdown) => void copyAnswer(markdown).catch(report),
    refuseDrag: () =>
      void showWarning(
        vscode.l10n.t(
          'The selection contains hidden characters, so it was not dragged. Copy it to see them by name.',
        ),
      ),
    comparisons: compare,
    dispose: () => created?.dispose(),
  };
}
