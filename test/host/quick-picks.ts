import * as vscode from 'vscode';

/** Records the items of each quick pick that is shown while a check runs, and selects the one that `choose` returns. */
export async function withQuickPick(
  choose: (items: readonly vscode.QuickPickItem[]) => vscode.QuickPickItem | undefined,
  check: (shown: readonly (readonly vscode.QuickPickItem[])[]) => Promise<void>,
): Promise<void> {
  const shown: (readonly vscode.QuickPickItem[])[] = [];
  const { window } = vscode;
  const original = Object.getOwnPropertyDescriptor(window, 'showQuickPick');
  const showQuickPick = (
    items: readonly vscode.QuickPickItem[],
  ): Promise<vscode.QuickPickItem | undefined> => {
    shown.push(items);
    return Promise.resolve(choose(items));
  };
  Object.defineProperty(window, 'showQuickPick', {
    value: showQuickPick,
    configurable: true,
    writable: true,
  });
  try {
    await check(shown);
  } finally {
    if (original) Object.defineProperty(window, 'showQuickPick', original);
  }
}
