import * as vscode from 'vscode';
import type { Question } from '../../core/chat/conversation';
import { codeBlocksIn, type CodeBlock } from '../../core/text/fences/fence';
import { formatMessage } from '../../core/text/untrusted-text';
import { CURSOR_MARKER, promptNamed } from '../prompts';
import { showFailure } from '../chat/chat-service';
import type { ErrorDescriptions } from '../chat/error-messages/load-error-descriptions';
import type { SendOneShotRequest, OneShotAnswer } from '../chat/one-shot-request';
import type { ActiveEditor } from '../editor/active-editor';
import type { CodeTracker } from '../editor/tracked-code/code-tracker';
import { attachedCodeOf } from '../editor/tracked-code/attached-code';
import type { CodeBlockActions } from '../editor/code-block-actions';
import { fileLabel } from '../editor/file-label';
import { codeAroundCursor } from '../editor/generation/code-around-cursor';
import { confirmBlock } from '../editor/confirm-hidden-characters';
import { createGenerationViews, type Generation } from '../editor/generation/generation-views';
import { insertAtCursor } from '../editor/insert';
import { containerUri } from '../editor/notebooks/notebook-cells';
import { offerNewDocument } from '../editor/new-file';
import { replaceAttachedCode, showRange } from '../editor/tracked-code/replace-attached-code';
import { logTo } from '../error-reporting';
import { focus, revealEditor } from '../editor/reveal';
import { editCell } from '../editor/notebooks/show-cell';
import { showSelectionWarning } from '../editor/selection';
import { showInformation, showWarning } from '../notifications';
import { isSameLanguage } from '../../protocol/languages';
import { readSettings } from '../settings';

/** Generates code for a range of a document. The document is not changed until the user accepts the code. */
export interface CodeGenerator {
  /**
   * Asks the user for an instruction, and requests code for the cursor or the selection.
   *
   * @param cell the cell in whose toolbar the command was selected; undefined for the editor that was used last
   */
  generate(cell?: vscode.NotebookCell): Promise<void>;
  /** Inserts the generated code of a document, or of the active document if none is given. */
  accept(uri?: vscode.Uri): Promise<void>;
  /** Stops the request and removes the code that is shown. The document stays unchanged. */
  discard(uri?: vscode.Uri): void;
  /** Shows the code in a comparison with the document. */
  compare(uri?: vscode.Uri): Promise<void>;
  dispose(): void;
}

export interface CodeGeneratorServices {
  readonly editor: Pick<ActiveEditor, 'current'>;
  readonly codeTracker: CodeTracker;
  readonly sendOneShotRequest: SendOneShotRequest;
  readonly errors: ErrorDescriptions;
  readonly loadCodeBlockActions: () => Promise<Pick<CodeBlockActions, 'comparisons'>>;
  readonly log: vscode.LogOutputChannel;
}

export function createCodeGenerator(services: CodeGeneratorServices): CodeGenerator {
  const { editor, codeTracker, sendOneShotRequest, errors, loadCodeBlockActions, log } = services;
  const views = createGenerationViews();
  const accepting = new Set<Generation>();
  /** The last instruction of the user. It is offered again until its code was accepted. */
  let instruction = '';

  // Closing a document must not lose code that is complete.
  const closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    const generation = views.find(uri);
    if (!generation?.block || generation.phase !== 'ready' || generation.followedRange.current) return;
    views.remove(generation);
    void offerForClosed(uri, generation.block).catch(logTo(log, 'The offer of a new document'));
  });

  const find = (uri: vscode.Uri | undefined): Generation | undefined =>
    views.find(uri ?? vscode.window.activeTextEditor?.document.uri);

  /** Asks for an instruction and requests code. The range follows edits while the user writes the instruction. */
  async function request(target: vscode.TextEditor, generation: Generation): Promise<void> {
    const { document, followedRange } = generation;
    const wanted = await askInstruction(document, instruction);
    const range = followedRange.current;
    if (wanted === undefined) return;
    instruction = wanted;
    if (!range) {
      void showWarning(vscode.l10n.t('No code was requested because {0} was closed.'), [
        fileLabel(document.uri),
      ]);
      return;
    }
    views.add(generation);
    const shown = await revealEditor(target);
    if (shown) await focus(shown);
    const around = await codeAroundCursor(document, range, CURSOR_MARKER);
    if (!around) {
      views.remove(generation);
      showSelectionWarning('binary');
      return;
    }
    const prompt = promptNamed('generate', readSettings().settings.prompts);
    const text = `${prompt.replaceAll(CURSOR_MARKER, around.marker)}\n\n${wanted}`;
    const question: Question = { text, attachments: around.attachments };
    const [replaced] = attachedCodeOf(question, (content) => content);
    if (replaced) codeTracker.track(replaced);
    generation.replaced = replaced;
    const answer = await sendOneShotRequest(question, {
      signal: generation.controller.signal,
      onChange: ({ text: markdown }) => views.setBlock(generation, generatedBlock(markdown, document)),
    });
    await settle(generation, answer);
  }

  /** Shows the code of an answer that has ended until the user accepts or discards it, or says why there is no code. */
  async function settle(generation: Generation, answer: OneShotAnswer | undefined): Promise<void> {
    const { document, followedRange, controller } = generation;
    const block = answer && generatedBlock(answer.text, document);
    const isKept = answer && !controller.signal.aborted && block && followedRange.current;
    if (isKept) views.setReady(generation, block);
    else views.remove(generation);
    if (!answer || controller.signal.aborted) return;
    await reportEnd(answer, block, errors);
    if (block && !isKept) await offerForClosed(document.uri, block);
  }

  return {
    async generate(cell) {
      const { current } = editor;
      const target = cell && current?.document !== cell.document ? await editCell(cell) : current;
      if (!target || target.document.isClosed) {
        showSelectionWarning('no-editor');
        return;
      }
      const { document, selection } = target;
      const values = [fileLabel(document.uri)];
      if (views.find(document.uri)) {
        void showInformation(vscode.l10n.t('Accept or discard the generated code in {0} first.'), values);
        return;
      }
      if (vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false) {
        void showWarning(vscode.l10n.t('No code was requested because {0} is read-only.'), values);
        return;
      }
      const followedRange = codeTracker.follow(document, selection);
      const controller = new AbortController();
      const generation: Generation = { document, followedRange, controller, phase: 'running' };
      try {
        await request(target, generation);
      } catch (error) {
        views.remove(generation);
        throw error;
      } finally {
        if (views.find(document.uri) !== generation) followedRange.dispose();
      }
    },
    async accept(uri) {
      const generation = find(uri);
      if (!generation?.block || generation.phase !== 'ready' || accepting.has(generation)) return;
      accepting.add(generation);
      const retry = (): void => void accepting.delete(generation);
      try {
        if (!(await insert(generation, generation.block, retry, services))) return;
        instruction = '';
        views.remove(generation);
      } finally {
        retry();
      }
    },
    discard(uri) {
      const generation = find(uri);
      if (!generation) return;
      generation.controller.abort();
      views.remove(generation);
    },
    async compare(uri) {
      const generation = find(uri);
      const range = generation?.followedRange.current;
      if (!generation?.block || generation.phase !== 'ready' || !range) return;
      const { comparisons } = await loadCodeBlockActions();
      const shown = await showRange(generation.document, range);
      if (await comparisons.open(shown, generation.block)) views.remove(generation);
    },
    dispose: () => void vscode.Disposable.from(closing, views).dispose(),
  };
}

