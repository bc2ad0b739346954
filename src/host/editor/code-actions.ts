import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fence';
import type { FromWebviewMessage } from '../../protocol/messages';
import { errorMessage, showError, showWarning } from '../notifications';
import type { ActiveEditor } from './active-editor';
import { createComparisonEditors, type ComparisonEditors } from './comparison-editors';
import { confirmHiddenCharacters } from './hidden-characters';
import { insertAtCursor, replaceSelection } from './insert';
import { openInNewFile } from './new-file';

/** The actions of a code block, and copying. Failures are shown to the user. */
export interface CodeActions {
  run(request: CodeRequest): void;
  copy(text: string): void;
  /** Copies an answer as Markdown; one without text leaves the clipboard as it is. */
  copyAnswer(markdown: string): void;
  /** Rejects where the code cannot be inserted. */
  insert(block: CodeBlock): Promise<void>;
  /** Tells the user that text with hidden characters cannot be dragged out of a webview. */
  explainRefusedDrag(): void;
  readonly comparisons: ComparisonEditors;
  dispose(): void;
}

type CodeRequest = Extract<FromWebviewMessage, { readonly code: string }>;

export function createCodeActions(
  editor: Pick<ActiveEditor, 'current'>,
  log: vscode.LogOutputChannel,
): CodeActions {
  const comparisons = createComparisonEditors();

  function act(request: CodeRequest): Promise<void> {
    switch (request.type) {
      case 'insert':
        return insertAtCursor(editor.current, request);
      case 'replaceSelection':
        return replaceSelection(editor.current, request);
      case 'openInNewFile':
        return openInNewFile(request);
      case 'compare':
        return comparisons.open(editor.current, request);
    }
  }

  function report(error: unknown): void {
    log.error(`Could not apply the code: ${String(error)}`);
    void showError(vscode.l10n.t('Could not apply the code: {0}'), [errorMessage(error)]);
  }

  return {
    run: (request) => void act(request).catch(report),
    copy: (text) => void copyText(text).catch(report),
    copyAnswer(markdown) {
      if (markdown !== '') void copyAnswer(markdown).catch(report);
    },
    insert: (block) => insertAtCursor(editor.current, block),
    explainRefusedDrag: () =>
      void showWarning(
        vscode.l10n.t(
          'The selection contains hidden characters and cannot be dragged. Copy the selection to see the characters by name.',
        ),
      ),
    comparisons,
    dispose: () => comparisons.dispose(),
  };
}

/** Copies a text to the clipboard, after the user has agreed to its hidden characters. */
async function copyText(text: string): Promise<void> {
  const agreed = await confirmHiddenCharacters(text, 'copy');
  if (agreed !== undefined) await vscode.env.clipboard.writeText(agreed);
}

/** Copies an answer. Only an answer with code is checked for hidden characters. */
async function copyAnswer(markdown: string): Promise<void> {
  if (CODE_PATTERN.test(markdown)) await copyText(markdown);
  else await vscode.env.clipboard.writeText(markdown);
}

/** A fence, inline code, or an indented code block. */
const CODE_PATTERN = /`|~~~|^(?: {4}|\t)/m;
