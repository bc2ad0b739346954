import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fence';
import type { FromWebviewMessage } from '../../protocol/messages';
import { errorMessage, showError, showWarning } from '../notifications';
import type { Platform } from '../platform';
import type { ActiveEditor } from './active-editor';
import type { AnchoredRanges } from './anchored-ranges';
import type { Anchor } from './question-anchors';
import { createComparisonEditors, type ComparisonEditors } from './comparison-editors';
import { fileLabel } from './file-label';
import { confirmHiddenCharacters } from './hidden-characters';
import { insertAtCursor, replaceSelection } from './insert';
import { openInNewFile } from './new-file';
import { isInSight, openProposal, proposalsOf, reviewProposals } from './proposals';
import { replaceAnchored } from './replace-anchored';

/** The actions of a code block, and copying. Failures are shown to the user. */
export interface CodeActions {
  /** @param anchor the code that the question was about, if it is one piece */
  run(request: CodeRequest, anchor?: Anchor): void;
  copy(text: string): void;
  /** Copies an answer as Markdown; one without text leaves the clipboard as it is. */
  copyAnswer(markdown: string): void;
  /** Rejects if the code cannot be inserted. */
  insert(block: CodeBlock): Promise<void>;
  /** Compares the changes that an answer proposes with their files. */
  review(markdown: string, anchor: Anchor | undefined): Promise<void>;
  /**
   * Opens the comparison of the change that an answer proposes for the code of its question, if that code is in sight. The
   * focus stays where it is.
   */
  showProposed(markdown: string, anchor: Anchor): Promise<void>;
  /** Tells the user that text with hidden characters cannot be dragged out of a webview. */
  explainRefusedDrag(): void;
  readonly comparisons: ComparisonEditors;
  dispose(): void;
}

type CodeRequest = Extract<FromWebviewMessage, { readonly code: string }>;

export function createCodeActions(
  editor: Pick<ActiveEditor, 'current'>,
  anchors: AnchoredRanges,
  log: vscode.LogOutputChannel,
  realPath?: Platform['realPath'],
): CodeActions {
  const comparisons = createComparisonEditors();
  const proposing = { anchors, comparisons, realPath };

  function act(request: CodeRequest, anchor: Anchor | undefined): Promise<unknown> {
    switch (request.type) {
      case 'insert':
        return insertAtCursor(editor.current, request);
      case 'replaceSelection':
        return anchor
          ? replaceAnchored(anchor, anchors, request, comparisons)
          : replaceSelection(editor.current, request);
      case 'openInNewFile':
        return openInNewFile(request);
      case 'compare':
        return anchor
          ? openProposal(
              { kind: 'anchored', label: fileLabel(anchor.uri), block: request, anchor },
              proposing,
              {},
            )
          : comparisons.open(editor.current, request);
      case 'moreActions':
        return import('./more-actions').then(({ selectCodeAction }) =>
          selectCodeAction(request, anchor && { anchor, anchors }),
        );
    }
  }

  function report(error: unknown): void {
    log.error(`Could not apply the code: ${String(error)}`);
    void showError(vscode.l10n.t('Could not apply the code: {0}'), [errorMessage(error)]);
  }

  return {
    run: (request, anchor) => void act(request, anchor).catch(report),
    copy: (text) => void copyText(text).catch(report),
    copyAnswer(markdown) {
      if (markdown !== '') void copyAnswer(markdown).catch(report);
    },
    async insert(block) {
      await insertAtCursor(editor.current, block);
    },
    review: async (markdown, anchor) =>
      reviewProposals(await proposalsOf(markdown, anchor, realPath), proposing),
    async showProposed(markdown, anchor) {
      const proposals = await proposalsOf(markdown, anchor, realPath);
      const proposal = proposals.find(isInSight);
      if (proposal) await openProposal(proposal, proposing, { preview: true, preserveFocus: true });
    },
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
