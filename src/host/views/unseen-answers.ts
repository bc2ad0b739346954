import * as vscode from 'vscode';
import type { Disposable } from '../disposables';
import { formatCount } from '../number-format';

/** The answers that ended while the user could not see them. */
export interface UnseenAnswers extends Disposable {
  readonly count: number;
  readonly onDidChange: vscode.Event<void>;
  add(): void;
  /** The user can see the chat now. */
  clear(): void;
}

export function createUnseenAnswers(): UnseenAnswers {
  const changed = new vscode.EventEmitter<void>();
  let count = 0;

  function set(next: number): void {
    if (next === count) return;
    count = next;
    changed.fire();
  }

  return {
    get count() {
      return count;
    },
    onDidChange: changed.event,
    add: () => set(count + 1),
    clear: () => set(0),
    dispose: () => changed.dispose(),
  };
}

/** @param count at least 1 */
export function newAnswersLabel(count: number): string {
  return count === 1 ? vscode.l10n.t('1 new answer') : vscode.l10n.t('{0} new answers', formatCount(count));
}
