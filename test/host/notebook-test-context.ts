import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Question } from '../../src/core/chat/conversation';
import type { Attachment } from '../../src/core/prompt/attachment';
import { askAboutCode, type CommandTarget } from '../../src/host/commands/selection-commands';
import { trackActiveEditor, type ActiveEditor } from '../../src/host/editor/active-editor';
import { createCodeTracker, type CodeTracker } from '../../src/host/editor/tracked-code/code-tracker';
import { attachedCodeOf, type AttachedCode } from '../../src/host/editor/tracked-code/attached-code';
import {
  createComparisonEditors,
  type ComparisonEditors,
} from '../../src/host/editor/comparison/comparison-editors';
import { closeNotebooks, openNotebook, selectCell } from './notebook-files';

/** The cells of the notebook of each test. */
export const sources: readonly string[] = [
  '# Orbits',
  'import math',
  'def period(r):\n    return 2 * math.pi * r',
  'period(1)',
];

/** Hooks create it again for each test. */
export interface NotebookContext {
  notebook: vscode.NotebookDocument;
  editor: ActiveEditor;
  codeTracker: CodeTracker;
  comparisons: ComparisonEditors;
  /** The attachments of the question that Explain asks, about the selected cell if there is no target. */
  readonly attachmentsOf: (target?: CommandTarget) => Promise<readonly Attachment[]>;
  /** The code of a question about a cell, which is followed. */
  readonly attachedCodeOfCell: (index: number) => Promise<AttachedCode>;
}

export function createNotebookContext(): NotebookContext {
  const functions: Pick<NotebookContext, 'attachmentsOf' | 'attachedCodeOfCell'> = {
    async attachmentsOf(target) {
      const questions: Question[] = [];
      await askAboutCode('explain', target, {
        editor: context.editor,
        ask: (question) => Promise.resolve(void questions.push(question)),
        compose: () => Promise.resolve(),
        attachments: { add: () => undefined },
      });
      return questions[0]?.attachments ?? [];
    },
    async attachedCodeOfCell(index) {
      await selectCell(context.notebook, index);
      const [attachedCode] = attachedCodeOf(
        { text: '', attachments: await context.attachmentsOf() },
        (text) => text,
      );
      assert.ok(attachedCode);
      context.codeTracker.track(attachedCode);
      return attachedCode;
    },
  };
  // The hooks assign the other properties.
  const context = functions as NotebookContext;
  beforeEach(async () => {
    context.editor = trackActiveEditor();
    context.codeTracker = createCodeTracker();
    context.comparisons = createComparisonEditors();
    context.notebook = await openNotebook(sources);
  });
  afterEach(async () => {
    for (const each of [context.editor, context.codeTracker, context.comparisons]) each.dispose();
    await closeNotebooks();
  });
  return context;
}
