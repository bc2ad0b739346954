import * as vscode from 'vscode';
import type { CodeBlock } from '../../../core/text/fences/fence';
import { detectIndentation } from '../../../core/text/insertion/detect-indentation';
import { isDiffLanguage, isPatch } from '../../../core/text/excerpts/patches';
import { namedBlocksIn, unnamedBlocksIn } from '../../../core/text/fences/named-blocks';
import { proposedBlocksIn } from '../../../core/text/fences/proposed-blocks';
import { findChangedBlock, type OriginalCode } from '../../../core/text/changed-block';
import { sanitizeLine } from '../../../core/text/untrusted-text';
import { isSameLanguage } from '../../../protocol/languages';
import { showInformation } from '../../notifications';
import type { Platform } from '../../platform';
import type { CodeTracker } from '../tracked-code/code-tracker';
import type { AttachedCode } from '../tracked-code/attached-code';
import type { ComparisonEditors } from './comparison-editors';
import { fileLabel } from '../file-label';
import { placeInFile, placeInSelection, type AnswerBlock } from './proposed-block';
import { confirmBlock } from '../confirm-hidden-characters';
import { offerNewDocument, openInNewFile } from '../new-file';
import { newWorkspaceFile } from '../new-workspace-file';
import { openPatchedFile, refusePatch } from './patched-file';
import type { ComparedEditor } from './proposed-change';
import { findWorkspaceFile } from '../workspace-files';

/** A change that an answer proposes. Nothing is changed before the user accepts its comparison. */
export type Proposal = { readonly label: string; readonly block: AnswerBlock } & (
  | { readonly kind: 'attached'; readonly attachedCode: AttachedCode }
  /** The whole file. */
  | { readonly kind: 'file'; readonly uri: vscode.Uri }
  /** A file that is not in the workspace. It has no URI if its path does not lead into the workspace. */
  | { readonly kind: 'new'; readonly uri?: vscode.Uri }
);

export interface ProposalServices {
  readonly codeTracker: CodeTracker;
  readonly comparisons: ComparisonEditors;
}

/**
 * The changes that an answer proposes: for the files that it names, and for the code that the question was about. That
 * code is changed by one of the blocks without the name of a file. If there is none, it may be changed by one whose name has
 * no folder and is not found in the workspace.
 *
 * @param attachedCode the code that the question was about, if it is one piece
 * @param current a document that may be outside of the workspace
 */
export async function proposalsOf(
  markdown: string,
  attachedCode: AttachedCode | undefined,
  realPath: Platform['realPath'],
  current?: vscode.Uri,
): Promise<readonly Proposal[]> {
  // An answer about a diff contains a new version of that.
  const blocks =
    attachedCode?.attachment.language === 'diff'
      ? { named: namedBlocksIn(markdown), unnamed: unnamedBlocksIn(markdown) }
      : proposedBlocksIn(markdown);
  const other = attachedCode && findChangedBlock(originalCode(attachedCode), blocks.unnamed);
  const named = await Promise.all(
    blocks.named.map(({ path, ...block }) =>
      proposalFor(path, block, { attachedCode, other, current }, realPath),
    ),
  );
  if (!attachedCode || named.some(({ kind }) => kind === 'attached')) return named;
  // Models invent the name of the file in the header of a patch.
  const mayBeInvented = ({ label, block }: Proposal): boolean =>
    !/[/\\]/.test(label) || (named.length === 1 && isPatch(block.code, isDiffLanguage(block.language)));
  const notFound = named.filter((proposal) => proposal.kind === 'new' && mayBeInvented(proposal));
  const mistaken = { content: attachedCode.content, isInLanguage: () => false };
  const changed =
    other ??
    findChangedBlock(
      mistaken,
      notFound.map(({ block }) => block),
    );
  if (!changed) return named;
  const others = named.filter(({ block }) => block !== changed);
  return [{ kind: 'attached', label: fileLabel(attachedCode.uri), block: changed, attachedCode }, ...others];
}

function originalCode({ content, attachment: { language } }: AttachedCode): OriginalCode {
  return {
    content,
    isInLanguage: (block) => language === 'plaintext' || isSameLanguage(block.language, language),
  };
}

/** Where a file that an answer names may be, beside the workspace. */
interface NearbyCode {
  readonly attachedCode: AttachedCode | undefined;
  /** The block without a name that changes the code of the question. */
  readonly other: CodeBlock | undefined;
  readonly current: vscode.Uri | undefined;
}

/**
 * The change for a file that an answer names: one in the folder of the workspace of the code that was asked about, or else
 * the file of that code, or the current document.
 */