/** The first block in the language of the document, or else the first one: a command may come before the code. */
function generatedBlock(markdown: string, { languageId }: vscode.TextDocument): CodeBlock | undefined {
  const blocks = codeBlocksIn(markdown).map(({ code, language }) => ({ code, language }));
  return blocks.find(({ language }) => isSameLanguage(language, languageId)) ?? blocks[0];
}

/**
 * Asks the user for an instruction. This is an input box, because VS Code's stable API has no text box in an editor: a
 * comment thread cannot be focused and is listed with the review comments, and insets are proposed API.
 */
async function askInstruction(document: vscode.TextDocument, value: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Generate at Cursor'),
    prompt: formatMessage(vscode.l10n.t('Describe the code to insert into {0}.'), [fileLabel(document.uri)]),
    value,
    ignoreFocusOut: true,
  });
  return text === undefined || text.trim() === '' ? undefined : text;
}

async function offerForClosed(uri: vscode.Uri, block: CodeBlock): Promise<boolean> {
  const isThere = await Promise.resolve(vscode.workspace.fs.stat(containerUri(uri))).then(
    () => true,
    () => false,
  );
  const reason = isThere
    ? vscode.l10n.t('The code was not inserted because {0} was closed.')
    : vscode.l10n.t('The code was not inserted because {0} no longer exists under this name.');
  const agreed = await confirmBlock(block, 'open');
  return agreed !== undefined && offerNewDocument(reason, agreed, [fileLabel(uri)]);
}

/**
 * Resolves with true if the code is in a document now.
 *
 * @param onNotInserted called before the code is offered in a new document, so that the user can also try again
 */
async function insert(
  { document, followedRange, replaced }: Generation,
  block: CodeBlock,
  onNotInserted: () => void,
  { codeTracker, loadCodeBlockActions }: CodeGeneratorServices,
): Promise<boolean> {
  if (replaced) {
    const { comparisons } = await loadCodeBlockActions();
    return replaceAttachedCode(replaced, codeTracker, block, comparisons, onNotInserted);
  }
  const range = followedRange.current;
  if (!range) return offerForClosed(document.uri, block);
  return insertAtCursor(await showRange(document, range), block, onNotInserted);
}

/** Tells the user why an answer has no code, or only a part of it. */
async function reportEnd(
  answer: OneShotAnswer,
  block: CodeBlock | undefined,
  errors: ErrorDescriptions,
): Promise<void> {
  const { status, text, finishReason } = answer;
  if (status.kind === 'failed' || status.kind === 'incomplete') {
    await showFailure(status.error, errors);
  } else if (finishReason === 'length') {
    void showWarning(vscode.l10n.t('The code is incomplete because the answer has reached its token limit.'));
  } else if (!block) {
    const reason = vscode.l10n.t('The answer does not contain any code.');
    if (text === '') {
      void showWarning(reason);
      return;
    }
    const agreed = await confirmBlock({ code: text, language: 'markdown' }, 'open');
    if (agreed) await offerNewDocument(reason, agreed);
  }
}
