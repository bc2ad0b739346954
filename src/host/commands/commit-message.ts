import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment';
import { promptRoom } from '../../core/prompt/context-budget';
import { shortenDiff, type ShortenedDiff } from '../../core/prompt/shorten-diff';
import { lastCodeBlock } from '../../core/text/fences/fence';
import { sanitizeLine } from '../../core/text/untrusted-text';
import type { TokenCounter } from '../../core/tokens/token-counter';
import { gitApi, type GitApi, type Repository } from '../attachments/git';
import { promptNamed } from '../prompts';
import { showFailure } from '../chat/chat-service';
import type { ErrorDescriptions } from '../chat/error-messages/load-error-descriptions';
import type { SendOneShotRequest, OneShotAnswer } from '../chat/one-shot-request';
import { confirmHiddenCharacters } from '../editor/confirm-hidden-characters';
import { offerNewDocument } from '../editor/new-file';
import { selectedModelMetadata, type MetadataServices } from '../models/selected-model-metadata';
import { showInformation, showWarning, whenPressed, withCancelButton } from '../notifications';
import { readSettings } from '../settings';

export interface CommitMessageServices extends MetadataServices {
  readonly sendOneShotRequest: SendOneShotRequest;
  readonly counter: TokenCounter;
  readonly errors: ErrorDescriptions;
}

/** Largest part of a diff that is sent, in tokens. A larger one rarely improves the message, but always costs more. */
const MAX_DIFF_TOKENS = 24_000;
/** Tokens that are reserved for the parts of the prompt other than the diff. */
const RESERVED_TOKENS = 2000;
/** Number of characters per token in most diffs. */
const CHARACTERS_PER_TOKEN = 4;
/** Longest part of the text in the box that is sent, in UTF-16 units. */
const MAX_DRAFT_LENGTH = 2000;

/** The repositories for which a message is being written. A second click on the button is ignored. */
const writing = new Set<string>();

/**
 * Writes a commit message from the staged changes into the box of their repository.
 *
 * @param source the source control whose button was pressed; undefined from the Command Palette
 */
export async function writeCommitMessage(source: unknown, services: CommitMessageServices): Promise<void> {
  const git = await gitApi();
  const repository = git ? await chooseRepository(git, source) : undefined;
  if (!git) void showWarning(vscode.l10n.t('Git is not available.'));
  if (!git || !repository) return;
  const root = repository.rootUri.toString();
  if (writing.has(root)) return;
  const changes = await changesToDescribe(repository);
  if (changes === undefined || writing.has(root)) return;
  writing.add(root);
  try {
    await writeFor(changes, repository, git, services);
  } finally {
    writing.delete(root);
  }
}

async function writeFor(
  changes: string,
  repository: Repository,
  git: GitApi,
  services: CommitMessageServices,
): Promise<void> {
  const before = repository.inputBox.value;
  const diff = await fitDiff(changes, services);
  const text = promptNamed('commit', readSettings().settings.prompts);
  const attachments = [changesAttachment(diff.text), ...draftAttachments(before)];
  const answer = await withCancelButton(vscode.l10n.t('Writing a commit message…'), (signal) =>
    services.sendOneShotRequest({ text, attachments }, { signal, onChange: () => undefined }),
  );
  if (!answer) return;
  const { status } = answer;
  if (status.kind === 'failed' || status.kind === 'incomplete') {
    return showFailure(status.error, services.errors);
  }
  if (status.kind !== 'done') return;
  const problem = problemWith(answer);
  if (problem !== undefined) {
    void showWarning(problem);
    return;
  }
  const message = await confirmHiddenCharacters(messageIn(answer.text), 'message');
  if (message === undefined) return;
  if (!git.repositories.some(({ rootUri }) => rootUri.toString() === repository.rootUri.toString())) {
    const reason = vscode.l10n.t(
      'The commit message was not inserted because the repository {0} was closed.',
    );
    await offerNewDocument(reason, { code: message, language: 'git-commit' }, [nameOf(repository)]);
    return;
  }
  await insert(message, before, repository, diff);
}

/** Why an answer that has ended is not a commit message, or only a part of one. Undefined if it is one. */
function problemWith(answer: OneShotAnswer): string | undefined {
  const { text, isRefusal, finishReason } = answer;
  if (finishReason === 'content_filter')
    return vscode.l10n.t('The content filter of the service blocked the answer.');
  if (isRefusal) return vscode.l10n.t('The model declined to write a commit message.');
  if (finishReason === 'length')
    return vscode.l10n.t(
      'The commit message was not inserted because the answer has reached its token limit. Increase o1mini.maxCompletionTokens, then try again.',
    );
  return messageIn(text) === '' ? vscode.l10n.t('The model did not write a commit message.') : undefined;
}

/**
 * Replaces the text of the box. The box is shown first, because VS Code can undo the change only in a visible box. If the
 * box contained text, a notification offers to undo the change.
 *
 * @param before the text of the box when the message was requested
 */