async function proposalFor(
  path: string,
  block: AnswerBlock,
  { attachedCode, other, current }: NearbyCode,
  realPath: Platform['realPath'],
): Promise<Proposal> {
  const isCurrent = current && `/${current.path}`.endsWith(`/${path}`);
  const uri =
    (await findWorkspaceFile(path, realPath, attachedCode?.uri)) ?? (isCurrent ? current : undefined);
  const named = path.replace(/^\.\//, '');
  // Models shorten a path, unless another block is the change to the code.
  const mayBeShortened = !uri || (!named.includes('/') && !other);
  if (attachedCode && mayBeShortened && `/${attachedCode.uri.path}`.endsWith(`/${named}`))
    return { kind: 'attached', label: fileLabel(attachedCode.uri), block, attachedCode };
  if (!uri) {
    const created = await newWorkspaceFile(path, realPath, attachedCode?.uri);
    return { kind: 'new', label: path, block, ...(created && { uri: created }) };
  }
  const label = fileLabel(uri);
  const isAttachedCode = attachedCode?.uri.toString() === uri.toString();
  return isAttachedCode
    ? { kind: 'attached', label, block, attachedCode }
    : { kind: 'file', label, block, uri };
}

/** Opens the comparison of the only change, or of those that the user picks from a list. */
export async function reviewProposals(
  proposals: readonly Proposal[],
  services: ProposalServices,
): Promise<void> {
  const [first, ...others] = proposals;
  if (!first) {
    void showInformation(vscode.l10n.t('The last answer does not propose any changes.'));
    return;
  }
  if (others.length === 0) return openProposal(first, services, { preview: true });
  for (const proposal of await pickProposals(proposals))
    await openProposal(proposal, services, { preview: false });
}

async function pickProposals(proposals: readonly Proposal[]): Promise<readonly Proposal[]> {
  const items = proposals.map((proposal) => ({
    label: sanitizeLine(proposal.label),
    description: descriptionOf(proposal),
    picked: true,
    proposal,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Review Proposed Changes'),
    placeHolder: vscode.l10n.t('Select the files to compare. Nothing is changed until you accept.'),
    canPickMany: true,
  });
  return (picked ?? []).map(({ proposal }) => proposal);
}

function descriptionOf({ kind }: Proposal): string {
  switch (kind) {
    case 'attached':
      return vscode.l10n.t('the code of the question');
    case 'file':
      return vscode.l10n.t('the whole file');
    case 'new':
      return vscode.l10n.t('a new file');
  }
}

/** Opens the comparison of a change; a new file is opened without writing it. */
export async function openProposal(
  proposal: Proposal,
  { codeTracker, comparisons }: ProposalServices,
  options: vscode.TextDocumentShowOptions,
): Promise<void> {
  const { block, label } = proposal;
  if (refusePatch(block, label)) return;
  switch (proposal.kind) {
    case 'new':
      return isPatch(block.code, isDiffLanguage(block.language))
        ? openPatchedFile(block, label, proposal.uri)
        : openInNewFile(block, proposal.uri);
    case 'file': {
      const document = await vscode.workspace.openTextDocument(proposal.uri);
      const place = placeInFile(document, block);
      await comparisons.open(editorAt(document, place.range), place.block, options);
      return;
    }
    case 'attached': {
      const found = await codeTracker.find(proposal.attachedCode);
      if (found.kind !== 'gone') {
        const { document, range } = found;
        const place = placeInSelection(document, range, block);
        await comparisons.open(editorAt(document, place.range), place.block, options);
        return;
      }
      const agreed = await confirmBlock(block, 'compare');
      const text = vscode.l10n.t('Nothing was compared because {0} no longer exists.');
      if (agreed) await offerNewDocument(text, agreed, [proposal.label]);
    }
  }
}

/** A place in a document, with the indentation of the editor that shows it, if there is one. */
function editorAt(document: vscode.TextDocument, range: vscode.Range): ComparedEditor {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const options = shown?.options ?? indentationOf(document);
  const selections = [new vscode.Selection(range.start, range.end)];
  return { document, selections, options, viewColumn: shown?.viewColumn };
}

/** The indentation of the lines of a document, or else of the settings. */
function indentationOf(document: vscode.TextDocument): ComparedEditor['options'] {
  const configuration = vscode.workspace.getConfiguration('editor', document);
  const detected = detectIndentation(document.getText());
  return {
    insertSpaces: detected?.insertSpaces ?? configuration.get<boolean>('insertSpaces', true),
    tabSize: detected?.width ?? configuration.get<number>('tabSize', 4),
  };
}

/** Whether the document of the code is on the screen, so that a comparison can open beside the user's work. */
export async function isAttachedCodeVisible(
  attachedCode: AttachedCode,
  codeTracker: Pick<CodeTracker, 'find'>,
): Promise<boolean> {
  const found = await codeTracker.find(attachedCode);
  if (found.kind === 'gone') return false;
  return vscode.window.visibleTextEditors.some(({ document }) => document === found.document);
}
