import * as vscode from 'vscode';
import { sanitizeLine } from '../../core/text/untrusted-text';
import type { Disposable } from '../disposables';

export interface ChatStatus {
  /** The state of the answer that is furthest in any chat of this window. */
  readonly state: 'idle' | 'waiting' | 'thinking' | 'answering';
  /** The number of answers that the user has not seen, as a text; empty if there are none. */
  readonly newAnswers: string;
  /** The tokens and the cost of the day; empty until they are known. */
  readonly usage: string;
}

export interface StatusBarItem extends Disposable {
  update(changes: Partial<ChatStatus>): void;
}

/** Longest name of a model that the status bar shows, in UTF-16 units. */
const MAX_MODEL_LENGTH = 30;

/**
 * Shows the selected model in the status bar. The code of the chat adds its state when it is loaded, so that starting
 * VS Code does not load it.
 */
export function createStatusBarItem(): StatusBarItem {
  const item = vscode.window.createStatusBarItem('o1mini.status', vscode.StatusBarAlignment.Right, 100);
  let status: ChatStatus = { state: 'idle', newAnswers: '', usage: '' };

  function show(): void {
    const { state, newAnswers, usage } = status;
    const model = sanitizeLine(selectedModel(), MAX_MODEL_LENGTH);
    const lines = [
      `${vscode.l10n.t('o1-mini Chat')}: ${stateLabel(state)}`,
      newAnswers,
      vscode.l10n.t('Model: {0}', model),
      usage,
    ].filter((line) => line !== '');
    item.text = textOf(status, model);
    item.tooltip = lines.join('\n');
    item.accessibilityInformation = { label: lines.join(', '), role: 'button' };
  }

  item.name = vscode.l10n.t('o1-mini Chat');
  item.command = 'o1mini.showMenu';
  const listener = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('o1mini.model')) show();
  });
  show();
  item.show();
  return {
    update(changes) {
      status = { ...status, ...changes };
      show();
    },
    dispose: () => void vscode.Disposable.from(item, listener).dispose(),
  };
}

/** A blank name means the default, as in each request. */
function selectedModel(): string {
  const configuration = vscode.workspace.getConfiguration('o1mini');
  const selected: unknown = configuration.get('model');
  if (typeof selected === 'string' && selected.trim() !== '') return selected;
  return configuration.inspect<string>('model')?.defaultValue ?? '';
}

function textOf({ state, newAnswers }: ChatStatus, model: string): string {
  if (state !== 'idle') return `$(loading~spin) ${model}: ${stateLabel(state)}`;
  return newAnswers === '' ? `$(comment-discussion) ${model}` : `$(bell-dot) ${model}: ${newAnswers}`;
}

function stateLabel(state: ChatStatus['state']): string {
  switch (state) {
    case 'idle':
      return vscode.l10n.t('Idle');
    case 'waiting':
      return vscode.l10n.t('Waiting');
    case 'thinking':
      return vscode.l10n.t('Thinking');
    case 'answering':
      return vscode.l10n.t('Answering');
  }
}