async function insert(
  message: string,
  before: string,
  { inputBox }: Repository,
  { isShortened }: ShortenedDiff,
): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.scm');
  const replaced = inputBox.value;
  inputBox.value = message;
  const shortened = vscode.l10n.t('The changes were too large. The message describes only a part of them.');
  const replacement =
    replaced === before
      ? vscode.l10n.t('The previous commit message was replaced.')
      : vscode.l10n.t('The commit message that was entered in the meantime was replaced.');
  const texts = [...(isShortened ? [shortened] : []), ...(replaced === '' ? [] : [replacement])];
  if (texts.length === 0) return;
  const undo = vscode.l10n.t('Undo');
  const shown = showInformation(texts.join(' '), [], ...(replaced === '' ? [] : [undo]));
  whenPressed(shown, undo, () => {
    inputBox.value = replaced;
  });
}

/**
 * Returns the repository whose button was pressed. For a command from the Command Palette, this is the repository that is
 * selected, or else the one that the user picks.
 */
async function chooseRepository({ repositories }: GitApi, source: unknown): Promise<Repository | undefined> {
  const root = rootOf(source);
  if (root !== undefined) return repositories.find(({ rootUri }) => rootUri.toString() === root);
  const selected = repositories.filter(({ ui }) => ui.selected);
  const [only, ...others] = selected.length > 0 ? selected : repositories;
  if (!only) void showWarning(vscode.l10n.t('No Git repository is open.'));
  if (!only || others.length === 0) return only;
  const items = repositories.map((repository) => ({
    label: sanitizeLine(nameOf(repository)),
    description: sanitizeLine(repository.rootUri.fsPath),
    repository,
  }));
  const placeHolder = vscode.l10n.t('Select the repository');
  const title = vscode.l10n.t('Write Commit Message');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.repository;
}

/** The root of the source control that VS Code passes to a button in its title. */
function rootOf(source: unknown): string | undefined {
  if (typeof source !== 'object' || source === null || !('rootUri' in source)) return undefined;
  return source.rootUri instanceof vscode.Uri ? source.rootUri.toString() : undefined;
}

function nameOf({ rootUri }: Repository): string {
  return rootUri.path.split('/').pop() ?? rootUri.path;
}

/**
 * Returns the staged changes. If there are none, the user is told, and can choose to use the unstaged changes instead.
 *
 * @returns undefined if there are no changes, or the user does not want to use them
 */
async function changesToDescribe(repository: Repository): Promise<string | undefined> {
  const staged = await repository.diff(true);
  if (staged.trim() !== '') return staged;
  const unstaged = await repository.diff(false);
  const name = nameOf(repository);
  if (unstaged.trim() === '') {
    const text = vscode.l10n.t('No changes are staged in {0}. Stage the changes, then try again.');
    void showInformation(text, [name]);
    return undefined;
  }
  const use = vscode.l10n.t('Use Unstaged Changes');
  const text = vscode.l10n.t('No changes are staged in {0}.');
  // The notification may have been left open for long.
  return (await showInformation(text, [name], use)) === use ? currentChanges(repository) : undefined;
}

/** The unstaged changes; those that were staged in the meantime if there are none. */
async function currentChanges(repository: Repository): Promise<string | undefined> {
  const unstaged = await repository.diff(false);
  return unstaged.trim() === '' ? changesToDescribe(repository) : unstaged;
}

/** Shortens a diff to the limit, and to what fits into the context window. */
async function fitDiff(changes: string, services: CommitMessageServices): Promise<ShortenedDiff> {
  const { settings } = readSettings();
  const { context = Infinity, maxOutput = Infinity } = await selectedModelMetadata(settings, services);
  const room = promptRoom(context, Math.min(settings.maxCompletionTokens, maxOutput)) - RESERVED_TOKENS;
  const limit = Math.max(RESERVED_TOKENS, Math.min(MAX_DIFF_TOKENS, room));
  for (let length = limit * CHARACTERS_PER_TOKEN; ;) {
    const diff = shortenDiff(changes, length);
    const tokens = await services.counter.count(diff.text);
    if (tokens <= limit) return diff;
    // The notes about what is missing take up some tokens too.
    length = Math.floor(Math.min(length, diff.text.length) * Math.min(0.9, limit / tokens));
  }
}

function changesAttachment(content: string): Attachment {
  return { kind: 'changes', label: vscode.l10n.t('Git Changes'), language: 'diff', content };
}

/** Attaches the text that is already in the box, such as the message that Git prepares for a merge. */
function draftAttachments(draft: string): readonly Attachment[] {
  if (draft.trim() === '') return [];
  const label = vscode.l10n.t('Existing message');
  return [{ kind: 'paste', label, language: 'git-commit', content: draft.slice(0, MAX_DRAFT_LENGTH) }];
}

/** Returns the message without a code fence, which some models add even though the prompt forbids Markdown. */
function messageIn(answer: string): string {
  const text = answer.replace(/\r\n?/g, '\n').trim();
  return (/^(?:```|~~~)/.test(text) ? (lastCodeBlock(text)?.code ?? text) : text).trim();
}
