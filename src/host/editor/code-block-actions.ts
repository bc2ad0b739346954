import * as vscode from 'vscode';
import { filesOfPatch } from '../../core/text/excerpts/patch-files';
import { isDiffLanguage, isPatch } from '../../core/text/excerpts/patches';
import { fenced, type CodeBlock } from '../../core/text/fences/fence';
import type { FromWebviewMessage } from '../../protocol/messages';
import { errorMessage, showError, showInformation, showWarning } from '../notifications';
import type { Platform } from '../platform';
import type { ActiveEditor } from './active-editor';
import type { CodeTracker } from './tracked-code/code-tracker';
import { chooseAttachedCode } from './tracked-code/choose-attached-code';
import type { AttachedCode } from './tracked-code/attached-code';
import { findPlacement } from './comparison/code-placement';
import { createComparisonEditors, type ComparisonEditors } from './comparison/comparison-editors';
import { fileLabel } from './file-label';
import { confirmHiddenCharacters } from './confirm-hidden-characters';
import { insertAtCursor, replaceSelection } from './insert';
import { openInNewFile } from './new-file';
import { isCell } from './notebooks/notebook-cells';
import { isAttachedCodeVisible, openProposal, proposalsOf, reviewProposals } from './comparison/proposals';
import { replaceAttachedCode } from './tracked-code/replace-attached-code';

/** The actions of a code block, and copying. Failures are shown to the user. */
export interface CodeBlockActions {
  /** @param asked all pieces of code that the question was about; the user chooses one if there are several */
  run(request: CodeRequest, asked: readonly AttachedCode[]): void;
  copy(text: string): void;
  /** Copies an answer as Markdown. An answer without text does not change the clipboard. */
  copyAnswer(markdown: string): void;
  /** Rejects if the code cannot be inserted. */
  insert(block: CodeBlock): Promise<void>;
  /** Compares the changes that an answer proposes with their files. */
  review(markdown: string, attachedCode: AttachedCode | undefined): Promise<void>;
  /**
   * Opens the comparison of the change that an answer proposes for the code of its question, and leaves the focus where it
   * is. If that code is not in sight, a notification offers the comparison.
   */
  showProposed(markdown: string, attachedCode: AttachedCode): Promise<void>;
  /** Tells the user that text with hidden characters cannot be dragged out of a webview. */
  explainRefusedDrag(): void;
  readonly comparisons: ComparisonEditors;
  dispose(): void;
}

type CodeRequest = Extract<FromWebviewMessage, { readonly code: string }>;

export function createCodeBlockActions(
  editor: Pick<ActiveEditor, 'current'>,
  codeTracker: CodeTracker,
  log: vscode.LogOutputChannel,
  realPath?: Platform['realPath'],
): CodeBlockActions {
  const comparisons = createComparisonEditors();
  const proposing = { codeTracker, comparisons, realPath };

  async function review(
    markdown: string,
    attachedCode: AttachedCode | undefined,
    current?: vscode.Uri,
  ): Promise<void> {
    await reviewProposals(await proposalsOf(markdown, attachedCode, realPath, current), proposing);
  }

  async function act(request: CodeRequest, asked: readonly AttachedCode[]): Promise<unknown> {
    const isPlaced = request.type === 'compare' || request.type === 'replaceSelection';
    if (isPlaced && isForSeveralFiles(request)) {
      const [only, ...others] = asked;
      const markdown = fenced(request.code, request.language);
      return review(markdown, others.length === 0 ? only : undefined, editor.current?.document.uri);
    }
    switch (request.type) {
      case 'insert':
        return insertAtCursor(editor.current, request);
      case 'replaceSelection':
        if (asked.length === 0) return replaceSelected(editor.current, request, comparisons);
        return withAttachedCode(asked, vscode.l10n.t('Select the code to replace'), (attachedCode) =>
          replaceAttachedCode(attachedCode, codeTracker, request, comparisons),
        );
      case 'openInNewFile':
        return openInNewFile(request);
      case 'compare':
        if (asked.length === 0) return comparisons.open(editor.current, request);
        return withAttachedCode(asked, vscode.l10n.t('Select the code to compare'), (attachedCode) =>
          openProposal(
            { kind: 'attached', label: fileLabel(attachedCode.uri), block: request, attachedCode },
            proposing,
            {},
          ),
        );
      case 'moreActions': {
        const { selectCodeBlockAction } = await import('./code-block-quick-pick');
        const attachedCode = asked.findLast(({ uri }) => isCell(uri));
        return selectCodeBlockAction(request, attachedCode && { attachedCode, codeTracker });
      }
    }
  }

  function report(error: unknown): void {
    log.error(`Could not apply the code: ${String(error)}`);
    void showError(vscode.l10n.t('Could not apply the code: {0}'), [errorMessage(error)]);
  }

  return {
    run: (request, asked) => void act(request, asked).catch(report),
    copy: (text) => void copyText(text).catch(report),
    copyAnswer(markdown) {
      if (markdown !== '') void copyAnswer(markdown).catch(report);
    },
    async insert(block) {
      await insertAtCursor(editor.current, block);
    },
    review,
    async showProposed(markdown, attachedCode) {
      const proposals = await proposalsOf(markdown, attachedCode, realPath);
      const proposal = proposals.find(({ kind }) => kind === 'attached');
      if (!proposal) return;
      // A comparison would replace the editor in which the user is typing.
      if (!codeTracker.wasEdited(attachedCode) && (await isAttachedCodeVisible(attachedCode, codeTracker)))
        return openProposal(proposal, proposing, { preview: true, preserveFocus: true });
      const compare = vscode.l10n.t('Compare');
      const text = vscode.l10n.t('The answer proposes a change to {0}.');
      if ((await showInformation(text, [proposal.label], compare)) === compare)
        await openProposal(proposal, proposing, { preview: true });
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

/** Whether code is a patch with parts for several files, each of which belongs to its own. */
function isForSeveralFiles({ code, language }: CodeBlock): boolean {
  return isPatch(code, isDiffLanguage(language)) && filesOfPatch(code).length > 1;
}

/** Replaces the selection, or compares it with code that leaves out parts of it. */
async function replaceSelected(
  editor: vscode.TextEditor | undefined,
  block: CodeBlock,
  comparisons: ComparisonEditors,
): Promise<unknown> {
  if (!editor || editor.document.isClosed) return replaceSelection(editor, block);
  const placement = findPlacement(editor, block);
  return placement.kind === 'whole'
    ? replaceSelection(editor, block)
    : comparisons.open(editor, block, {}, placement);
}

async function withAttachedCode(
  asked: readonly AttachedCode[],
  placeHolder: string,
  run: (attachedCode: AttachedCode) => Promise<unknown>,
): Promise<unknown> {
  const attachedCode = await chooseAttachedCode(asked, placeHolder);
  return attachedCode && run(attachedCode);
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
