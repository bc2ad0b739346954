import * as vscode from 'vscode';
import { isOwnDocument } from '../editor/active-editor';
import type { CodeActionTarget } from './selection-commands';

const { QuickFix, RefactorRewrite, Empty } = vscode.CodeActionKind;
const explainKind = Empty.append('explain');

/** Offers actions on selected code and on problems. */
export function registerCodeActions(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    '*',
    { provideCodeActions },
    { providedCodeActionKinds: [QuickFix, RefactorRewrite, explainKind] },
  );
}

/** Offers Explain and Refactor for a selection, and Fix and Explain for the problems at a place, all of them in one request. */
function provideCodeActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  if (isOwnDocument(document.uri)) return [];
  const selected: CodeActionTarget = { document, range, diagnostics: [] };
  const onSelection = range.isEmpty
    ? []
    : [
        actionOf(vscode.l10n.t('Explain with o1-mini'), explainKind, 'explain', selected),
        actionOf(vscode.l10n.t('Refactor with o1-mini'), RefactorRewrite, 'refactor', selected),
      ];
  return [...problemActions(document, diagnostics), ...onSelection];
}

function problemActions(
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
): readonly vscode.CodeAction[] {
  const [first, ...others] = diagnostics;
  if (!first) return [];
  const range = others.reduce((union, other) => union.union(other.range), first.range);
  const target: CodeActionTarget = { document, range, diagnostics };
  return [
    actionOf(vscode.l10n.t('Fix with o1-mini'), QuickFix, 'fix', target),
    actionOf(vscode.l10n.t('Explain with o1-mini'), QuickFix, 'explain', target),
  ];
}

function actionOf(
  title: string,
  kind: vscode.CodeActionKind,
  command: 'explain' | 'fix' | 'refactor',
  target: CodeActionTarget,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, kind);
  action.command = { title, command: `o1mini.${command}`, arguments: [target] };
  action.diagnostics = [...target.diagnostics];
  return action;
}
