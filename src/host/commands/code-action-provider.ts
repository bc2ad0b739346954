import * as vscode from 'vscode';

/** Offers actions on selected code and on problems. Their code is loaded when VS Code first asks for them. */
export function registerCodeActions(): vscode.Disposable {
  const { QuickFix, RefactorRewrite, Empty } = vscode.CodeActionKind;
  return vscode.languages.registerCodeActionsProvider(
    '*',
    {
      provideCodeActions: async (document, range, context) =>
        (await import('./provide-code-actions')).provideCodeActions(document, range, context),
    },
    { providedCodeActionKinds: [QuickFix, RefactorRewrite, Empty.append('explain')] },
  );
}
