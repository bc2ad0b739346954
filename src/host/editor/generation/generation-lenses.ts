import * as vscode from 'vscode';

/** `running`: the code is still being written. */
export type GenerationPhase = 'running' | 'ready';

/** Code for a place in a document. */
export interface ShownGeneration {
  readonly phase: GenerationPhase;
  /** Undefined once its document was closed. */
  readonly range: vscode.Range | undefined;
}

/** The buttons above generated code. */
export interface GenerationLenses {
  update(): void;
  dispose(): void;
}

export function createGenerationLenses(
  find: (document: vscode.TextDocument) => ShownGeneration | undefined,
): GenerationLenses {
  const changed = new vscode.EventEmitter<void>();
  const registration = vscode.languages.registerCodeLensProvider('*', {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const generation = find(document);
      if (!generation?.range) return [];
      const { start } = generation.range;
      const range = new vscode.Range(start, start);
      return commandsFor(generation.phase).map(
        ([title, command]) => new vscode.CodeLens(range, { title, command, arguments: [document.uri] }),
      );
    },
  });
  return {
    update: () => changed.fire(),
    dispose: () => void vscode.Disposable.from(changed, registration).dispose(),
  };
}

function commandsFor(phase: GenerationPhase): readonly (readonly [title: string, command: string])[] {
  switch (phase) {
    case 'running':
      return [[vscode.l10n.t('$(debug-stop) Stop Generating (Escape)'), 'o1mini.discardGenerated']];
    case 'ready':
      return [
        [vscode.l10n.t('$(check) Accept (Tab)'), 'o1mini.acceptGenerated'],
        [vscode.l10n.t('$(discard) Discard (Escape)'), 'o1mini.discardGenerated'],
        [vscode.l10n.t('$(diff) Compare'), 'o1mini.compareGenerated'],
      ];
  }
}
