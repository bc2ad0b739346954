import * as vscode from 'vscode';
import type { CodeBlock } from '../../../core/text/fences/fence';
import { systemClock } from '../../clock';
import type { TrackedRange } from '../tracked-code/code-tracker';
import type { AttachedCode } from '../tracked-code/attached-code';
import { createGenerationLenses, type GenerationPhase } from './generation-lenses';
import { createGhostTextDecorations } from './ghost-text';

/** Code that is being written for a range of a document, or waits for the decision of the user. */
export interface Generation {
  readonly document: vscode.TextDocument;
  readonly followedRange: TrackedRange;
  /** Stops the request. */
  readonly controller: AbortController;
  phase: GenerationPhase;
  block?: CodeBlock | undefined;
  /** The selected code that is to be replaced. */
  replaced?: AttachedCode | undefined;
}

/** Shows generations in their editors, one for each document, and tells key bindings about them. */
export interface GenerationViews {
  find(uri: vscode.Uri | undefined): Generation | undefined;
  add(generation: Generation): void;
  setBlock(generation: Generation, block: CodeBlock | undefined): void;
  setReady(generation: Generation, block: CodeBlock): void;
  remove(generation: Generation): void;
  dispose(): void;
}

/** Time between two updates of the preview while code is being written, in ms. */
const DRAW_INTERVAL_MS = 100;

export function createGenerationViews(): GenerationViews {
  const all = new Map<string, Generation>();
  const ghosts = createGhostTextDecorations();
  const find = (uri: vscode.Uri | undefined): Generation | undefined => uri && all.get(uri.toString());
  const lenses = createGenerationLenses(({ uri }) => {
    const generation = find(uri);
    return generation && { phase: generation.phase, range: generation.followedRange.current };
  });
  const setContext = createContextKeys();
  let cancelDrawing: (() => void) | undefined;

  function draw(): void {
    cancelDrawing?.();
    cancelDrawing = undefined;
    for (const editor of vscode.window.visibleTextEditors) {
      const generation = find(editor.document.uri);
      const range = generation?.followedRange.current;
      ghosts.show(editor, range && { range, block: generation.block });
    }
    updateContext();
  }

  function updateContext(): void {
    const editor = vscode.window.activeTextEditor;
    const generation = editor && find(editor.document.uri);
    const range = generation?.followedRange.current;
    setContext('generation', generation?.phase);
    setContext('generationAtCursor', range !== undefined && editor?.selection.isEqual(range) === true);
  }

  function redraw(): void {
    lenses.update();
    draw();
  }

  const listeners = [
    vscode.window.onDidChangeVisibleTextEditors(draw),
    vscode.window.onDidChangeActiveTextEditor(updateContext),
    vscode.window.onDidChangeTextEditorSelection(updateContext),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (find(document.uri)) draw();
    }),
  ];

  return {
    find,
    add(generation) {
      all.set(generation.document.uri.toString(), generation);
      redraw();
    },
    setBlock(generation, block) {
      generation.block = block;
      cancelDrawing ??= systemClock.after(DRAW_INTERVAL_MS, draw);
    },
    setReady(generation, block) {
      Object.assign(generation, { phase: 'ready', block });
      redraw();
    },
    remove(generation) {
      const { document, followedRange } = generation;
      if (find(document.uri) !== generation) return;
      all.delete(document.uri.toString());
      followedRange.dispose();
      redraw();
    },
    dispose() {
      cancelDrawing?.();
      for (const { controller } of all.values()) controller.abort();
      vscode.Disposable.from(ghosts, lenses, ...listeners).dispose();
    },
  };
}

/** Sets the context keys of the key bindings whose values have changed. */
function createContextKeys(): (key: string, value: string | boolean | undefined) => void {
  const values = new Map<string, unknown>();
  return (key, value) => {
    if (values.get(key) === value) return;
    values.set(key, value);
    void vscode.commands.executeCommand('setContext', `o1mini.${key}`, value);
  };
}
